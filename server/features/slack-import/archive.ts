import { Readable } from 'node:stream'
import { invalid, notFound } from '../../kernel/errors.ts'
import { type Contents, indexFiles, type IsRead, type Listing, type Listings } from '../../core/imports/archive-contents.ts'
import { BrokenJson, jsonRows, type Row } from './json-rows.ts'
import { openSource } from '../../core/imports/open-source.ts'
import { type Limits, type Source, usualLimits } from '../../core/imports/source.ts'

/** A Slack export that has been looked over: its files are named, none is unpacked. */
export type Archive = {
  /** the same for the same export, whatever it is called; tells an interrupted import from a new one */
  fingerprint: string
  files: number
  bytes: number
  /** the names of files that are attached or strange to us: never read as JSON, and only opened one by one */
  others: Iterable<string>
  folders: string[]
  /** the names of the JSON files of a folder, '' for the top */
  names: (folder: string) => string[]
  /** the days of a channel's folder, in order: '2025-03-29' */
  days: (folder: string) => string[]
  has: (name: string) => boolean
  /** the rows of a file at the top ('users.json') or of one day ('general/2025-03-29.json') */
  rows: (name: string) => AsyncGenerator<Row>
  /** the size of any file, null when the archive does not hold it */
  size: (name: string) => number | null
  /** the bytes of any file, never more than its size; nothing is read before somebody reads the stream */
  open: (name: string) => Promise<Readable>
  close: () => Promise<void>
}

/**
 * Opens a Slack export: a zip file as Slack delivers it, or the folder it was unpacked to.
 * @throws Refusal (422) with a code that begins with `archive_` and a text that says what to do
 */
export async function openArchive(path: string, limits: Limits = usualLimits): Promise<Archive> {
  const source = await openSource(path)
  try {
    return arrange(source, await indexFiles(source, limits, isRead), limits)
  } catch (error) {
    await source.close()
    throw error
  }
}

function arrange(source: Source, index: Contents, limits: Limits): Archive {
  const top = findTop(index.listings)
  const prefix = top ? `${top}/` : ''
  const folders = new Map<string, Map<string, number>>()
  for (const [folder, listing] of index.listings) {
    if (folder !== top && !folder.startsWith(prefix)) continue
    folders.set(folder === top ? '' : folder.slice(prefix.length), sorted(folder, listing))
  }
  const place = (given: string) => {
    const name = given.normalize('NFC')
    const slash = name.lastIndexOf('/')
    return folders.get(name.slice(0, Math.max(slash, 0)))?.get(name.slice(slash + 1)) ?? index.others.get(prefix + name)
  }
  return {
    fingerprint: index.fingerprint,
    files: index.files,
    bytes: index.bytes,
    others: { [Symbol.iterator]: () => withoutPrefix(index.others.keys(), prefix) },
    folders: [...folders.keys()].filter((name) => name !== ''),
    names: (folder) => [...(folders.get(folder.normalize('NFC'))?.keys() ?? [])],
    days: (folder) =>
      [...(folders.get(folder.normalize('NFC'))?.keys() ?? [])].filter(isDay).map((name) => name.slice(0, 10)),
    has: (name) => place(name) !== undefined,
    rows: (name) => readRows(source, place(name), name, limits),
    size: (name) => sizeOf(source, place(name)),
    open: (name) => openFile(source, place(name), name),
    close: () => source.close(),
  }
}

function sorted(folder: string, { names, refs }: Listing): Map<string, number> {
  const order = names.map((_, i) => i).sort((a, b) => (names[a] < names[b] ? -1 : 1))
  const files = new Map(order.map((i) => [names[i], refs[i]]))
  if (files.size === names.length) return files
  throw invalid(
    'archive_damaged',
    `The archive holds two files of one name in "${folder}". Download the export from Slack again.`,
  )
}

/** Whether a file's own name is that of a day: '2025-03-29.json'. */
const isDay = (base: string) => /^\d{4}-\d\d-\d\d\.json$/.test(base)

/** Programs that keep attached files put them in folders of these names; a channel may be called "attachments" too. */
const isRead: IsRead = (folder, base) =>
  base.endsWith('.json') && !/(^|\/)__uploads(\/|$)/.test(folder) && (!/\/attachments$/.test(folder) || isDay(base))

/** The files that say which channels there are; `org_users.json` is that of a whole organisation. */
export const lists = ['channels.json', 'groups.json', 'mpims.json', 'dms.json', 'file_conversations.json', 'org_users.json']

/** People sometimes pack the unpacked folder again, so that everything lies some folders deeper. */
function findTop(folders: Listings): string {
  const depth = (folder: string) => (folder === '' ? 0 : folder.split('/').length)
  const holding = [...folders.keys()].filter((folder) => lists.some((list) => folders.get(folder)!.names.includes(list)))
  const least = Math.min(...holding.map(depth))
  const tops = [...new Set(holding.filter((folder) => depth(folder) === least).map(aboveTeams))]
  if (tops.length === 1) return tops[0]
  if (tops.length > 1)
    throw invalid(
      'archive_several_exports',
      `The archive holds several exports (${tops.slice(0, 5).join(', ')}). Pack each by itself and import one after the other.`,
    )
  throw invalid(
    'archive_no_channels',
    'No list of channels is in it (channels.json, groups.json, mpims.json or dms.json), so this is not a Slack export. '
      + 'Choose the zip file that Slack offers under "Export data".',
  )
}

/** An organisation's export holds its workspaces in a folder `teams`. */
const aboveTeams = (folder: string) => folder.replace(/(^|\/)teams\/[^/]+$/, '')

const sizeOf = (source: Source, ref: number | undefined) => (ref === undefined ? null : source.sizeOf(ref))

/** @throws Refusal 404 `not_found` when the archive holds no such file */
async function openFile(source: Source, ref: number | undefined, name: string): Promise<Readable> {
  if (ref === undefined) throw notFound()
  const bytes = await source.read(ref, name)
  return bytes instanceof Readable ? bytes : Readable.from(bytes)
}

function* withoutPrefix(names: Iterable<string>, prefix: string): Generator<string> {
  for (const name of names) yield name.startsWith(prefix) ? name.slice(prefix.length) : name
}

async function* readRows(source: Source, ref: number | undefined, name: string, limits: Limits): AsyncGenerator<Row> {
  if (ref === undefined) return
  try {
    yield* jsonRows(await source.read(ref, name), limits.rowBytes)
  } catch (error) {
    if (!(error instanceof BrokenJson)) throw error
    throw invalid(
      'archive_broken_json',
      `"${name}" is not valid: ${error.message}. Nothing was imported. Download the export again, or repair this file.`,
      { file: name },
    )
  }
}
