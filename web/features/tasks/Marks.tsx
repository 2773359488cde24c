import { IconAlertTriangle, IconCalendarDue, IconFlag3, IconHourglass, IconListCheck, IconRepeat } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { isEnd, type State } from '../../../server/features/tasks/policy.ts'
import type { TaskFacts } from '../../../server/features/tasks/schema.ts'
import type { LinkedEntry } from '../../core/entries/kinds.ts'
import { useTimeZone } from '../../kernel/time-zones.ts'
import { Avatar } from '../../kernel/ui/Avatar.tsx'
import { Chip } from '../../kernel/ui/Chip.tsx'
import { useNow } from '../../kernel/ui/TimeAgo.tsx'
import { sayDue, sayEstimate, sayRule, STATE_ICON } from './say.ts'
import classes from './Tasks.module.css'

const TONE = { open: 'plain', doing: 'amber', done: 'moss', dropped: 'plain' } as const

/** How far a task is. */
export function StateChip({ state }: { state: State }) {
  const { t } = useTranslation('task-cards')
  return <Chip tone={TONE[state]} Icon={STATE_ICON[state]}>{t(`state.${state}`)}</Chip>
}

/** What matters of a task beside its words: by when, how pressing, what it waits for, how much of it is done, how much work it is. */
export function Marks({ task }: { task: TaskFacts }) {
  const { t } = useTranslation('task-cards')
  const zone = useTimeZone()
  const now = useNow()
  const { due, late_at, priority, blocked, checklist, subtasks, estimate, state, repeats } = task
  const isLate = !!late_at && !isEnd(state) && Date.parse(late_at) <= now
  const [all, done] = [checklist.length + subtasks.all, checklist.filter((item) => item.done).length + subtasks.done]
  return (
    <>
      {due && <span className={classes.mark} data-late={isLate || undefined}><IconCalendarDue size={15} stroke={1.75} aria-hidden />{isLate ? t('overdue', { day: sayDue(due, zone) }) : t('due', { day: sayDue(due, zone) })}</span>}
      {repeats && <span className={classes.mark}><IconRepeat size={15} stroke={1.75} aria-hidden />{sayRule(repeats)}</span>}
      {priority !== 'normal' && <span className={classes.mark} data-priority={priority}>{priority === 'urgent' ? <IconAlertTriangle size={15} stroke={1.75} aria-hidden /> : <IconFlag3 size={15} stroke={1.75} aria-hidden />}{t(`priority.${priority}`)}</span>}
      {blocked && !isEnd(state) && <span className={classes.mark}><IconHourglass size={15} stroke={1.75} aria-hidden />{t('blocked')}</span>}
      {all > 0 && <span className={classes.mark}><IconListCheck size={15} stroke={1.75} aria-hidden />{t('done_of', { done, all })}</span>}
      {estimate && <span className={classes.mark}>{sayEstimate(estimate)}</span>}
    </>
  )
}

/** Whose task it is, as faces. */
export function Faces({ task: { assignees } }: { task: TaskFacts }) {
  const { t } = useTranslation('task-cards')
  const names = assignees.map(({ name }) => name).join(', ')
  if (!assignees.length) return <span className={classes.nobody}>{t('nobody')}</span>
  return (
    <span className={classes.faces} title={names}>
      {assignees.slice(0, 3).map((person) => <Avatar key={person.id} person={person} size={20} />)}
      {assignees.length > 3 && <span aria-hidden>+{assignees.length - 3}</span>}
      {assignees.length === 1 ? <span className={classes.name} dir="auto">{names}</span> : <span className="visually-hidden">{names}</span>}
    </span>
  )
}

/** Below a link to a task: how far it is now. */
export function LinkedTask({ entry: { task } }: { entry: LinkedEntry }) {
  return task ? <span className={classes.marks}><StateChip state={task.state} /><Marks task={task} /><Faces task={task} /></span> : null
}
