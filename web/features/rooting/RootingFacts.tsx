import { useTranslation } from 'react-i18next'
import type { RootingFigures } from '../../../server/features/rooting/schema.ts'
import { Fact, Facts } from '../../kernel/ui/Facts.tsx'

/** The figures, each in a sentence that says what it does not know. */
export function RootingFacts({ figures: f }: { figures: RootingFigures }) {
  const { t } = useTranslation('rooting')
  const percent = (value: number) => t('percent', { value })
  return (
    <Facts>
      <Fact name={t('answers')} value={percent(f.threads ? Math.round((100 * f.answered) / f.threads) : 0)}>{t('answers_text')}</Fact>
      <Fact name={t('questions')} value={t('questions_value', { answered: f.questions_answered, questions: f.questions })}>{t('questions_text')}</Fact>
      {f.across ? <Fact name={t('across')} value={percent(f.across.share)}>{t(`across_${f.across.by}`, { sites: f.across.sites })}</Fact>
        : <Fact name={t('across')}>{t('across_none')}</Fact>}
      {f.across_departments && <Fact name={t('across_departments')} value={percent(f.across_departments.share)}>{t('across_department', f.across_departments)}</Fact>}
      <Spaces spaces={f.spaces} />
      {f.returning ? <Fact name={t('returning')} value={t('at_least', { count: f.returning.often })}>{t('returning_text', f.returning)}</Fact>
        : <Fact name={t('returning')}>{t('returning_none')}</Fact>}
    </Facts>
  )
}

function Spaces({ spaces }: Pick<RootingFigures, 'spaces'>) {
  const { t } = useTranslation('rooting')
  if (!spaces) return <Fact name={t('spaces')}>{t('spaces_none')}</Fact>
  const { dialogue, monologue, quiet } = spaces
  return (
    <Fact name={t('spaces')} value={t('spaces_value', { dialogue, total: dialogue + (monologue ?? 0) + quiet })}>
      {monologue === null ? t('spaces_plain') : t('spaces_text', { monologue, quiet })}
    </Fact>
  )
}
