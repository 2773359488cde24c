import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { PoolClient } from 'pg'
import type { Pool } from '../db.ts'
import { gatherContents } from './contents.ts'
import { flush, tee } from './files.ts'
import { type NewManifest, seal, tablePath } from './manifest.ts'
import type { Store } from './store.ts'
import { type Verdict, verifyBackup } from './verify.ts'

// As many rows at once as fit these bytes, by what the last ones took: a row may have a hundred bytes or a hundred thousand.
const PIECE = 1 << 20
const MOST_ROWS = 200

/**
 * Bookkeeping of the migrator stays out: a restore writes into a schema that has its own. What need not outlast a crash does not `last`, and is in no
 * backup either: who is here, and the votes in a ballot box, of which two backups would say which came between them.
 */
export const OURS = `select relname as name, relpersistence = 'p' as lasts from pg_class where relnamespace = 'public'::regnamespace
  and relkind in ('r', 'p') and relname not like 'kysely\\_%' order by 1`

/** The text of every value is what PostgreSQL reads back as the same value, whatever the database is set to. */
export const PLAIN_TEXT = `set statement_timeout = 0; set idle_in_transaction_session_timeout = 0;
  set datestyle = 'ISO, YMD'; set timezone = 'UTC'; set intervalstyle = 'postgres'; set extra_float_digits = 1; set bytea_output = 'hex'`

/** What the folder of a backup is called until it is whole. */
export const UNFINISHED = /\.unfinished-[0-9a-f]{8}$/

/**
 * Writes everything into a folder: each table as compressed JSON lines, all from one moment, and the contents that its
 * rows speak of; then reads all of it back. The folder has its name only when that went well. Works beside a running
 * server and on any PostgreSQL, in bounded memory.
 * @returns what was found on reading back; `lacking` are contents that the store itself does not have as they should be
 * @throws Error when the folder exists and is not empty, or the backup is not what was written
 */
export async function backup(pool: Pool, store: Store, target: string): Promise<Verdict & { manifest: NewManifest }> {
  const folder = resolve(target)
  if (existsSync(folder) && (await readdir(folder)).length) throw new Error(`${target} is not empty. Name a new folder.`)
  const draft = join(dirname(folder), `${basename(folder)}.unfinished-${randomUUID().slice(0, 8)}`)
  await mkdir(join(draft, 'tables'), { recursive: true, mode: 0o700 })
  try {
    const manifest = await writeAll(pool, store, draft)
    const verdict = await verifyBackup(draft, store)
    if (verdict.wrong) throw new Error(`The backup is not what was written:\n${verdict.faults.join('\n')}`)
    await rename(draft, folder)
    await flush(dirname(folder))
    return { ...verdict, manifest }
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw error
  }
}

async function writeAll(pool: Pool, store: Store, draft: string): Promise<NewManifest> {
  const client = await pool.connect()
  try {
    await client.query(PLAIN_TEXT)
    // Before the moment that is written: what a row of it speaks of is there until it was copied.
    await store.hold(client)
    const made_at = new Date().toISOString()
    const rows = await writeRows(client, draft)
    const contents = await gatherContents(draft, rows.tables, store)
    const manifest = seal({ made_at, ...rows, contents })
    await writeFile(join(draft, 'manifest.json'), JSON.stringify(manifest, null, 2), { mode: 0o600, flush: true })
    for (const name of ['tables', '.']) await flush(join(draft, name))
    return manifest
  } finally {
    client.release(true)
  }
}

async function writeRows(client: PoolClient, draft: string): Promise<Pick<NewManifest, 'tables' | 'steps' | 'sequences'>> {
  await client.query('begin isolation level repeatable read read only')
  const tables: NewManifest['tables'] = []
  for (const { name, lasts } of (await client.query(OURS)).rows) if (lasts) tables.push(await writeTable(client, name, draft))
  const steps = (await client.query('select name from kysely_migration order by name')).rows.map((row) => row.name as string)
  const sequences = (await client.query(`select sequencename as name, coalesce(last_value, 0) as value from pg_sequences where schemaname = 'public'`)).rows
  await client.query('commit')
  return { steps, tables, sequences }
}

async function writeTable(client: PoolClient, name: string, draft: string): Promise<NewManifest['tables'][number]> {
  let rows = 0
  const columns = (await columnsOf(client, name)).map((column) => `${quote(column)}::text`)
  await client.query(`declare dump no scroll cursor for
    select row_to_json(r.*)::text as line from (select ${columns.join(', ')} from ${quote(name)}) r`)
  async function* lines() {
    for (let size = 16; ;) {
      const { rows: batch } = await client.query<{ line: string }>(`fetch ${size} from dump`)
      if (!batch.length) break
      rows += batch.length
      const piece = Buffer.from(batch.map(({ line }) => `${line}\n`).join(''))
      size = Math.max(1, Math.min(MOST_ROWS, 2 * size, Math.floor((PIECE * batch.length) / piece.length)))
      yield piece
    }
  }
  const hash = createHash('sha256')
  // One piece waits at a time: a stream of objects would keep sixteen.
  await pipeline(Readable.from(lines(), { highWaterMark: 1 }), createGzip({ level: 4 }), tee(hash), createWriteStream(join(draft, tablePath(name)), { mode: 0o600, flush: true }))
  await client.query('close dump')
  return { name, rows, sha256: hash.digest('hex') }
}

// What is generated makes itself.
async function columnsOf(client: PoolClient, table: string): Promise<string[]> {
  const { rows } = await client.query(`select attname from pg_attribute where attrelid = $1::regclass and attnum > 0
    and not attisdropped and attgenerated = '' order by attnum`, [quote(table)])
  return rows.map((row) => row.attname as string)
}

export const quote = (name: string) => `"${name.replaceAll('"', '""')}"`
