import { createHash } from 'node:crypto'
import { invalid } from '../../kernel/errors.ts'
import type { FileFact, Limits, Source } from './source.ts'

/** The files of an archive that are read, by folder. */
export type Listing = { names: string[]; refs: number[] }
export type Listings = Map<string, Listing>
/** What an archive holds. `others` are the files that are not read, or only one by one, by their whole names. */
export type Contents = {
  listings: Listings
  others: Map<string, number>
  files: number
  bytes: number
  fingerprint: string
}

/** Whether a file, by its folder and its own name, is one that says what is imported. */
export type IsRead = (folder: string, base: string) => boolean

/**
 * Names every file of a source and unpacks none. Only what is read is held to the limits: files that were
 * attached may be as large as they like, they are opened one by one if at all.
 * @throws Refusal (422) with a code that begins with `archive_`
 */
export async function indexFiles(source: Source, limits: Limits, isRead: IsRead): Promise<Contents> {
  const contents: Contents = { listings: new Map(), others: new Map(), files: 0, bytes: 0, fingerprint: '' }
  const hash = createHash('sha256')
  const words = new Map<string, string>()
  const read = { size: 0, packed: 0 }
  for await (const given of source.list()) {
    const file = withSlashes(given)
    refuseUnsafe(file)
    contents.files += 1
    if (contents.files > limits.files)
      throw invalid(
        'archive_too_many_files',
        `The archive holds more than ${limits.files} files. Export a shorter period, or one channel at a time.`,
      )
    if (file.isFolder) continue
    contents.bytes += file.size
    hash.update(`${file.name}\0${file.size}\0${file.mark}\0`)
    const { folder, base } = partsOf(file.name)
    if (isJunk(folder, base)) continue
    if (!isRead(folder, base)) {
      contents.others.set(folder ? `${folder}/${base}` : base, file.ref)
      continue
    }
    read.size += file.size
    read.packed += file.packed
    refuseHuge(file, read, source, limits)
    add(contents.listings, folder, base, file.ref, words)
  }
  contents.fingerprint = hash.digest('hex')
  return contents
}

/** Zips that were packed on Windows may part names with backslashes. They are held to the same rules as slashes. */
function withSlashes(file: FileFact): FileFact {
  if (!file.name.includes('\\')) return file
  const name = file.name.replaceAll('\\', '/')
  return { ...file, name, isFolder: file.isFolder || name.endsWith('/') }
}

function refuseUnsafe({ name, isLink }: FileFact): void {
  const parts = name.split('/')
  if (
    name.startsWith('/') ||
    /^[a-z]:/i.test(name) ||
    name.includes('\0') ||
    parts.includes('..') ||
    parts.includes('.')
  )
    throw invalid(
      'archive_unsafe_path',
      `The archive names a file outside itself ("${name.slice(0, 200)}"). An honest export never does; `
        + 'do not trust this file.',
    )
  if (isLink)
    throw invalid(
      'archive_symlink',
      `"${name.slice(0, 200)}" is a link to another file. An honest export never holds one; `
        + 'do not trust this file.',
    )
}

type Read = { size: number; packed: number }

function refuseHuge(file: FileFact, read: Read, source: Source, limits: Limits): void {
  if (file.size > limits.fileBytes)
    throw invalid(
      'archive_file_too_large',
      `"${file.name}" would need ${megabytes(file.size)} unpacked; at most ${megabytes(limits.fileBytes)} are read.`,
    )
  if (read.size > limits.totalBytes)
    throw invalid(
      'archive_too_large',
      `The archive would need more than ${megabytes(limits.totalBytes)} unpacked. Export a shorter period.`,
    )
  if (read.packed > source.size || (file.size > 1e6 && file.size > file.packed * limits.ratio))
    throw invalid(
      'archive_bomb',
      `"${file.name}" unpacks to far more than an export's files do. Do not trust this file.`,
    )
}

const megabytes = (bytes: number) => `${Math.ceil(bytes / 1e6)} MB`

function partsOf(name: string) {
  const slash = name.lastIndexOf('/')
  return {
    folder: name.slice(0, Math.max(slash, 0)).normalize('NFC'),
    base: name.slice(slash + 1).normalize('NFC'),
  }
}

const isJunk = (folder: string, base: string) =>
  folder.split('/')[0] === '__MACOSX' || base === '.DS_Store' || base.startsWith('._') || base === 'Thumbs.db'

function add(listings: Listings, folder: string, base: string, ref: number, words: Map<string, string>): void {
  const word = words.get(base) ?? base
  if (word === base) words.set(base, base)
  const listing = listings.get(folder) ?? { names: [], refs: [] }
  listing.names.push(word)
  listing.refs.push(ref)
  listings.set(folder, listing)
}
