import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Config } from '../../kernel/config.ts'
import { bucketOf } from '../../kernel/s3.ts'

/** Bytes by the name of their SHA-256: equal contents are kept once, and what was kept can be checked. */
export type Content = { sha256: Buffer; size: number }
/** Content that is on the disk but has no place yet. */
export type Arrived = Content & { path: string }

/**
 * Where contents are kept: below the data folder, or in a bucket. Then what lies in the folder are copies, in the same
 * places, which may go at any time.
 */
export type Where = Pick<Config, 'data' | 's3Url'>

const root = (data: string) => join(data, 'files')
const incoming = (data: string) => join(root(data), 'incoming')
const nameOf = (sha256: Buffer) => sha256.toString('hex').replace(/^../, '$&/')
const keyOf = (sha256: Buffer) => `files/${nameOf(sha256)}`

export const pathOf = (data: string, sha256: Buffer): string => join(root(data), nameOf(sha256))

/** Writes a stream or bytes to the disk, flushed; `place` makes it part of the store, `discard` takes it away. */
export async function receive(data: string, source: Readable | Buffer): Promise<Arrived> {
  await mkdir(incoming(data), { recursive: true, mode: 0o700 })
  const path = join(incoming(data), randomUUID())
  const hash = createHash('sha256')
  let size = 0
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      size += chunk.length
      done(null, chunk)
    },
  })
  try {
    const stream = source instanceof Readable ? source : Readable.from([source])
    await pipeline(stream, count, createWriteStream(path, { mode: 0o600, flush: true }))
  } catch (error) {
    await discard({ path })
    throw error
  }
  return { path, size, sha256: hash.digest() }
}

export const discard = ({ path }: Pick<Arrived, 'path'>) => rm(path, { force: true })

/** Sends content ahead of the transaction that places it, which is then short, however slow the way to a bucket is. */
export async function sendAhead(where: Where, { sha256, size, path }: Arrived): Promise<void> {
  const bucket = bucketOf(where)
  if (bucket && (await bucket.sizeOf(keyOf(sha256))) !== size) await bucket.put(keyOf(sha256), path, size, sha256)
}

/** Puts content into its place, durably. The caller holds the store's lock until its row is committed. */
export async function place(where: Where, arrived: Arrived): Promise<void> {
  // Cleaning may have taken away what was sent ahead, before the lock was held.
  await sendAhead(where, arrived)
  await moveIn(where.data, arrived)
}

async function moveIn(data: string, arrived: Arrived): Promise<void> {
  const path = pathOf(data, arrived.sha256)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await rename(arrived.path, path)
  const directory = await open(dirname(path))
  await directory.sync().finally(() => directory.close())
}

export type Fault = 'missing' | 'damaged' | 'unreadable'

/** Gets a copy of content that is kept in a bucket, in the place where it would lie without one; says what is wrong with it. */
export async function bring(where: Where, { sha256, size }: Content): Promise<Fault | null> {
  const source = await bucketOf(where)?.get(keyOf(sha256))
  if (!source) return 'missing'
  const arrived = await receive(where.data, source)
  if (arrived.size === size && arrived.sha256.equals(sha256)) return moveIn(where.data, arrived).then(() => null)
  await discard(arrived)
  return 'damaged'
}

/** The bytes of content from where it is kept, not from a copy. @throws with the code ENOENT when it is not there */
export async function readKept(where: Where, sha256: Buffer): Promise<Readable> {
  const bucket = bucketOf(where)
  if (!bucket) return createReadStream(pathOf(where.data, sha256))
  return (await bucket.get(keyOf(sha256))) ?? Promise.reject(Object.assign(new Error(`${keyOf(sha256)} is not in the bucket.`), { code: 'ENOENT' }))
}

/** Reads content to its end; null when it is what its name and size say. */
export async function inspectContent(where: Where, { sha256, size }: Content): Promise<Fault | null> {
  const hash = createHash('sha256')
  let found = 0
  try {
    for await (const chunk of (await readKept(where, sha256)) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      found += chunk.length
    }
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'unreadable'
  }
  return found === size && hash.digest().equals(sha256) ? null : 'damaged'
}

/** The store, part by part: the SHA-256 of everything in it. */
export async function* listContents(where: Where): AsyncGenerator<Buffer[]> {
  const bucket = bucketOf(where)
  const hashes = (names: string[]) => names.map((name) => Buffer.from(name, 'hex')).filter((hash) => hash.length === 32)
  if (bucket) for await (const page of bucket.list('files/')) yield hashes(page.map(({ key }) => key.slice('files/'.length).replace('/', '')))
  else for (const folder of await foldersOf(where.data)) yield hashes((await readdir(join(root(where.data), folder))).map((name) => folder + name))
}

const foldersOf = async (data: string) => (await readdir(root(data)).catch(() => [])).filter((name) => /^[0-9a-f]{2}$/.test(name))

export async function removeContent(where: Where, sha256: Buffer): Promise<void> {
  await bucketOf(where)?.remove(keyOf(sha256))
  await rm(pathOf(where.data, sha256), { force: true })
}

/** Takes away what uploads that broke off have left behind. */
export const clearIncoming = (data: string, olderThan: number) => clearFolder(incoming(data), olderThan)

/** Takes away copies of what is kept in a bucket; whoever reads one at this moment reads on. */
export async function clearCopies({ data, s3Url }: Where, olderThan: number): Promise<void> {
  if (s3Url !== null) for (const folder of await foldersOf(data)) await clearFolder(join(root(data), folder), olderThan)
}

async function clearFolder(folder: string, olderThan: number): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity }))
    if (mtimeMs < olderThan) await rm(path, { force: true })
  }
}
