import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { inWords } from '../../core/entries/in-words.ts'
import { Markdown } from '../../core/entries/Markdown.tsx'
import { paths } from '../../kernel/paths.ts'
import { useTimeZone } from '../../kernel/time-zones.ts'
import type { Entry, PersonCard } from '../../kernel/types.ts'
import { TimeAgo } from '../../kernel/ui/TimeAgo.tsx'
import { StateChip } from './Marks.tsx'
import { useEntry } from './queries.ts'
import { sayDue, STATE_ICON } from './say.ts'
import classes from './Tasks.module.css'

const named = (people: PersonCard[]) => people.map(({ name }) => name).join(', ')

/** What a step says, without who did it. */
function Said({ entry }: { entry: Entry }) {
  const { t } = useTranslation('task-cards')
  const zone = useTimeZone()
  const { what, state, due, came, gone } = entry.task_step!
  if (what === 'state') return <>{t('did.state')} <b>{t(`state.${state!}`)}</b>{due && <> · {t('did.again', { day: sayDue(due, zone) })}</>}</>
  if (what === 'due') return due ? <>{t('did.due')} <b>{sayDue(due, zone)}</b></> : <>{t('did.no_due')}</>
  const isOwn = (people: PersonCard[]) => people.length === 1 && people[0].id === entry.author
  return (
    <>
      {came.length > 0 && (isOwn(came) ? t('did.took') : t('did.gave', { names: named(came) }))}
      {came.length > 0 && gone.length > 0 && ', '}
      {gone.length > 0 && (isOwn(gone) ? t('did.left') : t('did.took_from', { names: named(gone) }))}
    </>
  )
}

/** In the thread of a task: what changed, why, when and by whom; in another thread, that a task was made of it, and how far that is. */
export function StepLine({ entry }: { entry: Entry }) {
  const { t } = useTranslation('task-cards')
  if (entry.state === 'removed') return <p className={classes.line} data-entry={entry.id}>{t('step_removed')}</p>
  const { task_trace: trace, task_step: step } = entry
  const Icon = step?.state ? STATE_ICON[step.state] : null
  return (
    <div className={classes.line} data-entry={entry.id}>
      <p>
        {Icon && <Icon size={15} stroke={1.75} aria-hidden />}
        <span>
          <Link to={paths.person(entry.author)} dir="auto">{entry.by.name}</Link> {trace ? <>{t('made')} <Made id={trace.task} /></> : step && <Said entry={entry} />}
          {' '}· <TimeAgo at={entry.created_at} />
        </span>
      </p>
      {entry.body && !trace && <div className={classes.reason}><Markdown body={entry.body} mentions={entry.mentions} /></div>}
    </div>
  )
}

function Made({ id }: { id: string }) {
  const { t } = useTranslation('task-cards')
  const { data } = useEntry(id)
  return <><Link to={paths.entry(id)} dir="auto">{data?.title || t('another')}</Link>{data?.task && <> <StateChip state={data.task.state} /></>}</>
}

/** The same in one line of the inbox. */
export function StepBrief({ entry }: { entry: Entry }) {
  return entry.task_step ? <><Said entry={entry} />{entry.body && <> · {inWords(entry, 160)}</>}</> : inWords(entry, 220)
}
