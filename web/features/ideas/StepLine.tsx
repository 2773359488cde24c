import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { inWords } from '../../core/entries/in-words.ts'
import { Markdown } from '../../core/entries/Markdown.tsx'
import { paths } from '../../kernel/paths.ts'
import type { Entry } from '../../kernel/types.ts'
import { TimeAgo } from '../../kernel/ui/TimeAgo.tsx'
import { useEntry } from './queries.ts'
import { sayDay, STAGE_ICON } from './say.ts'
import classes from './Ideas.module.css'

/** In the thread of an idea: a step that it took, why, when and by whom; in another thread, that an idea was made of it. */
export function StepLine({ entry }: { entry: Entry }) {
  const { t } = useTranslation('idea-cards')
  if (entry.state === 'removed') return <p className={classes.line} data-entry={entry.id}>{t('step_removed')}</p>
  const { idea_trace: trace, idea_step: step } = entry
  const Icon = step?.stage ? STAGE_ICON[step.stage] : null
  return (
    <div className={classes.line} data-entry={entry.id}>
      <p>
        {Icon && <Icon size={15} stroke={1.75} aria-hidden />}
        <span>
          <Link to={paths.person(entry.author)} dir="auto">{entry.by.name}</Link> {trace ? t('made') : step && t(`did.${step.what}`)}
          {step?.stage && <> <b>{t(`stage.${step.stage}`)}</b></>}
          {step?.worked && <> <b>{t(`worked.${step.worked}`)}</b></>}
          {step?.other && <> <OtherTitle id={step.other} /></>}
          {trace && <> · <Link to={paths.entry(trace.idea)}>{t('made_open')}</Link></>}
          {' '}· <TimeAgo at={entry.created_at} />
        </span>
      </p>
      {(entry.body || step?.measured) && !trace && (
        <div className={classes.reason}>
          {entry.body && <Markdown body={entry.body} mentions={entry.mentions} />}
          {step?.measured && <p><b>{t(step.stage === 'trial' ? 'measured_in_trial' : 'was_measured')}</b> <span dir="auto">{step.measured}</span>{step.until && <> · {t('until', { day: sayDay(step.until) })}</>}</p>}
        </div>
      )}
    </div>
  )
}

function OtherTitle({ id }: { id: string }) {
  const { t } = useTranslation('idea-cards')
  const { data } = useEntry(id)
  return <Link to={paths.entry(id)} dir="auto">{data?.title || t('another')}</Link>
}

/** The same in one line of the inbox. */
export function StepBrief({ entry }: { entry: Entry }) {
  const { t } = useTranslation('idea-cards')
  const step = entry.idea_step
  if (!step) return inWords(entry, 220)
  return (
    <>
      {t(step.other ? `brief.${step.what}` : `did.${step.what}`)} {step.stage && <b>{t(`stage.${step.stage}`)}</b>}{step.worked && <b>{t(`worked.${step.worked}`)}</b>}
      {entry.body && <> · {inWords(entry, 160)}</>}
    </>
  )
}
