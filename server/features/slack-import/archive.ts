import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { invalid } from '../../kernel/errors.ts'
import { openFolder } from './folder-source.ts'
import { BrokenJson, jsonRows, type Row } from './json-rows.ts'
import { openZip } from './zip-source.ts'

export type FileFact = {
  name: string
  ref: number
  size: number
  packed: number
  isFolder: boolean
  isLink: boolean
  /** changes when the contents do: a checksum, or a time of change */
  mark: number
}

/** Where an archive's files come from: a zip file or a folder. */
export type Source = {
  size: number
  list: () => AsyncIterable<FileFact>
  read: (ref: number, name: string) => Promise<AsyncIterable<Buffer>>
  close: () => Promise<void>
}

/** A Slack export that has been looked over: its files are named, none is unpacked. */
export type Archive = {
  /** the same for the same export, whatever it is called; tells an interrupted import from a new one */
  fingerprint: string
  files: number
  bytes: number
  /** files that are not part of what we read, by name (at most 1000 of them) */
  others: string[]
  folders: string[]
  /** the names of the JSON files at the top */
  top: string[]
  /** the days of a channel's folder, in order: '2025-03-29' */
  days: (folder: string) => string[]
  has: (name: string) => boolean
  /** the rows of a file at the top ('users.json') or of one day ('general/2025-03-29.json') */
  rows: (name: string) => AsyncGenerator<Row>
  close: () => Promise<void>
}

export type Limits = { totalBytes: number; fileBytes: number; rowBytes: number; files: number; ratio: number }

export const usualLimits: Limits = {
  totalBytes: 20e9,
  fileBytes: 200e6,
  rowBytes: 16e6,
  files: 2_000_000,
  // Exports shrink to about a tenth; a hundredth happens with bots that repeat themselves; a thousandth is a bomb.
  ratio: 250,
}

/**
 * Opens a Slack export: a zip file as Slack delivers it, or the folder it was unpacked to.
 * @throws Refusal (422) with a code that begins with `archive_` and a text that says what to do
 */
export async function openArchive(path: string, limits: Limits = usualLimits): Promise<Archive> {
  const facts = await stat(path).catch(() => {
    throw invalid('archive_missing', 'There is no file or folder of this name.')
  })
  const source = await (facts.isDirectory() ? openFolder(path) : openZip(path))
  try {
    return arrange(source, await indexFiles(source, limits), limits)
  } catch (error) {
    await source.close()
    throw error
  }
}

type Listing = Map<string, { names: string[]; refs: number[] }>
type Index = { folders: Listing; others: string[]; files: number; bytes: number; fingerprint: string }

async function indexFiles(source: Source, limits: Limits): Promise<Index> {
  const index: Index = { folders: new Map(), others: [], files: 0, bytes: 0, fingerprint: '' }
  const hash = createHash('sha256')
  const words = new Map<string, string>()
  let packed = 0
  for await (const file of source.list()) {
    refuseUnsafe(file)
    index.files += 1
    if (index.files > limits.files)
      throw invalid(
        'archive_too_many_files',
        `The archive holds more than ${limits.files} files. Export a shorter period, or one channel at a time.`,
      )
    if (file.isFolder) continue
    index.bytes += file.size
    packed += file.packed
    refuseHuge(file, index.bytes, packed, source, limits)
    hash.update(`${file.name}\0${file.size}\0${file.mark}\0`)
    add(index, file, words)
  }
  index.fingerprint = hash.digest('hex')
  return index
}

function refuseUnsafe({ name, isLink }: FileFact): void {
  const parts = name.split('/')
  if (
    name.startsWith('/') ||
    /^[a-z]:/i.test(name) ||
    name.includes('\\') ||
    name.includes('\0') ||
    parts.includes('..') ||
    parts.includes('.')
  )
    throw invalid(
      'archive_unsafe_path',
      `The archive names a file outside itself ("${name.slice(0, 200)}"). An export from Slack never does; `
        + 'do not trust this file.',
    )
  if (isLink)
    throw invalid(
      'archive_symlink',
      `"${name.slice(0, 200)}" is a link to another file. An export from Slack never holds one; `
        + 'do not trust this file.',
    )
}

