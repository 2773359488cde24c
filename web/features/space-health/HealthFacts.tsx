import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Figures } from '../../../server/features/space-health/schema.ts'
import { Fact, Facts } from '../../kernel/ui/Facts.tsx'

/** The figures, each in a sentence. */
export function HealthFacts({ figures: f }: { figures: Figures }) {
  const { t } = useTranslation('space-health')
  const percent = (value: number) => t('percent', { value })
  const share = (part: number) => percent(f.threads ? Math.round((100 * part) / f.threads) : 0)
  const spread = f.gini < 0.4 ? 'even' : f.gini < 0.7 ? 'uneven' : 'steep'
  return (
    <Facts>
      <Fact name={t('answers')} value={share(f.answered)}>{t('answers_text')}</Fact>
      {f.minutes_to_answer === null ? <Fact name={t('time')}>{t('untold')}</Fact>
        : <Fact name={t('time')} value={lengthOf(t, f.minutes_to_answer)}>{t('time_text', { share: share(f.answered_in_a_day) })}</Fact>}
      {f.mutual_pairs === null ? <Fact name={t('pairs')}>{t('untold')}</Fact> : <Fact name={t('pairs')} value={percent(f.mutual_pairs)}>{t('pairs_text')}</Fact>}
      <Fact name={t('voices')} value={t('voices_value', { count: f.voices })}>{t(`voices_text.${spread}`)}</Fact>
      <Newcomers newcomers={f.newcomers} />
      {f.share_of_one === null || f.share_of_two === null ? <Fact name={t('few_people')}>{t('untold')}</Fact>
        : <Fact name={t('few_people')} value={percent(f.share_of_one)}>{t('few_people_text', { two: percent(f.share_of_two) })}</Fact>}
    </Facts>
  )
}

function Newcomers({ newcomers }: Pick<Figures, 'newcomers'>) {
  const { t } = useTranslation('space-health')
  if (!newcomers) return <Fact name={t('newcomers')}>{t('newcomers_none')}</Fact>
  const { people, answered, minutes_to_answer } = newcomers
  const share = answered === null ? '' : t('percent', { value: answered })
  const text = !share ? t('newcomers_text') : minutes_to_answer === null ? t('newcomers_answered', { share })
    : t('newcomers_time', { share, time: lengthOf(t, minutes_to_answer) })
  return <Fact name={t('newcomers')} value={t('voices_value', { count: people })}>{text}</Fact>
}

/** "40 minutes", "3 hours", "2 days". */
function lengthOf(t: TFunction<'space-health'>, minutes: number) {
  if (minutes < 90) return t('minutes', { count: minutes })
  return minutes < 2160 ? t('hours', { count: Math.round(minutes / 60) }) : t('days', { count: Math.round(minutes / 1440) })
}
