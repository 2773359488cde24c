import { createReadStream } from 'node:fs'
import type { Content as Named, Store } from '../../kernel/backup/store.ts'
import { discard, pathOf, place, receive } from './store.ts'

type Row = Record<string, unknown>
// A row's bytes are written as PostgreSQL does: \x and hexadecimal.
const named = (sha256: unknown, size: unknown): Named[] => (typeof sha256 === 'string' ? [{ sha256: sha256.slice(2), size: Number(size) }] : [])

/** The lock that cleaning takes alone before it takes a content out; a backup shares it while it copies. */
export const BACKUP_LOCK = `hashtextextended('backup', 0)`

/** The stored files, as a backup sees them. @param data the data folder */
export const storeOf = (data: string): Store => ({
  named: { files: (row: Row) => [...named(row.sha256, row.size), ...named(row.thumbnail_sha256, row.thumbnail_size)] },
  pathOf: ({ sha256 }) => pathOf(data, Buffer.from(sha256, 'hex')),
  hold: (client) => client.query(`select pg_advisory_lock_shared(${BACKUP_LOCK})`),
  takeIn: async (path, { sha256, size }) => {
    const arrived = await receive(data, createReadStream(path))
    if (arrived.size === size && arrived.sha256.toString('hex') === sha256) return place(data, arrived)
    await discard(arrived)
    throw new Error(`${path} is damaged: it is not what was written. Nothing was restored.`)
  },
})
