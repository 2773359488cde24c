import { type ImportOptions, importArchive, surveyArchive } from '../../core/imports/commands.ts'
import type { Importer } from '../../core/imports/importers.ts'
import type { Host } from '../../kernel/context.ts'
import { lists, openArchive } from './archive.ts'
import { describe, type Report } from './report.ts'
import { survey } from './survey.ts'
import { writeAll } from './write-all.ts'

const known = new Set([...lists, 'users.json'])

/** Slack's exports, of a workspace or of a whole organisation. */
export const slack: Importer = {
  kind: 'slack', title: 'Slack export', hasOneSpace: false, describe,
  isKnownBy: (base) => known.has(base),
  async open(path, limits) {
    const archive = await openArchive(path, limits)
    return {
      fingerprint: archive.fingerprint,
      async survey(progress) {
        const found = await survey(archive, progress)
        return { report: found.report, write: (host, job, options) => writeAll({ host, archive, found, job, options }) }
      },
      close: archive.close,
    }
  },
}

/** Imports a Slack export. @throws Refusal as importArchive */
export const importSlack = (host: Host, path: string, options?: ImportOptions) => importArchive(host, slack, path, options)

/** Reads a Slack export and tells what would come. @throws Refusal with a code `archive_…` */
export const surveySlack = async (path: string, options?: ImportOptions) => (await surveyArchive(slack, path, options)) as Report
