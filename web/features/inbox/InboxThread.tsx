import { Link } from '@tanstack/react-router'
import { Suspense, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useKeyTarget } from '../../core/entries/entry-keys.ts'
import { paths } from '../../kernel/paths.ts'
import { markThreadRead } from '../../core/entries/commands.ts'
import { isTouch } from '../../core/entries/composer/touch.ts'
import { entryExtensions } from '../../core/entries/extensions.ts'
import { findEntryKind } from '../../core/entries/kinds.ts'
import { inWords } from '../../core/entries/in-words.ts'
import { findReason, reasonTexts } from '../../core/entries/reasons.ts'
import { replying } from '../../core/entries/replying.ts'
import type { Entry, InboxItem } from '../../kernel/types.ts'
import { AudienceLabel } from '../../kernel/ui/AudienceLabel.tsx'
import { spaceName } from '../../kernel/ui/audience.ts'
import { Avatar } from '../../kernel/ui/Avatar.tsx'
import { Chip } from '../../kernel/ui/Chip.tsx'
import { TimeAgo } from '../../kernel/ui/TimeAgo.tsx'
import classes from './InboxThread.module.css'

/** A thread that concerns me, why, and the newest lines of it that do. */
export function InboxThread({ item, open }: { item: InboxItem; open: (id: string) => void }) {
  const { t } = useTranslation('inbox')
  const { root, entries, reasons, unread, space_card: space } = item
  const ref = useRef<HTMLElement>(null)
  const newest = entries.at(0) ?? root
  // The first of what is unread, or of what is shown.
  const goal = (entries.at(unread > 0 ? Math.min(unread, entries.length) - 1 : -1) ?? root).id
  useKeyTarget(ref, root, { open: () => open(goal) })
  // Who comes with the pointer comes to answer: the box is ready. On a screen its keyboard would cover what one came to read.
  const enter = (id: string) => {
    if (!isTouch) replying.set(root.id)
    open(id)
  }
  const shown = entries.filter((entry) => entry.id !== root.id).toReversed()
  // Without a title the words stand for it; where nothing follows them they are the line itself, once.
  const isLine = !shown.length && !root.title
  const title = root.title || wordsOf(root, 90) || t('entries:was_removed')
  return (
    <article ref={ref} tabIndex={-1} className={classes.thread} data-entry={`inbox-${root.id}`} data-unread={unread > 0 || undefined} aria-label={title}>
      <div className={classes.head}>
        {reasons.map((name) => <Why key={name} reason={findReason(name)} tone={unread > 0 ? 'moss' : 'plain'} />)}
        {unread > 0 && <span className="visually-hidden">{t('unread', { count: unread })}</span>}
        <TimeAgo at={item.at ?? newest.created_at} />
        <span className={classes.space}><AudienceLabel audience={space.audience} name={spaceName(t, space)} says="name" /></span>
      </div>
      {isLine ? <h2 className="visually-hidden">{title}</h2> : <h2 className={classes.title} data-retracted={root.corrected?.retracted || undefined} dir="auto"><button type="button" onClick={() => enter(goal)}>{title}</button></h2>}
      <ul className={classes.lines}>
        {(shown.length ? shown : [root]).map((entry) => <Line key={entry.id} entry={entry} go={() => enter(entry.id)} />)}
      </ul>
      {unread > 0 && <button type="button" className={`text-button ${classes.done}`} onClick={() => void markThreadRead(root.id, newest.id > root.active_id ? newest.id : root.active_id)}>{t('mark_read')}</button>}
    </article>
  )
}

function Why({ reason: { text, Icon }, tone }: { reason: ReturnType<typeof findReason>; tone: 'moss' | 'plain' }) {
  const { t } = useTranslation(reasonTexts())
  return <Chip tone={tone} Icon={Icon}>{t(text)}</Chip>
}

const wordsOf = (entry: Entry, length: number) => inWords(entry, length) || entry.files.map(({ name }) => name).join(', ')

function Line({ entry, go }: { entry: Entry; go: () => void }) {
  const Brief = findEntryKind(entry.kind)?.Brief
  const words = wordsOf(entry, 220)
  return (
    <li className={classes.line} data-retracted={entry.corrected?.retracted || undefined}>
      <Link to={paths.person(entry.author)} tabIndex={-1} aria-hidden><Avatar person={entry.by} size={24} /></Link>
      <button type="button" onClick={go} dir="auto"><b>{entry.by.name}</b> {Brief ? <Suspense fallback={words}><Brief entry={entry} /></Suspense> : words}</button>
      {entryExtensions.standing.map((Standing, at) => <Standing key={at} entry={entry} as="line" />)}
    </li>
  )
}
