import { Link } from '@tanstack/react-router'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { excerpt } from '../../../server/kernel/text.ts'
import { useKeyTarget } from '../../core/entries/entry-keys.ts'
import { paths } from '../../kernel/paths.ts'
import { markThreadRead } from '../../core/entries/commands.ts'
import { findReason, reasonTexts } from '../../core/entries/reasons.ts'
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
  const goal = entries.length > 0 ? entries.at(-1)!.id : root.id
  const go = () => open(goal)
  useKeyTarget(ref, root, { open: go })
  const title = root.title || excerpt(root.body, 90) || t('entries:was_removed')
  const shown = entries.filter((entry) => entry.id !== root.id).toReversed()
  return (
    <article ref={ref} tabIndex={-1} className={classes.thread} data-entry={`inbox-${root.id}`} data-unread={unread > 0 || undefined} aria-label={title}>
      <div className={classes.head}>
        {reasons.map((name) => <Why key={name} reason={findReason(name)} tone={unread > 0 ? 'moss' : 'plain'} />)}
        {unread > 0 && <span className="visually-hidden">{t('unread', { count: unread })}</span>}
        <TimeAgo at={item.at ?? newest.created_at} />
        <span className={classes.space}><AudienceLabel audience={space.audience} name={spaceName(t, space)} says="name" /></span>
      </div>
      <h2 className={classes.title} dir="auto"><button type="button" onClick={go}>{title}</button></h2>
      <ul className={classes.lines}>
        {(shown.length ? shown : [root]).map((entry) => <Line key={entry.id} entry={entry} go={() => open(entry.id)} />)}
      </ul>
      {unread > 0 && <button type="button" className={`text-button ${classes.done}`} onClick={() => void markThreadRead(root.id, newest.id > root.active_id ? newest.id : root.active_id)}>{t('mark_read')}</button>}
    </article>
  )
}

function Why({ reason: { text, Icon }, tone }: { reason: ReturnType<typeof findReason>; tone: 'moss' | 'plain' }) {
  const { t } = useTranslation(reasonTexts())
  return <Chip tone={tone} Icon={Icon}>{t(text)}</Chip>
}

function Line({ entry, go }: { entry: Entry; go: () => void }) {
  return (
    <li className={classes.line}>
      <Link to={paths.person(entry.author)} tabIndex={-1} aria-hidden><Avatar person={entry.by} size={24} /></Link>
      <button type="button" onClick={go} dir="auto"><b>{entry.by.name}</b> {excerpt(entry.body, 220) || entry.files.map(({ name }) => name).join(', ')}</button>
    </li>
  )
}
