import { IconGavel } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { PersonCard } from '../../kernel/types.ts'
import { TimeAgo } from '../../kernel/ui/TimeAgo.tsx'
import type { DecisionFacts } from './queries.ts'
import classes from './Decisions.module.css'

/** What was decided, why, and what was rejected; also where it was counted and nobody has told more of it yet. */
export function OutcomeBox({ facts: { state, outcome, count, options, reviewed_at }, by }: { facts: DecisionFacts; by?: PersonCard | null }) {
  const { t } = useTranslation('deciding')
  if (state === 'open') return null
  const chosen = outcome ? outcome.option : count?.winner ?? null
  const text = options.find(({ id }) => id === chosen)?.text
  return (
    <section className={classes.outcome} aria-label={t('outcome')} data-state={state}>
      <p className={classes.decided}><IconGavel size={17} stroke={1.75} aria-hidden /><b dir="auto">{text ?? t('nothing_decided')}</b></p>
      {outcome?.reason && <p className={classes.reason} dir="auto">{outcome.reason}</p>}
      {outcome?.rejected && <p className={classes.reason}><b>{t('rejected')}</b> <span dir="auto">{outcome.rejected}</span></p>}
      {reviewed_at && <p className="quiet">{t('reviewed')} · <TimeAgo at={reviewed_at} /></p>}
      {outcome ? <p className="quiet">{by && <>{t('told_by', { name: by.name })} · </>}<TimeAgo at={outcome.at} /></p> : <p className="quiet">{t('not_told')}</p>}
    </section>
  )
}
