import type { Host } from '../../kernel/context.ts'
import { openArchive } from './archive.ts'
import { withImportLock } from './import-lock.ts'
import { findImport, findInterrupted } from './queries.ts'
import { recordImport } from './records.ts'
import type { Report } from './report.ts'
import type { ImportView } from './schema.ts'
import type { Limits } from './source.ts'
import { type Progress, survey } from './survey.ts'
import { writeAll } from './write-all.ts'

export type ImportOptions = {
  /** the e-mail addresses of people who are here already are known to be theirs */
  confirmAddresses?: boolean
  limits?: Limits
  progress?: Progress
  /** asked between batches; an import that is told to stop goes on when it is run again */
  isStopped?: () => boolean
}

/**
 * Imports a Slack export: a zip file or the folder it was unpacked to. What is here already stays as it is, so that
 * running it again changes nothing, a longer export adds what is new, and an interrupted import is simply run again.
 * The archive is read to its end first: a broken one changes nothing.
 * @throws Refusal with a code `archive_…`, or 409 `import_running`
 */
export async function importSlack(host: Host, path: string, options: ImportOptions = {}): Promise<ImportView> {
  const archive = await openArchive(path, options.limits)
  try {
    return await withImportLock(host, async () => {
      const found = await survey(archive, options.progress)
      const confirmed = options.confirmAddresses ?? false
      const { fingerprint } = archive
      const interrupted = await findInterrupted(host, fingerprint, confirmed)
      const job = interrupted ?? (await recordImport(host, { dry_run: false, confirmed, fingerprint }))
      await writeAll({ host, archive, found, job, options })
      return findImport(host, job.id)
    })
  } finally {
    await archive.close()
  }
}

/** Reads an archive and tells what would come; no database is needed. @throws Refusal with a code `archive_…` */
export async function surveySlack(path: string, { limits, progress }: ImportOptions = {}): Promise<Report> {
  const archive = await openArchive(path, limits)
  try {
    return (await survey(archive, progress)).report
  } finally {
    await archive.close()
  }
}
