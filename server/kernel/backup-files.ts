import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, open, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { linesOf } from './lines.ts'

/** A stored file in a backup: its place below `files`, and what it held when it was written. */
type Copied = { path: string; sha256: string }
/** How many files there are, the fingerprint of their list, and those that were damaged in the store already. */
export type Files = { count: number; sha256: string; damaged: string[] }

const listOf = (folder: string) => join(folder, 'files.jsonl')
// The store names contents by their SHA-256: two signs for the folder, the rest for the file.
const named = /^([0-9a-f]{2})\/([0-9a-f]{62})$/

/** Passes bytes on and takes their fingerprint. */
export const tee = (hash: ReturnType<typeof createHash>) => async function* (source: AsyncIterable<Buffer>) {
  for await (const chunk of source) {
    hash.update(chunk)
    yield chunk
  }
} as unknown as Transform

async function* filesIn(root: string, below = ''): AsyncGenerator<string> {
  for (const entry of (await readdir(join(root, below), { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = below ? `${below}/${entry.name}` : entry.name
    // What is still being sent belongs to nobody yet.
    if (entry.isDirectory() && path !== 'incoming') yield* filesIn(root, path)
    else if (entry.isFile()) yield path
  }
}

/** Copies a folder, flushed to the disk, with a list of what each file holds. */
export async function copyFiles(from: string, target: string): Promise<Files> {
  const whole = createHash('sha256')
  const found: Files = { count: 0, sha256: '', damaged: [] }
  const list = await open(listOf(target), 'w', 0o600)
  try {
    for await (const path of existsSync(from) ? filesIn(from) : []) {
      const hash = createHash('sha256')
      const to = join(target, 'files', path)
      await mkdir(dirname(to), { recursive: true, mode: 0o700 })
      await pipeline(createReadStream(join(from, path)), tee(hash), createWriteStream(to, { mode: 0o600, flush: true }))
      const sha256 = hash.digest('hex')
      if (named.test(path) && path.replace('/', '') !== sha256) found.damaged.push(path)
      const line = `${JSON.stringify({ path, sha256 } satisfies Copied)}\n`
      whole.update(line)
      await list.write(line)
      found.count++
    }
    await list.sync()
  } finally {
    await list.close()
  }
  return { ...found, sha256: whole.digest('hex') }
}

async function fingerprint(path: string): Promise<string | null> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk)
    return hash.digest('hex')
  } catch {
    return null
  }
}

/**
 * Reads every file of a backup and holds it against the list, or in backups that have none against its name.
 * @throws Error naming the first that is missing or damaged
 */
export async function verifyFiles(folder: string, files?: Files): Promise<void> {
  if (!files) return verifyNames(folder)
  if ((await fingerprint(listOf(folder))) !== files.sha256) throw new Error('The list of files of this backup is damaged. Nothing was restored.')
  for await (const line of linesOf(createReadStream(listOf(folder)))) {
    const { path, sha256 } = JSON.parse(line) as Copied
    demand(path, await fingerprint(join(folder, 'files', path)), sha256)
  }
}

async function verifyNames(folder: string): Promise<void> {
  const root = join(folder, 'files')
  if (!existsSync(root)) return
  for await (const path of filesIn(root)) if (named.test(path)) demand(path, await fingerprint(join(root, path)), path.replace('/', ''))
}

function demand(path: string, found: string | null, expected: string): void {
  if (found !== expected) throw new Error(`The file files/${path} of this backup is ${found ? 'damaged' : 'missing'}. Nothing was restored.`)
}
