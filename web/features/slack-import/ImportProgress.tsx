import { Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ImportJob } from './import.ts'

export function ImportProgress({ job }: { job: ImportJob }) {
  const { t } = useTranslation('slack-import')
  const isKnown = !!job.total
  return (
    <div role="status">
      <strong>{t(job.dry_run ? 'reading' : 'running')}</strong>
      <p className="quiet">{t('leave')}</p>
      <Progress size="lg" value={isKnown ? (100 * (job.done ?? 0)) / job.total! : 100} striped={!isKnown} animated={!isKnown} aria-label={t('running')} />
      {isKnown && <p className="quiet">{t('of', { done: job.done, total: job.total })}</p>}
    </div>
  )
}
