import { rm } from 'node:fs/promises'
import type { Host } from '../../kernel/context.ts'
import { isDatabaseAway } from '../../kernel/db.ts'
import { Refusal } from '../../kernel/errors.ts'
import { defineJob } from '../../kernel/jobs.ts'
import { openArchive } from './archive.ts'
import { Stopped, writeAll } from './commands.ts'
import { withImportLock } from './import-lock.ts'
import { type Job, findWaiting } from './queries.ts'
import { survey } from './survey.ts'
import { beginJob, clearUploads, pathOf } from './uploads.ts'

const mostAttempts = 5

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
    const isExpected = error instanceof Stopped || isDatabaseAway(error) || isClosed(error) || (error instanceof Refusal && error.code === 'import_running')
    if (!isExpected) host.log.error({ err: error }, 'an import stopped; it will be tried again')
  }
}

// The server is shutting down. What was written is whole, and the next start goes on.
const isClosed = (error: unknown) => /Cannot use a pool after calling end|driver has already been destroyed/.test((error as Error).message)

async function importUpload(host: Host, job: Job): Promise<void> {
  const set = (change: object) => host.db.updateTable('imports').set(change).where('id', '=', job.id).execute()
  await set({ state: 'running', step: 'reading', attempts: job.attempts + 1 })
  let archive: Awaited<ReturnType<typeof openArchive>> | null = null
  try {
    archive = await openArchive(pathOf(host, job.archive!))
    const found = await survey(archive, (done) => void (done % 5000 === 0 && set({ done }).catch(() => {})))
    if (job.dry_run) await set({ state: 'done', step: null, done: found.tally.entries, total: found.tally.entries, report: JSON.stringify(found.report), finished_at: new Date().toISOString() })
    else await writeAll(host, archive, found, job, {})
    await forget(host, job)
  } catch (error) {
    const isRefused = error instanceof Refusal
    if (!isRefused && (isDatabaseAway(error) || isClosed(error) || job.attempts + 1 < mostAttempts)) throw error
    if (!isRefused) host.log.error({ err: error, import: job.id }, 'import failed')
    const { code, detail } = isRefused ? { code: error.code, detail: error.message } : { code: 'import_failed', detail: 'The import failed on our side; the server has logged why. What was written until then is whole; importing again goes on.' }
    await set({ state: 'failed', step: null, error: JSON.stringify({ code, detail }), finished_at: new Date().toISOString() })
    await forget(host, job)
  } finally {
    await archive?.close()
  }
}

async function forget(host: Host, job: Job): Promise<void> {
  await host.db.updateTable('imports').set({ archive: null }).where('id', '=', job.id).execute()
  await rm(pathOf(host, job.archive!), { force: true })
}

/** Begins at once, and lets the worker go: an import may take hours. */
const importUploads = defineJob<object>(beginJob.name, async (host) => void workOff(host))

/** Every minute: takes up what a stopped server left behind. */
export const resumeImports = defineJob<object>('resume-imports', async (host) => {
  if (await findWaiting(host)) void workOff(host)
  else await clearUploads(host)
})

export const jobs = [importUploads]
