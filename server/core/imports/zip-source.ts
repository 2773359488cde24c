import { open, type FileHandle } from 'node:fs/promises'
import { type Readable, Transform } from 'node:stream'
import { crc32, inflateRawSync } from 'node:zlib'
import * as yauzl from 'yauzl'
import { invalid, Refusal } from '../../kernel/errors.ts'
import type { FileFact, Source } from './source.ts'

const symbolicLink = 0o120000
const fileType = 0o170000

/**
 * A zip file as a source of an archive's files. Nothing is unpacked: files are read one by one as streams.
 * @throws Refusal when it is not a zip, or holds what cannot be read
 */
export async function openZip(path: string): Promise<Source> {
  const zip = await openOrRefuse(path)
  const handle = await open(path)
  const entries = makeEntries()
  return {
    size: zip.fileSize,
    async *list() {
      try {
        for await (const entry of zip.eachEntry()) yield fact(entry, entries.add(entry))
      } catch (error) {
        throw error instanceof Refusal ? error : damaged('list of contents', error)
      }
    },
    sizeOf: (ref) => entries.get(ref).uncompressedSize,
    async read(ref, name) {
      const entry = entries.get(ref)
      const bytes = isSmall(entry) ? await readSmall(handle, entry, name) : null
      if (bytes) return once(sumChecked(bytes, entry.crc32, name))
      const stream = await zip.openReadStreamPromise(entry).catch((error) => {
        throw damaged(name, error)
      })
      return checked(stream, entry.crc32, name)
    },
    async close() {
      zip.close()
      await handle.close()
    },
  }
}

const openOrRefuse = (path: string): Promise<yauzl.ZipFile> =>
  yauzl.openPromise(path, { autoClose: false, decodeStrings: false, validateEntrySizes: true }).catch((error) => {
    const detail = `This is not a whole zip file (${plain(error)}). Download the export again.`
    throw invalid('archive_not_zip', detail)
  })

/** Of each entry only five numbers are kept, because an archive may hold a million of them. */
function makeEntries() {
  const [places, sizes, packed, sums, methods]: number[][] = [[], [], [], [], []]
  return {
    /** @returns the number under which `get` finds it again */
    add(entry: yauzl.Entry): number {
      sizes.push(entry.uncompressedSize)
      packed.push(entry.compressedSize)
      sums.push(entry.crc32)
      methods.push(entry.compressionMethod)
      return places.push(entry.relativeOffsetOfLocalHeader) - 1
    },
    get: (ref: number): yauzl.Entry =>
      Object.assign(Object.create(yauzl.Entry.prototype), {
        generalPurposeBitFlag: 0,
        compressionMethod: methods[ref],
        compressedSize: packed[ref],
        uncompressedSize: sizes[ref],
        relativeOffsetOfLocalHeader: places[ref],
        crc32: sums[ref],
      }),
  }
}

const isSmall = (entry: yauzl.Entry) => entry.compressedSize <= 256 * 1024 && entry.uncompressedSize <= 4 * 1024 * 1024

/**
 * Exports hold thousands of days of a few kilobytes; a stream for each would cost more than its contents. Reads such a
 * file at once; null where its header is unusual.
 */
async function readSmall(handle: FileHandle, entry: yauzl.Entry, name: string): Promise<Buffer | null> {
  const { compressedSize: packed, uncompressedSize: size, relativeOffsetOfLocalHeader: place } = entry
  const buffer = Buffer.allocUnsafe(30 + 2048 + packed)
  const { bytesRead } = await handle.read(buffer, 0, buffer.length, place)
  const start = bytesRead >= 30 ? 30 + buffer.readUInt16LE(26) + buffer.readUInt16LE(28) : Infinity
  if (start + packed > bytesRead || buffer.readUInt32LE(0) !== 0x04034b50) return null
  try {
    const held = buffer.subarray(start, start + packed)
    const bytes = entry.isCompressed() ? inflateRawSync(held, { maxOutputLength: Math.max(size, 1) }) : held
    if (bytes.length !== size) throw new Error('it has another size than the archive says')
    return bytes
  } catch (error) {
    throw damaged(name, error)
  }
}

function sumChecked(bytes: Buffer, expected: number, name: string): Buffer {
  if (crc32(bytes) >>> 0 !== expected >>> 0) throw damaged(name, new Error('its checksum is wrong'))
  return bytes
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}

function fact(entry: yauzl.Entry, ref: number): FileFact {
  const name = nameOf(entry)
  if (entry.isEncrypted())
    throw invalid(
      'archive_encrypted',
      `"${name}" is locked with a password. Unpack the archive and pass the folder, or make a zip without a password.`,
    )
  if (!entry.canDecodeFileData())
    throw invalid(
      'archive_compression',
      `"${name}" is packed in a way that is not understood. Unpack the archive and pass the folder.`,
    )
  const mode = entry.externalFileAttributes >>> 16
  return {
    name,
    ref,
    size: entry.uncompressedSize,
    packed: entry.compressedSize,
    mark: entry.crc32,
    isFolder: name.endsWith('/'),
    isLink: (mode & fileType) === symbolicLink,
  }
}

/** Some programs write UTF-8 names without saying so. Otherwise the zip standard's own rule holds. */
function nameOf(entry: yauzl.Entry): string {
  const raw = Buffer.from(entry.fileNameRaw)
  const utf8 = raw.toString('utf8')
  if (!utf8.includes('\ufffd')) return utf8
  return yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, raw, entry.extraFields, true)
}

function checked(stream: Readable, expected: number, name: string): Readable {
  let sum = 0
  const check = new Transform({
    transform(chunk: Buffer, _, done) {
      sum = crc32(chunk, sum)
      done(null, chunk)
    },
    flush(done) {
      done(sum >>> 0 === expected >>> 0 ? null : damaged(name, new Error('its checksum is wrong')))
    },
  })
  stream.once('error', (error) => check.destroy(damaged(name, error)))
  // Whoever stops in the middle lets go of the file too.
  check.once('close', () => stream.destroy())
  return stream.pipe(check)
}

const plain = (error: unknown) => (error as Error).message.replace(/\.?\s*$/, '').slice(0, 200)

const damaged = (name: string, error: unknown) =>
  invalid(
    'archive_damaged',
    `"${name}" in the archive is damaged (${plain(error)}). Download the export again.`,
    { file: name },
  )
