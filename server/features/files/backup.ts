import { constants, createWriteStream } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { readWhole } from '../../kernel/backup/files.ts'
import type { Content as Named, Names, Store } from '../../kernel/backup/store.ts'
import { discard, pathOf, place, readKept, receive, type Where } from './store.ts'

type Row = Record<string, unknown>
// A row's bytes are written as PostgreSQL does: \x and hexadecimal.
const named = (sha256: unknown, size: unknown): Named[] => (typeof sha256 === 'string' ? [{ sha256: sha256.slice(2), size: Number(size) }] : [])

/** The lock that cleaning takes alone before it takes a content out; a backup shares it while it copies. */
export const BACKUP_LOCK = `hashtextextended('backup', 0)`

/** What the rows of a backup speak of. */
export const names: Names = { named: { files: (row: Row) => [...named(row.sha256, row.size), ...named(row.thumbnail_sha256, row.thumbnail_size)] } }

/** The stored files, as a backup sees them. */
export const storeOf = (where: Where): Store => ({
  ...names,
  copyOut: async ({ sha256 }, to) => {
    const hash = Buffer.from(sha256, 'hex')
    if (where.s3Url !== null) await pipeline(await readKept(where, hash), createWriteStream(to, { mode: 0o600 }))
    // A copy on write where the disk can do it.
    else await copyFile(pathOf(where.data, hash), to, constants.COPYFILE_FICLONE)
  },
  hold: (client) => client.query(`select pg_advisory_lock_shared(${BACKUP_LOCK})`),
  takeIn: async (path, { sha256, size }) => {
    const arrived = await receive(where.data, readWhole(path))
    if (arrived.size === size && arrived.sha256.toString('hex') === sha256) return place(where, arrived)
    await discard(arrived)
    throw new Error(`${path} is damaged: it is not what was written. Nothing was restored.`)
  },
})
