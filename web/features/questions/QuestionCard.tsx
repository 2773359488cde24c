import { Link } from '@tanstack/react-router'
import { IconArrowBackUp, IconCircleCheck, IconCopyCheck, IconHelpCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CardProps } from '../../core/entries/kinds.ts'
import { Markdown } from '../../core/entries/Markdown.tsx'
import { paths } from '../../kernel/paths.ts'
import { Chip } from '../../kernel/ui/Chip.tsx'
import { useEntry } from './queries.ts'
import classes from './Question.module.css'

/** A question: whether it is answered, what it repeats and comes from, and in its thread the answer itself. */
export function QuestionCard({ entry, open, children }: CardProps) {
  const { t } = useTranslation('questions')
  const { accepted, duplicate_of, from } = entry.question ?? {}
  return (
    <div className={classes.question}>
      <p className={classes.state}>
        {accepted ? <Chip Icon={IconCircleCheck}>{t('answered')}</Chip>
          : duplicate_of ? <Chip tone="plain" Icon={IconCopyCheck}>{t('duplicate')}</Chip>
            : <Chip tone="plain" Icon={IconHelpCircle}>{t('question')}</Chip>}
      </p>
      {children}
      {duplicate_of && <Repeated id={duplicate_of} />}
      {from && <p className={classes.note}><IconArrowBackUp size={15} stroke={1.75} aria-hidden /><Link to={paths.entry(from)}>{t('from')}</Link></p>}
      {!open && accepted && <Answer id={accepted} />}
    </div>
  )
}

/** The other question, by its title as it is now. */
function Repeated({ id }: { id: string }) {
  const { t } = useTranslation('questions')
  const { data } = useEntry(id)
  return (
    <p className={classes.note}>
      <IconCopyCheck size={15} stroke={1.75} aria-hidden />
      <span>{t('repeats')} <Link to={paths.entry(id)} dir="auto">{data?.title || t('repeated')}</Link></span>
    </p>
  )
}

function Answer({ id }: { id: string }) {
  const { t } = useTranslation('questions')
  const { data: answer } = useEntry(id)
  if (!answer?.body) return null
  return (
    <section className={classes.answer} aria-label={t('answer_by', { name: answer.by.name })}>
      <p className={classes.by}><IconCircleCheck size={15} stroke={2} aria-hidden /><Link to={paths.entry(id)}>{t('answer_by', { name: answer.by.name })}</Link></p>
      <Markdown body={answer.body} mentions={answer.mentions} />
    </section>
  )
}
