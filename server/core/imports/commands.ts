import type { Host } from '../../kernel/context.ts'
import { notFound, Refusal } from '../../kernel/errors.ts'
import { isUuid } from '../../kernel/ids.ts'
import { withImportLock } from './import-lock.ts'
import type { Importer, RunOptions } from './importers.ts'
import { findImport, findInterrupted } from './queries.ts'
import { recordImport, recordProgress } from './records.ts'
import type { ImportView } from './schema.ts'
import type { Limits } from './source.ts'
import type { Report } from './tally.ts'

export type ImportOptions = RunOptions & {
  /** the e-mail addresses of people who are here already are known to be theirs */
  confirmAddresses?: boolean
  /** for what comes into one space: its name, or one that is here already */
  name?: string
  space?: string
  limits?: Limits
}

/**
 * Imports an archive: a zip file or the folder it was unpacked to. What is here already stays as it is, so that
 * running it again changes nothing, a longer archive adds what is new, and an interrupted import is simply run again.
 * The archive is read to its end first: a broken one changes nothing.
 * @throws Refusal with a code `archive_…`, 409 `import_running`, or what its kind refuses
 */
export async function importArchive(host: Host, { kind, open }: Importer, path: string, options: ImportOptions = {}): Promise<ImportView> {
  if (options.space && !isUuid(options.space)) throw notFound()
  const archive = await open(path, options.limits)
  try {
    return await withImportLock(host, async () => {
      const found = await archive.survey(options.progress)
      const { confirmAddresses: confirmed = false, name = null, space: space_id = null } = options
      const { fingerprint } = archive
      const interrupted = await findInterrupted(host, fingerprint, confirmed)
      const job = interrupted ?? (await recordImport(host, { kind, dry_run: false, confirmed, fingerprint, name, space_id }))
      try {
        await found.write(host, job, options)
      } catch (error) {
        // What is refused does not go on when it is run again, as what was interrupted does.
        if (error instanceof Refusal) await recordProgress(host, job.id, { state: 'failed', step: null, error: { code: error.code, detail: error.message } })
        throw error
      }
      return findImport(host, job.id)
    })
  } finally {
    await archive.close()
  }
}

/** Reads an archive and tells what would come; no database is needed. @throws Refusal with a code `archive_…` */
export async function surveyArchive({ open }: Importer, path: string, { limits, progress }: ImportOptions = {}): Promise<Report> {
  const archive = await open(path, limits)
  try {
    return (await archive.survey(progress)).report
  } finally {
    await archive.close()
  }
}
