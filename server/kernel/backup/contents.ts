import { createHash } from 'node:crypto'
import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { z } from 'zod'
import { flush, hashOf, packedLinesOf, tee } from './files.ts'
import { CONTENTS, contentPath, type Manifest, type NewManifest, tablePath } from './manifest.ts'
import type { Content, Names, Store } from './store.ts'

const Listed = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/), size: z.int().min(0),
  /** why it is not in the backup: the store did not have it as it should be */
  lacks: z.enum(['missing', 'damaged', 'unreadable']).optional(),
})
/** A line of the list of contents. */
export type Listed = z.infer<typeof Listed>

/**
 * Copies the contents that the rows of a backup speak of, each once, hashes the copies and writes the list of them.
 * One that the store has lost is listed as lacking: what is left is worth a backup all the more.
 */
export async function gatherContents(draft: string, tables: Manifest['tables'], store: Store): Promise<NewManifest['contents']> {
  const found = { count: 0, bytes: 0, lacking: 0 }
  async function* lines() {
    for await (const content of namedIn(draft, tables, store)) {
      if (existsSync(join(draft, contentPath(content.sha256)))) continue
      const lacks = await copy(store, content, join(draft, contentPath(content.sha256)))
      found.count++
      if (lacks) found.lacking++
      else found.bytes += content.size
      yield `${JSON.stringify({ ...content, lacks } satisfies Listed)}\n`
    }
  }
  const hash = createHash('sha256')
  await pipeline(Readable.from(lines()), createGzip(), tee(hash), createWriteStream(join(draft, CONTENTS), { mode: 0o600, flush: true }))
  await flushFolders(join(draft, 'files'))
  return { ...found, sha256: hash.digest('hex') }
}

/** What the rows of a backup speak of, as often as they do. */
async function* namedIn(folder: string, tables: Manifest['tables'], store: Names): AsyncGenerator<Content> {
  for (const { name } of tables) {
    if (!store.named[name]) continue
    for await (const line of packedLinesOf(join(folder, tablePath(name)))) yield* store.named[name](JSON.parse(line))
  }
}

async function copy(store: Store, content: Content, to: string): Promise<Listed['lacks']> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  try {
    await store.copyOut(content, to)
  } catch (error) {
    await rm(to, { force: true })
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return 'missing'
    if (code === 'EIO') return 'unreadable'
    throw error
  }
  const { sha256, size } = await hashOf(to)
  if (sha256 === content.sha256 && size === content.size) return void (await flush(to))
  await rm(to)
  return 'damaged'
}

async function flushFolders(root: string): Promise<void> {
  if (!existsSync(root)) return
  for (const name of await readdir(root)) await flush(join(root, name))
  await flush(root)
}

/** The contents of a backup: by its list, or for want of one (format 1) by what its rows speak of. */
export async function* contentsOf(folder: string, manifest: Manifest, store: Names): AsyncGenerator<Listed> {
  if (manifest.format === 1) return yield* namedIn(folder, manifest.tables, store)
  for await (const line of packedLinesOf(join(folder, CONTENTS))) yield Listed.parse(JSON.parse(line))
}
