import { createReadStream } from 'node:fs'
import { constants, lstat, opendir } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileFact, Source } from './archive.ts'

/** A folder (an unpacked export) as a source of an archive's files. Symbolic links are named, never followed. */
export async function openFolder(path: string): Promise<Source> {
  const names: string[] = []
  return {
    size: Infinity,
    async *list() {
      yield* walk(path, '', names)
    },
    async read(ref) {
      return createReadStream(join(path, names[ref]), { flags: constants.O_RDONLY | constants.O_NOFOLLOW } as object)
    },
    async close() {},
  }
}

const deepest = 8

async function* walk(base: string, inside: string, names: string[]): AsyncGenerator<FileFact> {
  for await (const item of await opendir(join(base, inside))) {
    const name = inside ? `${inside}/${item.name}` : item.name
    if (item.isDirectory()) {
      if (name.split('/').length < deepest) yield* walk(base, name, names)
      continue
    }
    const { size, mtimeMs } = await lstat(join(base, name))
    const isLink = item.isSymbolicLink() || !item.isFile()
    yield { name, ref: names.length, size, packed: size, mark: mtimeMs, isFolder: false, isLink }
    names.push(name)
  }
}
