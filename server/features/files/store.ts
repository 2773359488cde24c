import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Bytes by the name of their SHA-256: equal contents are kept once, and what was kept can be checked. */
export type Content = { sha256: Buffer; size: number }
/** Content that is on the disk but has no place yet. */
export type Arrived = Content & { path: string }

const root = (data: string) => join(data, 'files')
const incoming = (data: string) => join(root(data), 'incoming')

export function pathOf(data: string, sha256: Buffer): string {
  const hex = sha256.toString('hex')
  return join(root(data), hex.slice(0, 2), hex.slice(2))
}

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

/** Puts content into its place, durably. The caller holds the store's lock until its row is committed. */
export async function place(data: string, arrived: Arrived): Promise<void> {
  const path = pathOf(data, arrived.sha256)
  const folder = join(path, '..')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await rename(arrived.path, path)
  const directory = await open(folder)
  await directory.sync().finally(() => directory.close())
}

export type Fault = 'missing' | 'damaged' | 'unreadable'

/** Reads content to its end; null when it is what its name and size say. */
export async function inspectContent(data: string, { sha256, size }: Content): Promise<Fault | null> {
  const hash = createHash('sha256')
  let found = 0
  try {
    for await (const chunk of createReadStream(pathOf(data, sha256)) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      found += chunk.length
    }
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'unreadable'
  }
  return found === size && hash.digest().equals(sha256) ? null : 'damaged'
}

/** The store, folder by folder: the SHA-256 of everything in it. */
export async function* listContents(data: string): AsyncGenerator<Buffer[]> {
  const folders = await readdir(root(data)).catch(() => [])
  for (const folder of folders.filter((name) => /^[0-9a-f]{2}$/.test(name))) {
    const names = await readdir(join(root(data), folder))
    yield names.map((name) => Buffer.from(folder + name, 'hex')).filter((hash) => hash.length === 32)
  }
}

export const removeContent = (data: string, sha256: Buffer) => rm(pathOf(data, sha256), { force: true })

/** Takes away what uploads that broke off have left behind. */
export async function clearIncoming(data: string, olderThan: number): Promise<void> {
  for (const name of await readdir(incoming(data)).catch(() => [])) {
    const path = join(incoming(data), name)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity }))
    if (mtimeMs < olderThan) await rm(path, { force: true })
  }
}
