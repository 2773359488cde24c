import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Plugin } from 'vite'

const LANGUAGES = ['en', 'de']
const FILES = ['data.json', 'messages.json']

const require = createRequire(import.meta.url)
const read = (path: string) => readFileSync(require.resolve(`emojibase-data/${path}`))

/** Serves the names of emoji from our own address: the picker would otherwise fetch them from a network of others. */
export function emojiData(): Plugin {
  const paths = LANGUAGES.flatMap((language) => FILES.map((file) => `${language}/${file}`))
  return {
    name: 'emoji-data',
    generateBundle() {
      for (const path of paths) this.emitFile({ type: 'asset', fileName: `emoji/${path}`, source: read(path) })
    },
    configureServer(server) {
      server.middlewares.use('/emoji', (request, response, next) => {
        const path = (request.url ?? '').slice(1)
        if (!paths.includes(path)) return next()
        response.setHeader('Content-Type', 'application/json')
        response.end(read(path))
      })
    },
  }
}
