import type { Host } from '../../kernel/context.ts'
import { isDatabaseAway } from '../../kernel/db.ts'
import { Refusal } from '../../kernel/errors.ts'
import { defineJob } from '../../kernel/jobs.ts'
import { withImportLock } from './import-lock.ts'
import { findImporter, Stopped } from './importers.ts'
import { type Job, findWaiting } from './queries.ts'
import { recordProgress } from './records.ts'
import { beginJob, clearUploads, dropArchive, findArchive, keepArchive } from './uploads.ts'

const mostAttempts = 5
// Whoever looks on asks about as often as so many are read.
const TELL_EACH = 1000

/**
 * Imports what was uploaded, one archive after the other, until nothing waits. A second call while it works returns at
 * once; what a dead process left behind is taken up again.
 */
export async function workOff(host: Host): Promise<void> {
  try {
    await withImportLock(host, async () => {
      for (let job = await findWaiting(host); job; job = await findWaiting(host)) await importUpload(host, job)
    })
  } catch (error) {
    const isBusy = error instanceof Refusal && error.code === 'import_running'
    if (!isBusy && !isInterruption(error)) host.log.error({ err: error }, 'an import stopped; it will be tried again')
  }
}

// Shutting down, or the database is away. What was written is whole, and the next attempt goes on.
const isInterruption = (error: unknown) =>
  error instanceof Stopped || isDatabaseAway(error)
  || /Cannot use a pool after calling end|driver has already been destroyed/.test((error as Error).message)

async function importUpload(host: Host, job: Job): Promise<void> {
  const attempts = job.attempts + 1
  await recordProgress(host, job.id, { state: 'running', step: 'reading', attempts })
  let isKept = false
  try {
    await importArchive(host, job)
    isKept = job.dry_run
  } catch (error) {
    if (!(error instanceof Refusal)) {
      if (isInterruption(error) || attempts < mostAttempts) throw error
      host.log.error({ err: error, import: job.id }, 'import failed')
    }
    await recordProgress(host, job.id, { state: 'failed', step: null, error: explain(error) })
  }
  if (isKept) return keepArchive(host, job)
  await recordProgress(host, job.id, { archive: null })
  await dropArchive(host, job.archive!)
}

async function importArchive(host: Host, job: Job): Promise<void> {
  const archive = await findImporter(job.kind).open(await findArchive(host, job.archive!))
  try {
    let told = Promise.resolve()
    const found = await archive.survey((done) => {
      if (done % TELL_EACH === 0 && job.position === null) told = recordProgress(host, job.id, { done }).catch(() => {})
    })
    await told
    if (!job.dry_run) return await found.write(host, job, {})
    const { report, report: { entries } } = found
    await recordProgress(host, job.id, { state: 'done', step: null, done: entries, total: entries, report })
  } finally {
    await archive.close()
  }
}

const explain = (error: unknown) =>
  error instanceof Refusal
    ? { code: error.code, detail: error.message }
    : {
        code: 'import_failed',
        detail: 'The import failed on our side; the server has logged why. What was written until then is whole, and '
          + 'importing the archive again goes on from there.',
      }

/** Begins at once, and lets the worker go: an import may take hours. */
const importUploads = defineJob<object>(beginJob.name, async (host) => void workOff(host))

/** Every minute: takes up what a stopped server left behind. */
export const resumeImports = defineJob<object>('resume-imports', async (host) => {
  if (await findWaiting(host)) void workOff(host)
  else await clearUploads(host)
})

export const jobs = [importUploads]
