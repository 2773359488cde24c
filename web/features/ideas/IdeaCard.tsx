import { Link } from '@tanstack/react-router'
import { IconArrowBackUp, IconArrowMerge } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ANSWERS, isOpen } from '../../../server/features/ideas/policy.ts'
import type { CardProps } from '../../core/entries/kinds.ts'
import { Markdown } from '../../core/entries/Markdown.tsx'
import { paths } from '../../kernel/paths.ts'
import { TimeAgo } from '../../kernel/ui/TimeAgo.tsx'
import { IdeaButtons } from './IdeaButtons.tsx'
import { useEntry } from './queries.ts'
import { sayDay } from './say.ts'
import { FirstAnswer, StageChip } from './Stand.tsx'
import classes from './Ideas.module.css'

/** An idea: how far it is and why, who carries it on, what is tried and what came of it; what one does about it. */
export function IdeaCard({ entry, children }: CardProps) {
  const { t } = useTranslation('idea-cards')
  const { idea } = entry
  if (!idea) return children
  const { stage, since, owner, offered_to, said, trial, result, from, merged_into, merged, worked } = idea
  const answers = ANSWERS.filter((one) => worked[one] > 0)
  return (
    <div className={classes.idea}>
      <p className={classes.state}>
        <StageChip idea={idea} />
        {stage !== 'new' && !merged_into && <span>{t('since')} <TimeAgo at={since} /></span>}
        {owner.id !== entry.author && <span>{t('carried_by')} <Link to={paths.person(owner.id)} dir="auto">{owner.name}</Link></span>}
        {offered_to && <span>{t('offered_to', { name: offered_to.name })}</span>}
      </p>
      {children}
      {!merged_into && (trial || result || said) && (
        <section className={classes.stand} data-stage={stage} aria-label={t(`stage.${stage}`)}>
          {said && <Markdown body={said} mentions={[]} />}
          {trial && <p><b>{t('measured_in_trial')}</b> <span dir="auto">{trial.measured}</span>{trial.until && <> · {t('until', { day: sayDay(trial.until) })}</>}</p>}
          {result && <p><b>{t('was_measured')}</b> <span dir="auto">{result}</span></p>}
        </section>
      )}
      {answers.length > 0 && <p className={classes.worked}>{t('did_it_work')} {answers.map((one) => <span key={one} data-answer={one}>{t(`worked.${one}`)} {worked[one]}</span>)}</p>}
      {from && <Note Icon={IconArrowBackUp}><Link to={paths.entry(from)}>{t('from')}</Link></Note>}
      {merged_into && <Other id={merged_into} says={t('merged_into')} />}
      {merged.map((id) => <Other key={id} id={id} says={t('took_in')} />)}
      {(idea.answered_at || isOpen(entry)) && <p className={classes.meta}><FirstAnswer created_at={entry.created_at} idea={idea} /></p>}
      <IdeaButtons entry={entry} />
    </div>
  )
}

function Note({ Icon, children }: { Icon: typeof IconArrowMerge; children: ReactNode }) {
  return <p className={classes.note}><Icon size={15} stroke={1.75} aria-hidden /><span>{children}</span></p>
}

/** The other idea, by its title as it is now. */
function Other({ id, says }: { id: string; says: string }) {
  const { t } = useTranslation('idea-cards')
  const { data } = useEntry(id)
  return <Note Icon={IconArrowMerge}>{says} <Link to={paths.entry(id)} dir="auto">{data?.title || t('another')}</Link></Note>
}