function refuseHuge(file: FileFact, total: number, packed: number, source: Source, limits: Limits): void {
  if (file.size > limits.fileBytes)
    throw invalid(
      'archive_file_too_large',
      `"${file.name}" would need ${megabytes(file.size)} unpacked; at most ${megabytes(limits.fileBytes)} are read.`,
    )
  if (total > limits.totalBytes)
    throw invalid(
      'archive_too_large',
      `The archive would need more than ${megabytes(limits.totalBytes)} unpacked. Export a shorter period.`,
    )
  if (packed > source.size || (file.size > 1e6 && file.size > file.packed * limits.ratio))
    throw invalid(
      'archive_bomb',
      `"${file.name}" unpacks to far more than an export's files do. Do not trust this file.`,
    )
}

const megabytes = (bytes: number) => `${Math.ceil(bytes / 1e6)} MB`

function add(index: Index, file: FileFact, words: Map<string, string>): void {
  const slash = file.name.lastIndexOf('/')
  const folder = file.name.slice(0, Math.max(slash, 0)).normalize('NFC')
  const base = file.name.slice(slash + 1)
  if (isJunk(folder, base)) return
  if (!base.endsWith('.json')) {
    if (index.others.length < 1000) index.others.push(file.name)
    return
  }
  const word = words.get(base) ?? base
  if (word === base) words.set(base, base)
  const listing = index.folders.get(folder) ?? { names: [], refs: [] }
  listing.names.push(word)
  listing.refs.push(file.ref)
  index.folders.set(folder, listing)
}

const isJunk = (folder: string, base: string) =>
  folder.split('/')[0] === '__MACOSX' || base === '.DS_Store' || base.startsWith('._') || base === 'Thumbs.db'

function arrange(source: Source, index: Index, limits: Limits): Archive {
  const top = findTop(index.folders)
  const prefix = top ? `${top}/` : ''
  const folders = new Map<string, Map<string, number>>()
  for (const [folder, { names, refs }] of index.folders) {
    if (folder !== top && !folder.startsWith(prefix)) continue
    const inside = folder === top ? '' : folder.slice(prefix.length)
    const order = names.map((_, i) => i).sort((a, b) => (names[a] < names[b] ? -1 : 1))
    const files = new Map(order.map((i) => [names[i], refs[i]]))
    if (files.size < names.length)
      throw invalid(
        'archive_damaged',
        `The archive holds two files of one name in "${folder}". Download the export from Slack again.`,
      )
    folders.set(inside, files)
  }
  refuseOtherLayouts(folders)
  const place = (name: string) => {
    const slash = name.lastIndexOf('/')
    return folders.get(name.slice(0, Math.max(slash, 0)))?.get(name.slice(slash + 1))
  }
  return {
    fingerprint: index.fingerprint,
    files: index.files,
    bytes: index.bytes,
    others: index.others,
    folders: [...folders.keys()].filter((name) => name !== ''),
    top: [...(folders.get('')?.keys() ?? [])],
    days: (folder) =>
      [...(folders.get(folder.normalize('NFC'))?.keys() ?? [])].filter(isDay).map((name) => name.slice(0, 10)),
    has: (name) => place(name.normalize('NFC')) !== undefined,
    rows: (name) => readRows(source, place(name.normalize('NFC')), name, limits),
    close: () => source.close(),
  }
}

const isDay = (name: string) => /^\d{4}-\d\d-\d\d\.json$/.test(name)

/** People sometimes pack the unpacked folder again, so that everything lies one folder deeper. */
function findTop(folders: Listing): string {
  const holds = (folder: string) => folders.get(folder)?.names.includes('channels.json')
  if (holds('')) return ''
  const deeper = [...folders.keys()].filter((folder) => !folder.includes('/') && holds(folder))
  if (deeper.length === 1) return deeper[0]
  if (folders.get('')?.names.includes('org_users.json')) return ''
  throw invalid(
    'archive_no_channels',
    'channels.json is missing, so this is not a Slack workspace export. '
      + 'Choose the zip file that Slack offers under "Export data".',
  )
}

function refuseOtherLayouts(folders: Map<string, Map<string, number>>): void {
  if (
    folders.get('')?.has('org_users.json') ||
    [...folders.keys()].some((name) => /^teams\/[^/]+$/.test(name) && folders.get(name)?.has('channels.json'))
  )
    throw invalid(
      'archive_enterprise_grid',
      'This is an export of a whole Enterprise Grid organisation. '
        + 'Export its workspaces one by one and import each of them.',
    )
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
