import { IconArrowDown } from '@tabler/icons-react'
import { useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entry } from '../../kernel/types.ts'
import { EntrySkeletons } from '../../kernel/ui/Skeletons.tsx'
import { dayName } from './day-name.ts'
import { StripLine } from './StripLine.tsx'
import { type StripEnds, useStripScroll } from './use-strip-scroll.ts'
import { useSeen } from './use-seen.ts'
import classes from './EntryStrip.module.css'

type Props = {
  entries: Entry[]
  pending: Entry[]
  ends: StripEnds
  /** Above the oldest one: the head of a thread, the beginning of a conversation. */
  head?: ReactNode
  /** The first unread entry when it was opened, and how many there were. */
  newFrom: string | null
  newCount: number
  /** Begin at the end rather than at the head when nothing is new. */
  startsAtEnd?: boolean
  target?: string
  hasDays?: boolean
  /** Lines that follow another of the same person are shown without face and name. */
  isGrouped?: boolean
  /** Where replies stand among everything else: what they may answer, by id. */
  heads?: Map<string, Entry>
  /** The head of the thread that all of it belongs to. */
  root?: Entry
  open?: (id: string) => void
  level?: 2 | 3
  onSeen: (ids: string[]) => void
  /** Seen is told anew when this changes. */
  waiting?: string | null
}

/** Entries from the oldest to the newest in a part that scrolls: a thread, a conversation, a space read flat. */
export function EntryStrip({ entries, pending, ends, head, newFrom, newCount, startsAtEnd, target, hasDays, isGrouped, heads, root, open, level, onSeen, waiting }: Props) {
  const { t } = useTranslation('entries')
  const scroller = useRef<HTMLDivElement>(null)
  const all = [...entries, ...pending]
  const { isAtEnd, missed, toEnd } = useStripScroll({ scroller, all, ends, newFrom, target, startsAtEnd: !!startsAtEnd })
  useSeen(scroller, onSeen, `${all.at(-1)?.id} ${waiting ?? ''}`)
  return (
    <div className={classes.frame}>
      <div ref={scroller} className={classes.scroll} tabIndex={-1}>
        {ends.earlier && <div className={classes.more}>{ends.isLoadingEarlier ? <EntrySkeletons count={1} /> : <button type="button" className="text-button" onClick={() => void ends.loadEarlier()}>{t('earlier')}</button>}</div>}
        {head}
        <div>
          {all.map((entry, at) => {
            const isNewDay = isOtherDay(all[at - 1], entry)
            const isFirstNew = entry.id === newFrom
            return (
              <StripLine key={entry.id} entry={entry} level={level} isTarget={entry.id === target} hasClock={hasDays} open={open}
                day={hasDays && isNewDay && (at > 0 || !ends.earlier) ? dayName(t, entry.created_at) : undefined} news={isFirstNew ? newCount : 0}
                head={root ?? (entry.root ? heads?.get(entry.root) : undefined)} isAmongOthers={!!heads}
                isContinued={isGrouped && !isFirstNew && !isNewDay && continues(all[at - 1], entry)} />
            )
          })}
        </div>
        {ends.later && <div className={classes.more}>{ends.isLoadingLater ? <EntrySkeletons count={1} /> : <button type="button" className="text-button" onClick={() => void ends.loadLater()}>{t('later')}</button>}</div>}
        {ends.isMoreFailed && <p className={classes.failed} role="alert">{t('more_failed')}</p>}
      </div>
      {!isAtEnd && (
        <button type="button" className={classes.pill} data-new={missed > 0 || undefined} onClick={toEnd}>
          <IconArrowDown size={15} stroke={1.75} aria-hidden /> {missed > 0 ? t('new', { count: missed }) : t('to_end')}
        </button>
      )}
    </div>
  )
}

const isOtherDay = (before: Entry | undefined, entry: Entry) =>
  !before || new Date(before.created_at).toDateString() !== new Date(entry.created_at).toDateString()

const SOON = 5 * 60_000

const continues = (before: Entry | undefined, entry: Entry) =>
  !!before && before.author === entry.author && before.kind === entry.kind && before.state === 'published'
  && Date.parse(entry.created_at) - Date.parse(before.created_at) < SOON && entry.root === before.root && !entry.title
  // What was written here must not look as if it had been brought along, nor the other way about.
  && before.imported?.at === entry.imported?.at
