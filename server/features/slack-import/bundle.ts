import type { Archive } from './archive.ts'
import type { Tally } from './report.ts'

// Exporters that fetch the files lay them down as `__uploads/<id>/<name>` or `<channel>/attachments/<id>-<name>`.
const layouts = [/(?:^|\/)__uploads\/(F[A-Z0-9]{1,40})\/[^/]+$/, /(?:^|\/)attachments\/(F[A-Z0-9]{1,40})-[^/]+$/]

/** The files whose contents an archive holds: where they lie in it, by Slack's id. */
export type Bundle = Map<string, string>

export function bundleOf(archive: Archive): Bundle {
  const bundle: Bundle = new Map()
  for (const name of namesOf(archive)) {
    const id = idOf(name)
    if (id && !bundle.has(id)) bundle.set(id, name)
  }
  return bundle
}

function* namesOf(archive: Archive): Generator<string> {
  yield* archive.others
  // An attached file may be JSON itself.
  for (const folder of archive.folders.filter(isBundleFolder))
    for (const name of archive.names(folder)) yield `${folder}/${name}`
}

const idOf = (name: string) => layouts.map((layout) => layout.exec(name)?.[1]).find(Boolean)

export const isBundled = (name: string) => idOf(name) !== undefined
export const isBundleFolder = (folder: string) => /(?:^|\/)(?:__uploads\/F[A-Z0-9]{1,40}|attachments)$/.test(folder)

/** Counts what lies in the archive and belongs to no message of it. */
export function noteStray(bundle: Bundle, tally: Tally): void {
  for (const id of bundle.keys()) if (!tally.attached.has(id)) tally.lose('other_files', '')
}
