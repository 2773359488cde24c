import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = process.env.FOLKMOOT_URL ?? `http://127.0.0.1:${process.env.PORT ?? 4600}`

export default defineConfig({
  root: 'web',
  plugins: [react()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    sourcemap: false,
    // Inlined assets would need data: in more places of the content security policy than images.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900,
  },
  server: { proxy: { '/api': { target: server, ws: true } } },
})
