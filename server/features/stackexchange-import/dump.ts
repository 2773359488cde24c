import { type Contents, indexFiles, type IsRead } from '../../core/imports/archive-contents.ts'
import { openSource } from '../../core/imports/open-source.ts'
import type { Limits, Source } from '../../core/imports/source.ts'
import { invalid } from '../../kernel/errors.ts'
import { BrokenXml, type XmlRow, xmlRows } from './xml-rows.ts'

/** The files of a dump. Only that of the posts has to be there. */
export const FILES = ['Posts', 'Users', 'Comments', 'Votes', 'Tags', 'PostLinks', 'PostHistory', 'Badges'] as const
export type DumpFile = (typeof FILES)[number]

/** A dump that has been looked over: its files are named, none is unpacked. */
export type Dump = {
  fingerprint: string
  files: number
  bytes: number
  /** the names of files that are none of a dump */
  others: string[]
  has: (file: DumpFile) => boolean
  /** the rows of a file; none where it is not there */
  rows: (file: DumpFile) => AsyncGenerator<XmlRow>
  close: () => Promise<void>
}

// The posts of a large site are hundreds of gigabytes, of which a row is held at a time.
const dumpLimits: Limits = { totalBytes: 2e12, fileBytes: 1e12, rowBytes: 16e6, files: 10_000, ratio: 250 }

const byName = new Map(FILES.map((file) => [`${file.toLowerCase()}.xml`, file]))
/** Whether a file of this name is one of a dump. */
export const isOfDump = (base: string): boolean => byName.has(base.toLowerCase())
const isRead: IsRead = (_, base) => isOfDump(base)

/**
 * Opens the dump of a Stack Exchange site: a zip file with its XML files, or the folder that they lie in.
 * @throws Refusal (422) with a code that begins with `archive_` and a text that says what to do
 */
export async function openDump(path: string, limits: Limits = dumpLimits): Promise<Dump> {
  const source = await openSource(path)
  try {
    return arrange(source, await indexFiles(source, limits, isRead), limits)
  } catch (error) {
    await source.close()
    throw error
  }
}

function arrange(source: Source, { listings, others, fingerprint, files, bytes }: Contents, limits: Limits): Dump {
  const folder = findFolder(listings)
  const { names, refs } = listings.get(folder)!
  const found = new Map(names.map((name, i) => [byName.get(name.toLowerCase())!, { name, ref: refs[i] }]))
  return {
    fingerprint, files, bytes, others: [...others.keys()],
    has: (file) => found.has(file),
    rows: (file) => readRows(source, found.get(file), limits),
    close: () => source.close(),
  }
}

function findFolder(listings: Contents['listings']): string {
  const folders = [...listings].filter(([, { names }]) => names.some((name) => byName.get(name.toLowerCase()) === 'Posts')).map(([folder]) => folder)
  if (folders.length === 1) return folders[0]
  if (folders.length > 1)
    throw invalid('archive_several_exports', `The archive holds several sites (${folders.slice(0, 5).join(', ')}). Pack each by itself and import one after the other.`)
  throw invalid('archive_no_posts', 'There is no Posts.xml in it, so this is not the dump of a Stack Exchange site, or not all of it. Make a zip of all files of the dump.')
}

async function* readRows(source: Source, file: { name: string; ref: number } | undefined, limits: Limits): AsyncGenerator<XmlRow> {
  if (!file) return
  try {
    yield* xmlRows(await source.read(file.ref, file.name), limits.rowBytes)
  } catch (error) {
    if (!(error instanceof BrokenXml)) throw error
    throw invalid('archive_broken_xml', `"${file.name}" is not valid: ${error.message}. Nothing was imported. Download the dump again, or repair this file.`, { file: file.name })
  }
}
