import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import type { Entry } from '../../kernel/types.ts'
import classes from './Question.module.css'

/** In the thread that a question was made of: who asked it, and the way there. */
export function TraceLine({ entry }: { entry: Entry }) {
  const { t } = useTranslation('questions')
  const question = entry.question_trace?.question
  return (
    <div className={classes.trace} data-entry={entry.id}>
      <Link to={paths.person(entry.author)} dir="auto">{entry.by.name}</Link> {t('made')}
      {question && <> · <Link to={paths.entry(question)}>{t('made_open')}</Link></>}
    </div>
  )
}
