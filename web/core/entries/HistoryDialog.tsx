import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { findMentions } from '../../../server/kernel/text.ts'
import { usePages } from '../../kernel/query.ts'
import type { Entry } from '../../kernel/types.ts'
import { Dialog } from '../../kernel/ui/Dialog.tsx'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { MoreButton } from '../../kernel/ui/MoreButton.tsx'
import { EntrySkeletons } from '../../kernel/ui/Skeletons.tsx'
import { fullTime } from '../../kernel/ui/TimeAgo.tsx'
import { askForNames, nameOf } from './composer/names.ts'
import { Difference, partsBetween } from './Difference.tsx'
import { withNames } from './in-words.ts'
import classes from './HistoryDialog.module.css'

type Version = { version: number; title: string; body: string; created_at: string }

/** What an entry said before, and what each change added and took away; the newest first. */
export function HistoryDialog({ entry, close }: { entry: Entry; close: () => void }) {
  const { t } = useTranslation(['entries', 'kernel'])
  const list = usePages<Version>(['versions', entry.id, entry.edited_at], `/entries/${entry.id}/versions`)
  const now = { version: Infinity, title: entry.title ?? '', body: entry.body, created_at: entry.edited_at ?? entry.created_at }
  const versions = list.data ? [now, ...list.items] : []
  const mentions = useNames(entry, list.items)
  // What the oldest text so far changed shows only beside the one before it.
  const shown = list.hasNextPage ? versions.slice(0, -1) : versions
  return (
    <Dialog close={close} title={t('history')} size="lg">
      {list.error ? <ErrorState error={list.error} retry={list.refetch} /> : !list.data && <EntrySkeletons count={2} />}
      {list.data && list.items.length === 0 && <p className={classes.when}>{t('history:no_versions')}</p>}
      <ol className={classes.versions}>
        {shown.map((version, at) => (
          <li key={version.version}>
            <p className={classes.when}>{at === versions.length - 1 ? t('history:first_version') : t('history:changed')} · <time dateTime={version.created_at}>{fullTime(t, version.created_at)}</time></p>
            <Change before={versions[at + 1]} after={version} mentions={mentions} />
          </li>
        ))}
      </ol>
      <MoreButton list={list} />
    </Dialog>
  )
}

/** Also whom it named before, as far as they can read it. */
function useNames({ space, mentions }: Entry, versions: Version[]): Entry['mentions'] {
  const [, drawAgain] = useState(0)
  const before = [...new Set(versions.flatMap(({ body }) => findMentions(body)))].filter((handle) => !mentions.some((one) => one.handle.toLowerCase() === handle))
  useEffect(() => {
    if (before.length) void askForNames(space, before).then((isMore) => isMore && drawAgain((times) => times + 1))
  }, [before.join()])
  return [...mentions, ...before.flatMap((handle) => (nameOf(handle) ? [{ id: '', handle, name: nameOf(handle)! }] : []))]
}

const textOf = ({ title, body }: Version, mentions: Entry['mentions']) => withNames(title ? `${title}\n\n${body}` : body, mentions)

function Change({ before, after, mentions }: { before?: Version; after: Version; mentions: Entry['mentions'] }) {
  const { t } = useTranslation('entries')
  return (
    <div className={classes.text} dir="auto">
      {before ? <Difference parts={partsBetween(textOf(before, mentions), textOf(after, mentions), t('kernel:locale'))} /> : textOf(after, mentions)}
    </div>
  )
}
