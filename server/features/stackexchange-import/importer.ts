import { defineImporter, type Importer } from '../../core/imports/importers.ts'
import { isOfDump, openDump } from './dump.ts'
import { describe } from './report.ts'
import { survey } from './survey.ts'
import { writeAll } from './write-all.ts'

/** The dumps that Stack Exchange publishes of each of its sites. */
export const stackExchange: Importer = {
  kind: 'stackexchange', title: 'Stack Exchange dump', hasOneSpace: true, describe, isKnownBy: isOfDump,
  async open(path, limits) {
    const dump = await openDump(path, limits)
    return {
      fingerprint: dump.fingerprint,
      async survey(progress) {
        const found = await survey(dump, progress)
        return { report: found.report, write: (host, job, options) => writeAll({ host, dump, found, job, options }) }
      },
      close: dump.close,
    }
  },
}

defineImporter(stackExchange)
