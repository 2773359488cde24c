import { Button, Group } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import { ApiError } from '../../kernel/api.ts'
import { reasonOf } from '../../kernel/reason.ts'
import { FormError } from '../../kernel/ui/FormError.tsx'
import { useMe } from '../../kernel/session.tsx'
import { type ImportJob, type ImportKind, type Loss, useImportKept } from './import.ts'
import classes from './ImportReport.module.css'

/** What came, what did not and why. */
export function ImportReport({ job, begun, again }: { job: ImportJob; begun: (id: string) => void; again: () => void }) {
  const { t } = useTranslation('imports')
  const me = useMe()
  const begin = useImportKept(begun)
  const isKept = !!job.kept_until && job.started_by === me.id
  const words = job.state === 'failed' ? 'failed' : job.dry_run ? 'would' : 'came'
  const said = job.error && reasonOf(t, new ApiError(422, job.error))
  return (
    <>
      <h3 className={classes.title}>{t(`report.${words}`)}</h3>
      {said && <FormError>{said}</FormError>}
      {job.report && <Counts job={job} />}
      {!!job.report?.losses.length && <Losses kind={job.kind} losses={job.report.losses} title={t(job.dry_run ? 'report.losses' : 'report.lost')} />}
      <Group gap="sm" mt="lg">
        {isKept && <Button onClick={() => begin.mutate(job.id)} loading={begin.isPending}>{t('report.now')}</Button>}
        <Button variant={said || (job.dry_run && !isKept) ? 'filled' : 'default'} onClick={again}>{t('report.another')}</Button>
        {!job.dry_run && !said && <Button component={Link} to={paths.spaces}>{t('report.see')}</Button>}
      </Group>
      {begin.error && <FormError>{reasonOf(t, begin.error)}</FormError>}
      {isKept && <p className="quiet">{t('report.kept')}</p>}
    </>
  )
}

const COUNTS: Record<ImportKind, string[]> = {
  slack: ['people', 'spaces', 'entries', 'reactions', 'files', 'files_with_content'],
  stackexchange: ['people', 'questions', 'answers', 'accepted', 'comments', 'topics'],
}

function Counts({ job }: { job: ImportJob }) {
  const { t } = useTranslation('imports')
  const counts = COUNTS[job.kind]
    .filter((name) => typeof job.report?.[name] === 'number' && (name !== 'files_with_content' || job.report[name] > 0))
  return (
    <dl className={classes.counts}>
      {counts.map((name) => (
        <div key={name}>
          <dt>{t(`count.${name}`)}</dt>
          <dd>{Number(job.report![name]).toLocaleString(t('kernel:locale'))}</dd>
        </div>
      ))}
    </dl>
  )
}

function Losses({ kind, losses, title }: { kind: ImportKind; losses: Loss[]; title: string }) {
  const { t } = useTranslation('imports')
  return (
    <>
      <h3 className={classes.title}>{title}</h3>
      <table className={classes.losses}>
        <thead><tr><th scope="col">{t('report.what')}</th><th scope="col">{t('report.count')}</th><th scope="col">{t('report.why')}</th></tr></thead>
        <tbody>
          {losses.map(({ code, what, count, why, examples }) => (
            <tr key={code}>
              <td>{t([`losses.${kind}.${code}.what`, 'kernel:problem.said'], { detail: what })}</td>
              <td>{count.toLocaleString(t('kernel:locale'))}</td>
              <td>
                {t([`losses.${kind}.${code}.why`, 'kernel:problem.said'], { detail: why })}
                {examples.length > 0 && <div className={classes.examples}>{examples.slice(0, 5).join(' · ')}{examples.length > 5 && ' …'}</div>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
