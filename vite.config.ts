import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { NONCE } from './server/kernel/page.ts'
import { emojiData } from './web/features/reactions/emoji-data.plugin.ts'
import { markdownWriters } from './web/kernel/markdown-writers.plugin.ts'
import { mantineVariables } from './web/kernel/theme/mantine-variables.plugin.ts'
import { packed } from './web/kernel/packed.plugin.ts'
import { unreadMarkdown } from './web/kernel/unread-markdown.plugin.ts'

const server = process.env.FOLKMOOT_URL ?? `http://127.0.0.1:${process.env.PORT ?? 8400}`

export default defineConfig({
  root: 'web',
  plugins: [react(), emojiData(), markdownWriters(), unreadMarkdown(), mantineVariables(), packed()],
  html: { cspNonce: NONCE },
  resolve: {
    alias: [
      { find: 'decode-named-character-reference', replacement: join(import.meta.dirname, 'web/kernel/entities.ts') },
      // React itself has what the shim brings to those before 18.
      { find: /^use-sync-external-store\/shim(?:\/index\.js)?(?=\/with-selector|$)/, replacement: 'use-sync-external-store' },
    ],
  },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    sourcemap: false,
    // Every browser of the target preloads modules by itself.
    modulePreload: { polyfill: false },
    // Inlined assets would need data: in more places of the content security policy than images.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      // Home is part of the first view on purpose, see web/app.tsx.
      checks: { ineffectiveDynamicImport: false },
      output: {
        // The first file names all others, so their names weigh: what several pages share has none, and would be called by all of them.
        chunkFileNames: ({ name }) => (name.startsWith('shared') ? 'assets/[hash:7].js' : `assets/${name.split('~')[0]}-[hash:7].js`),
        assetFileNames: ({ names }) => (names[0]?.endsWith('.css') ? 'assets/[hash:7].css' : 'assets/[name]-[hash].[ext]'),
        codeSplitting: {
          groups: [
            // What every page needs, in two files: one changes with the dependencies, one with each release.
            { name: 'vendor', test: /node_modules/, tags: ['$initial'], priority: 30 },
            { name: 'app', tags: ['$initial'], priority: 20 },
            // In one piece: its modules need each other while they are run, and pieces that share them would come in a circle.
            { name: 'mantine', test: /@mantine/, minShareCount: 2, includeDependenciesRecursively: false, priority: 15 },
            // What an idea's card shares with the tab comes by itself, or a card in Home would bring along what pages share.
            { name: 'ideas', test: /\/web\/features\/ideas\//, minShareCount: 2, priority: 12 },
            // What several pages share, without a request for each component.
            { name: 'shared', test: /\/web\/|tabler/, minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 6_000, priority: 10 },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': { target: server, ws: true } } },
})
