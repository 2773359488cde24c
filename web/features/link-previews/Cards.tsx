import { useQuery } from '@tanstack/react-query'
import { IconX } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { placesOf } from '../../core/entries/on-screen.ts'
import { api } from '../../kernel/api.ts'
import { useMe } from '../../kernel/session.tsx'
import type { Entry } from '../../kernel/types.ts'
import { IconButton } from '../../kernel/ui/IconButton.tsx'
import './apply.ts'
import type { Linked } from './apply.ts'
import classes from './Cards.module.css'
import { hidePreview } from './commands.ts'
import { EntryCard } from './EntryCard.tsx'
import { ownLinks } from './own-links.ts'

// Until the first is shown nothing need know of them.
placesOf('linked', (_, { items }: Linked) => items.map(({ space }) => space.id))

type Preview = Entry['previews'][number]
type Linking = Pick<Entry, 'id' | 'author' | 'body' | 'previews'>

/** What the links of an entry lead to: pages of elsewhere, and entries of our own as far as I may read them. */
export function Cards({ entry, isOwn }: { entry: Linking; isOwn: boolean }) {
  const ids = useMemo(() => (isOwn ? ownLinks(entry.body, entry.id) : []), [entry.body, entry.id, isOwn])
  const { data } = useQuery({
    queryKey: ['linked', ids], enabled: ids.length > 0,
    queryFn: ({ signal }) => api.get<Linked>('/linked-entries', { ids: ids.join(',') }, signal),
  })
  const own = ids.flatMap((id) => data?.items.find((item) => item.id === id) ?? [])
  if (!own.length && !entry.previews.length) return null
  return (
    <div className={classes.cards}>
      {own.map((linked) => <EntryCard key={linked.id} entry={linked} />)}
      {entry.previews.map((preview) => <PageCard key={preview.id} preview={preview} entry={entry} />)}
    </div>
  )
}

function PageCard({ preview, entry }: { preview: Preview; entry: Linking }) {
  const { t } = useTranslation('link-previews')
  const me = useMe()
  const host = new URL(preview.url).host.replace(/^www\./, '')
  // Who runs the page says its name; where it really is stands beside it.
  const source = preview.site && preview.site.toLowerCase() !== host ? `${preview.site} · ${host}` : host
  return (
    <div className={classes.card} data-removable={me.id === entry.author || undefined}>
      <a className={classes.page} href={preview.url} rel="noopener nofollow" target="_blank">
        <span className={classes.words}>
          <span className={classes.source}>{source}</span>
          <span className={classes.title} dir="auto">{preview.title}</span>
          {preview.description && <span className={classes.description} dir="auto">{preview.description}</span>}
        </span>
        {preview.picture && <Picture key={preview.picture.url} url={preview.picture.url} />}
      </a>
      {me.id === entry.author && (
        <IconButton className={classes.remove} size={24} label={t('remove')} onClick={() => void hidePreview(entry as Entry, preview)}><IconX size={15} stroke={1.75} /></IconButton>
      )}
    </div>
  )
}

function Picture({ url }: { url: string }) {
  const [isBroken, setIsBroken] = useState(false)
  if (isBroken) return null
  return <img className={classes.picture} src={url} alt="" width={76} height={76} loading="lazy" onError={() => setIsBroken(true)} />
}
