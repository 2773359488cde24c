import type { Host } from '../../kernel/context.ts'
import { declare } from '../../kernel/declared.ts'
import { invalid } from '../../kernel/errors.ts'
import { openSource } from './open-source.ts'
import type { Job } from './queries.ts'
import type { ImportKind } from './schema.ts'
import type { Limits } from './source.ts'
import type { Report } from './tally.ts'

/** Called now and then with the number of entries that were read or written. */
export type Progress = (entries: number) => void

/** `isStopped`: asked between batches; an import that is told to stop goes on when it is run again. */
export type RunOptions = { progress?: Progress; isStopped?: () => boolean }

/** An archive that was read to its end: what would come, and the way to write it. */
export type Surveyed = {
  report: Report
  /** Writes it, batch by batch; each is done for good or not at all, and notes where the import goes on. */
  write: (host: Host, job: Job, options: RunOptions) => Promise<void>
}

/** An archive that was opened, and not read yet. */
export type OpenArchive = {
  /** the same for the same contents, whatever the file is called; tells an interrupted import from a new one */
  fingerprint: string
  /** @throws Refusal with a code `archive_…` where something is broken: nothing was written then */
  survey: (progress?: Progress) => Promise<Surveyed>
  close: () => Promise<void>
}

/** How the archives of one system are read; each feature that imports declares one. */
export type Importer = {
  kind: ImportKind
  /** what one is called on the command line and in messages: "Slack export" */
  title: string
  /** whether an archive that holds a file of this name is one */
  isKnownBy: (base: string) => boolean
  open: (path: string, limits?: Limits) => Promise<OpenArchive>
  /** what the command line says of a report */
  describe: (report: Report) => string
  /** it brings everything into one space, which may be named or chosen */
  hasOneSpace: boolean
}

const importers = new Map<string, Importer>()
export const defineImporter = (importer: Importer): void => void declare(importers, 'kinds of imports', importer.kind, importer)
export const findImporter = (kind: ImportKind): Importer => importers.get(kind)!
export const listImporters = (): Importer[] => [...importers.values()]

/**
 * Finds out what an archive is by the names of its files; those nearest to the top say it.
 * @throws Refusal (422) `archive_unknown`, and what opening it throws
 */
export async function recognise(path: string): Promise<Importer> {
  const source = await openSource(path)
  try {
    let found: { importer: Importer; depth: number } | undefined
    for await (const { name } of source.list()) {
      const parts = name.split(/[/\\]/)
      if (found && found.depth <= parts.length) continue
      const importer = listImporters().find((one) => one.isKnownBy(parts.at(-1)!))
      if (importer && parts[0] !== '__MACOSX') found = { importer, depth: parts.length }
    }
    if (found) return found.importer
  } finally {
    await source.close()
  }
  throw invalid('archive_unknown', `The archive holds nothing that is known here. It can be one of these: ${listImporters().map(({ title }) => title).join(', ')}.`)
}

/** Thrown when an import was asked to stop; it goes on when it is run again. */
export class Stopped extends Error {
  constructor() {
    super('The import was stopped; run it again to go on.')
  }
}
