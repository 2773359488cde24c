import { Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ImportJob } from './import.ts'

/** Which step of how many, and how far it is. */
export function ImportProgress({ job }: { job: ImportJob }) {
  const { t } = useTranslation('imports')
  const isWriting = job.step === 'writing'
  const isKnown = isWriting && !!job.total
  const step = t(isWriting ? 'step.writing' : job.step === 'reading' ? 'step.reading' : 'step.waiting')
  return (
    <div role="status">
      <strong>{t(job.dry_run ? 'reading' : 'running')}</strong>
      <p className="quiet">{t('leave')}</p>
      <Progress size="lg" value={isKnown ? (100 * job.done) / job.total! : 100} striped={!isKnown} animated={!isKnown} aria-label={t('running')} />
      <p className="quiet">
        {job.dry_run ? step : t('step.of', { at: isWriting ? 2 : 1, count: 2, step })}
        {isKnown ? ` · ${t('of', { done: job.done, total: job.total })}` : job.done > 0 && ` · ${t('so_far', { count: job.done })}`}
      </p>
    </div>
  )
}
