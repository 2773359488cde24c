import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { linesOf } from '../lines.ts'

/** Reads a file in large pieces: each piece is a way to another thread and back, which on a busy machine takes longer than the reading. */
export const readWhole = (path: string) => createReadStream(path, { highWaterMark: 1 << 20 })

/** The SHA-256 of a file and how many bytes it has. */
export async function hashOf(path: string): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256')
  let size = 0
  for await (const piece of readWhole(path) as AsyncIterable<Buffer>) {
    hash.update(piece)
    size += piece.length
  }
  return { sha256: hash.digest('hex'), size }
}

/** Lets bytes pass and hashes them. */
export const tee = (hash: Hash) => async function* (source: AsyncIterable<Buffer>) {
  for await (const piece of source) {
    hash.update(piece)
    yield piece
  }
} as unknown as Transform

/** The lines of a compressed file; `hash` takes what lies on the disk. */
export function packedLinesOf(path: string, hash = createHash('sha256')): AsyncGenerator<string> {
  const unpacked = createGunzip()
  // A broken pipeline breaks its last stream, which is where it is noticed.
  pipeline(createReadStream(path), tee(hash), unpacked).catch(() => {})
  return linesOf(unpacked)
}

/** Waits until a file, or what a folder says is in it, is on the disk. */
export async function flush(path: string): Promise<void> {
  const file = await open(path)
  await file.sync().finally(() => file.close())
}
