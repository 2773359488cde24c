import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { memo, useCallback, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { canWork, isDay } from '../../../server/features/tasks/policy.ts'
import { announce } from '../../kernel/announce.tsx'
import { momentAt, shownIn } from '../../kernel/moments.ts'
import { useSearchParam, useSetSearch, useThread } from '../../kernel/route.ts'
import { useTimeZone } from '../../kernel/time-zones.ts'
import type { Entry, Space } from '../../kernel/types.ts'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { useNow } from '../../kernel/ui/TimeAgo.tsx'
import type { Shown } from './apply.ts'
import { changeNow } from './commands.ts'
import { monthOf, plusDays } from './days.ts'
import { useFollowFocus } from './follow-focus.ts'
import { Faces } from './Marks.tsx'
import { useTasks } from './queries.ts'
import { dayOf, sayDue, STATE_ICON } from './say.ts'
import classes from './Calendar.module.css'

const KIND = 'application/x-folkmoot-task'
const BY: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }
const say = (t: (key: string) => string, day: string, options: Intl.DateTimeFormatOptions) => new Date(`${day}T12:00:00Z`).toLocaleDateString(t('kernel:locale'), { ...options, timeZone: 'UTC' })

/** The tasks of a space by the days on which they are due, a month at a time: a grid where there is room, else the days that have some. */
export function TaskCalendar({ space, shown }: { space: Space; shown: Omit<Shown, 'state'> }) {
  const { t } = useTranslation('task-cards')
  const setSearch = useSetSearch()
  const zone = useTimeZone()
  const today = shownIn(zone, useNow()).slice(0, 10)
  const asked = useSearchParam('month')
  const month = /^\d{4}-(0[1-9]|1[0-2])$/.test(asked ?? '') ? asked! : today.slice(0, 7)
  const { days, before, after } = monthOf(month)
  // A day ends where whoever gave it lives, which may be half a day away.
  const list = useTasks(space.id, 'due', { ...shown, from: `${plusDays(days[0], -1)}T00:00:00.000Z`, to: `${plusDays(days.at(-1)!, 3)}T00:00:00.000Z` })
  const byDay = Map.groupBy(list.items, ({ task }) => dayOf(task!.due!, zone))
  const follow = useFollowFocus()
  const moveTo = useCallback((entry: Entry, day: string) => {
    const { due } = entry.task!
    if (dayOf(due!, zone) === day) return
    const next = isDay(due!) ? day : momentAt(zone, `${day}T${shownIn(zone, Date.parse(due!)).slice(11)}`).toISOString()
    // Where in the calendar it is then, whoever does not see it hears.
    announce(t('moved_day', { title: entry.title, day: sayDue(next, zone) }))
    const late = isDay(next) ? momentAt(zone, `${plusDays(day, 1)}T00:00`).toISOString() : next
    if (document.activeElement?.closest(`[data-entry="${entry.id}"]`)) follow(`[data-day="${day}"] [data-entry="${entry.id}"] button`)
    void changeNow(entry, { due: next }, { due: next, late_at: late })
  }, [zone, t, follow])
  const turn = (to: string) => void setSearch({ month: to }, true)
  if (list.error && !list.data) return <ErrorState error={list.error} retry={() => void list.refetch()} />
  return (
    <div className={classes.room}>
      <div className={classes.head}>
        <h2>{say(t, `${month}-01`, { month: 'long', year: 'numeric' })}</h2>
        <button type="button" className={classes.turn} aria-label={t('month_before')} onClick={() => turn(before)}><IconChevronLeft size={18} stroke={1.75} aria-hidden /></button>
        <button type="button" className="text-button" onClick={() => turn(today.slice(0, 7))}>{t('this_month')}</button>
        <button type="button" className={classes.turn} aria-label={t('month_after')} onClick={() => turn(after)}><IconChevronRight size={18} stroke={1.75} aria-hidden /></button>
      </div>
      <p className="visually-hidden" id="calendar-keys">{t('calendar_keys')}</p>
      <div className={classes.week} aria-hidden>{days.slice(0, 7).map((day) => <span key={day}>{say(t, day, { weekday: 'short' })}</span>)}</div>
      <ol className={classes.grid} aria-busy={list.isLoading}>
        {days.map((day) => {
          const tasks = byDay.get(day) ?? []
          const name = say(t, day, { weekday: 'long', day: 'numeric', month: 'long' })
          return (
            <li key={day} className={classes.day} data-day={day} data-other={!day.startsWith(month) || undefined} data-today={day === today || undefined} data-empty={tasks.length === 0 || undefined} aria-label={name}
              onDragOver={(event) => event.dataTransfer.types.includes(KIND) && event.preventDefault()}
              onDrop={(event) => {
                const entry = list.items.find(({ id }) => id === event.dataTransfer.getData(KIND))
                if (!entry) return
                event.preventDefault()
                moveTo(entry, day)
              }}>
              <span className={classes.number} aria-hidden><b>{Number(day.slice(8))}</b><i>{name}</i></span>
              {tasks.length > 0 && <ul>{tasks.map((entry) => <DayTask key={entry.id} entry={entry} day={day} may={canWork(entry, space)} moveTo={moveTo} />)}</ul>}
            </li>
          )
        })}
      </ol>
      {!list.isLoading && !days.some((day) => day.startsWith(month) && byDay.has(day)) && <p className={classes.nothing}>{t('none_this_month')}</p>}
      {list.hasNextPage && <button type="button" className="text-button" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{t('kernel:more_items')}</button>}
    </div>
  )
}

type DayTaskProps = { entry: Entry; day: string; may: boolean; moveTo: (entry: Entry, day: string) => void }

/** One task on its day; dragged to another, or moved there with Alt and the arrows. */
const DayTask = memo(function DayTask({ entry, day, may, moveTo }: DayTaskProps) {
  const { open } = useThread()
  const task = entry.task!
  const Icon = STATE_ICON[task.state]
  const press = (event: KeyboardEvent) => {
    if (!may || !event.altKey || !BY[event.key]) return
    event.preventDefault()
    moveTo(entry, plusDays(day, BY[event.key]))
  }
  return (
    <li data-entry={entry.id} data-state={task.state} className={classes.task} draggable={may} onKeyDown={press}
      onDragStart={({ dataTransfer }) => { dataTransfer.setData(KIND, entry.id); dataTransfer.effectAllowed = 'move' }}>
      <Icon size={14} stroke={1.75} aria-hidden />
      <button type="button" aria-keyshortcuts={may ? 'Alt+ArrowLeft Alt+ArrowRight Alt+ArrowUp Alt+ArrowDown' : undefined} aria-describedby={may ? 'calendar-keys' : undefined} onClick={() => void open(entry.id)} dir="auto">{entry.title}</button>
      <Faces task={task} />
    </li>
  )
})
