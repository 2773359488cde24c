import { createReadStream } from 'node:fs'
import { constants, lstat, open, opendir } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileFact, Source } from './source.ts'

/** A folder (an unpacked export) as a source of an archive's files. Symbolic links are named, never followed. */
export async function openFolder(path: string): Promise<Source> {
  const names: string[] = []
  const sizes: number[] = []
  return {
    size: Infinity,
    async *list() {
      for await (const file of walk(path, '')) {
        yield { ...file, ref: names.length }
        names.push(file.name)
        sizes.push(file.size)
      }
    },
    sizeOf: (ref) => sizes[ref],
    async read(ref) {
      const place = join(path, names[ref])
      const flags = constants.O_RDONLY | constants.O_NOFOLLOW
      if (sizes[ref] > small) return createReadStream(place, { flags, end: sizes[ref] - 1 } as object)
      return atOnce(place, flags)
    },
    async close() {},
  }
}

// Days of a few kilobytes are read at once: a stream for each would cost more than its contents.
const small = 4 * 1024 * 1024

async function* atOnce(place: string, flags: number): AsyncGenerator<Buffer> {
  const file = await open(place, flags)
  try {
    yield await file.readFile()
  } finally {
    await file.close()
  }
}

const deepest = 8

async function* walk(base: string, inside: string): AsyncGenerator<Omit<FileFact, 'ref'>> {
  for await (const item of await opendir(join(base, inside))) {
    const name = inside ? `${inside}/${item.name}` : item.name
    if (item.isDirectory()) {
      if (name.split('/').length < deepest) yield* walk(base, name)
      continue
    }
    const { size, mtimeMs } = await lstat(join(base, name))
    const isLink = item.isSymbolicLink() || !item.isFile()
    yield { name, size, packed: size, mark: mtimeMs, isFolder: false, isLink }
  }
}
