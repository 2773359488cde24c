import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../kernel/session.tsx'
import { releaseTyping } from '../../kernel/typing.ts'
import type { Entry, Space } from '../../kernel/types.ts'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { EntrySkeletons } from '../../kernel/ui/Skeletons.tsx'
import { useSpace } from '../spaces/queries.ts'
import { markThreadRead } from './commands.ts'
import { Composer } from './composer/Composer.tsx'
import type { Thread } from './entry-lists.ts'
import { findEntryKind } from './kinds.ts'
import { EntryItem } from './EntryItem.tsx'
import { EntryStrip } from './EntryStrip.tsx'
import { replying } from './replying.ts'
import { usePending } from './sending.ts'
import { useThreadOf } from './strips.ts'
import classes from './Thread.module.css'

/** A thread: its head, its replies, and where one answers. `id` is of the head or of any reply. */
export function ThreadView({ id, level = 3 }: { id: string; level?: 2 | 3 }) {
  const { data: thread, error, refetch, ...more } = useThreadOf(id)
  if (error && !thread) return <ErrorState error={error} retry={refetch} />
  if (!thread) return <div className={classes.loading}><EntrySkeletons count={3} /></div>
  const ends = { earlier: thread.earlier, later: thread.later, ...more }
  return <Loaded id={id} thread={thread} ends={ends} level={level} />
}

type LoadedProps = { id: string; thread: Thread; ends: Parameters<typeof EntryStrip>[0]['ends']; level: 2 | 3 }

function Loaded({ id, thread, ends, level }: LoadedProps) {
  const { t } = useTranslation('entries')
  const me = useMe()
  const { root, items } = thread
  const pending = usePending({ space: root.space, root: root.id })
  const news = useNews(thread, me.id)
  const onSeen = useThreadReading(thread, me.id)
  const target = id === root.id ? undefined : id
  const isAlone = items.length + pending.length === 0 && !ends.earlier && root.state === 'published'
  const head = (
    <>
      <EntryItem entry={root} as="message" level={level} />
      {isAlone && <p className={classes.empty}>{t('no_replies')}</p>}
    </>
  )
  return (
    <>
      <EntryStrip entries={items} pending={pending} ends={ends} head={head}
        newFrom={news.from} newCount={news.count} target={target} root={root} startsAtEnd={root.reply_count > 0 && !target} level={level} onSeen={onSeen} waiting={thread.waiting} />
      <ReplyComposer root={root} />
    </>
  )
}

/** What was unread when the thread was opened; it stays marked while one reads. */
function useNews({ root, items, read_to }: Thread, me: string) {
  const [opened] = useState(read_to)
  return useMemo(() => {
    if (!opened || opened < root.id) return { from: null, count: 0 }
    const fresh = items.filter((entry) => entry.id > opened && entry.author !== me)
    return { from: fresh.at(0)?.id ?? null, count: fresh.length }
  }, [items, opened])
}

/** Notes up to where the thread has been read. */
function useThreadReading({ root, items, read_to, waiting }: Thread, me: string) {
  const sent = useRef('')
  const again = useRef('')
  const isHeld = useRef(false)
  useEffect(() => {
    // Marked unread while it is open: then it stays so until it is opened again.
    if ((read_to ?? '') < sent.current) isHeld.current = true
    sent.current = read_to ?? ''
  }, [read_to])
  return (ids: string[]) => {
    if (isHeld.current) return
    const known = [root, ...items]
    const seen = known.filter((entry) => ids.includes(entry.id)).at(-1)
    if (!seen) return
    const isNews = known.some((entry) => entry.author !== me && entry.id > sent.current && entry.id <= seen.id)
    const isSeenAgain = waiting !== null && waiting !== again.current && ids.includes(waiting)
    if (!isNews && !isSeenAgain) return
    if (isSeenAgain) again.current = waiting
    if (isNews) sent.current = seen.id
    void markThreadRead(root.id, seen.id)
  }
}

function ReplyComposer({ root }: { root: Entry }) {
  const { t } = useTranslation('entries')
  const me = useMe()
  const { data: space } = useSpace(root.space)
  const isClosed = !!findEntryKind(root.kind)?.Line || (!!space && !mayReply(space, me.role))
  useEffect(() => {
    if (!isClosed || replying.get() !== root.id) return
    replying.set(null)
    releaseTyping()
  }, [isClosed, root.id])
  if (!space || findEntryKind(root.kind)?.Line) return null
  if (isClosed) return <p className={classes.closed}>{t(space.state === 'archived' ? 'archived' : 'may_not_reply')}</p>
  return (
    <div className={classes.composer}>
      <Composer place={root.id} space={root.space} audience={space.audience} says="who" placeholder={t('reply_to', { name: root.by.name.split(' ')[0] })} action={t('reply')}
        mode="thread" to={{ space: root.space, root: root.id }} />
    </div>
  )
}

const mayReply = (space: Space, role: string) =>
  space.state === 'active' && (space.my.may_post || (space.kind === 'profile' && role !== 'guest'))
