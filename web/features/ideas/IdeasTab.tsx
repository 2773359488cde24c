import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Composer } from '../../core/entries/composer/Composer.tsx'
import { EntryItem } from '../../core/entries/EntryItem.tsx'
import { useEntryKeys } from '../../core/entries/entry-keys.ts'
import { EntryList } from '../../core/entries/EntryList.tsx'
import list from '../../core/entries/EntryList.module.css'
import { kindsIn } from '../../core/entries/kinds.ts'
import { ListTools, useWords } from '../../core/entries/ListTools.tsx'
import { usePending } from '../../core/entries/sending.ts'
import { useSearchParam, useSetSearch, useThread } from '../../kernel/route.ts'
import type { Space } from '../../kernel/types.ts'
import type { Order } from './apply.ts'
import { IdeaBoard, NoIdeas } from './IdeaBoard.tsx'
import { useIdeas, useVoices } from './queries.ts'
import classes from './Ideas.module.css'

const SHOWN = ['board', 'support', 'age'] as const

/** What is proposed in a space: a board by stages, or a list by voices or age. */
export function IdeasTab({ space, views }: { space: Space; views: ReactNode }) {
  const { t } = useTranslation('idea-cards')
  const setSearch = useSetSearch()
  const asked = useSearchParam('show')
  const shown = SHOWN.find((one) => one === asked) ?? 'board'
  const words = useWords()
  const { q } = words
  const { data: voices } = useVoices(space.id, space.my.may_post)
  const pending = usePending({ space: space.id, root: null }).filter(({ kind }) => kind === 'idea')
  return (
    <>
      {space.my.may_post && (
        <Composer place={`space/${space.id}`} space={space.id} audience={space.audience} placeholder={t('write', { name: space.name })} action={t('ideas:propose')} kinds={kindsIn(space.kind)} kind="idea" to={{ space: space.id, root: null }} />
      )}
      {views}
      <ListTools label={t('which')} choices={SHOWN.map((name) => ({ name, label: t(`show.${name}`) }))} shown={shown}
        choose={(name) => void setSearch({ show: name === 'board' ? undefined : name }, true)} find={{ words, label: t('find') }} />
      {voices && <p className={classes.left} role="status">{t('left', { count: voices.left, of: voices.of })} {t('public')}</p>}
      {pending.map((entry) => <EntryItem key={entry.id} entry={entry} />)}
      {shown === 'board' ? <IdeaBoard space={space.id} q={q} /> : <IdeaList space={space.id} order={shown} q={q} />}
    </>
  )
}

function IdeaList({ space, order, q }: { space: string; order: Order; q: string }) {
  const { t } = useTranslation('idea-cards')
  const { open } = useThread()
  const { items, isLoading, error, refetch, ...paging } = useIdeas(space, 'all', order, q)
  useEntryKeys()
  return (
    <EntryList {...paging} isLoading={isLoading} error={error} refetch={() => void refetch()} isEmpty={items.length === 0} empty={<NoIdeas q={q} />}>
      <div className={list.ruled} aria-label={t(`show.${order}`)} role="group">{items.map((entry) => <EntryItem key={entry.id} entry={entry} open={open} />)}</div>
    </EntryList>
  )
}
