import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const SMALLEST = 2048

/**
 * Lays packed forms beside what is built, as small as they get: done once, where packing at each request has to be quick.
 * The server hands them out to browsers that take them (`preCompressed`).
 */
export const packed = (): Plugin => ({
  name: 'packed',
  apply: 'build',
  // What is on the disk: until it is written, other plugins still change it.
  writeBundle({ dir = '' }, bundle) {
    for (const name of Object.keys(bundle).filter((one) => /\.(js|css|svg|json)$/.test(one))) {
      const path = join(dir, name)
      const source = readFileSync(path)
      if (source.length < SMALLEST) continue
      writeFileSync(`${path}.br`, brotliCompressSync(source, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }))
      writeFileSync(`${path}.gz`, gzipSync(source, { level: 9 }))
    }
  },
})
