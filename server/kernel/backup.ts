import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { cp, mkdir, open, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type { PoolClient } from 'pg'
import { copyFiles, type Files, tee, verifyFiles } from './backup-files.ts'
import type { Pool } from './db.ts'
import { linesOf } from './lines.ts'

/** What a backup says of itself; `restore` believes nothing that does not fit it. */
export type Manifest = {
  format: 1; made_at: string; steps: string[]
  tables: { name: string; rows: number; sha256: string }[]
  sequences: { name: string; value: number }[]
  /** backups of older versions have no list of files */
  files?: Files
}

const BATCH = 500
const MOST_AT_ONCE = 4 << 20
// Bookkeeping of the migrator: a restore writes into a schema that has its own.
const OURS = `select c.relname as name, c.oid::int as oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname not like 'kysely\\_%' order by 1`

/**
 * Writes everything into a folder: each table as compressed JSON lines, all from one moment, and a copy of the files; and
 * reads it all back before it says that it is done.
 * Works beside a running server and on any PostgreSQL.
 * @throws Error when the folder exists and is not empty
 */
export async function backup(pool: Pool, filesFolder: string, target: string): Promise<Manifest> {
  if (existsSync(target) && (await readdir(target)).length) throw new Error(`${target} is not empty. Name a new folder.`)
  await mkdir(join(target, 'tables'), { recursive: true, mode: 0o700 })
  const client = await pool.connect()
  try {
    await client.query('set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; begin isolation level repeatable read read only')
    const tables: Manifest['tables'] = []
    for (const { name } of (await client.query(OURS)).rows) tables.push(await writeTable(client, name, target))
    const steps = (await client.query('select name from kysely_migration order by name')).rows.map((row) => row.name as string)
    const sequences = (await client.query(`select sequencename as name, coalesce(last_value, 0) as value from pg_sequences where schemaname = 'public'`)).rows
    await client.query('commit')
    // Files come after the rows: a file without a row is harmless, a row without its file is not. Contents never change.
    const files = await copyFiles(filesFolder, target)
    const manifest: Manifest = { format: 1, made_at: new Date().toISOString(), steps, tables, sequences, files }
    // Only what can be read back is a backup: until then it has no manifest, and is taken for none.
    await verify(target, manifest)
    await writeDurably(join(target, 'manifest.json'), JSON.stringify(manifest, null, 2))
    return manifest
  } finally {
    client.release(true)
  }
}

async function writeTable(client: PoolClient, name: string, target: string): Promise<Manifest['tables'][number]> {
  let rows = 0
  async function* lines() {
    await client.query(`declare dump no scroll cursor for select row_to_json(t)::text as line from ${quote(name)} t`)
    for (;;) {
      const { rows: batch } = await client.query(`fetch ${BATCH} from dump`)
      if (!batch.length) break
      rows += batch.length
      yield batch.map((row) => row.line + '\n').join('')
    }
    await client.query('close dump')
  }
  const hash = createHash('sha256')
  await pipeline(Readable.from(lines()), createGzip(), tee(hash), createWriteStream(tablePath(target, name), { mode: 0o600, flush: true }))
  return { name, rows, sha256: hash.digest('hex') }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o600)
  await file.writeFile(text)
  await file.sync().finally(() => file.close())
}

const tablePath = (folder: string, name: string) => join(folder, 'tables', `${name}.jsonl.gz`)
const quote = (name: string) => `"${name.replaceAll('"', '""')}"`

/**
 * Looks a backup over without restoring it: every table is there, whole, with the rows it should have.
 * @throws Error naming the first thing that is wrong
 */
export async function verifyBackup(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => {
    throw new Error(`${folder} is not a backup: it has no manifest.json.`)
  })
  const manifest = JSON.parse(text) as Manifest
  if (manifest.format !== 1) throw new Error(`This backup has format ${manifest.format}; this version reads format 1.`)
  await verify(folder, manifest)
  return manifest
}

async function verify(folder: string, { tables, files }: Manifest): Promise<void> {
  for (const table of tables) await verifyTable(folder, table)
  await verifyFiles(folder, files)
}

async function verifyTable(folder: string, { name, rows, sha256 }: Manifest['tables'][number]): Promise<void> {
  const fail = (what: string) => new Error(`The table ${name} of this backup is damaged: ${what}. Nothing was restored.`)
  const hash = createHash('sha256')
  let count = 0
  try {
    for await (const line of readLines(folder, name, hash)) {
      count++
      JSON.parse(line)
    }
  } catch (error) {
    throw fail(`row ${count + 1} cannot be read (${(error as Error).message})`)
  }
  if (hash.digest('hex') !== sha256) throw fail('it is not what was written')
  if (count !== rows) throw fail(`it has ${count} rows, not ${rows}`)
}

const readLines = (folder: string, name: string, hash = createHash('sha256')) => {
  const [file, unpacked] = [createReadStream(tablePath(folder, name)), createGunzip()]
  // A broken pipeline breaks its last stream, which is where it is noticed.
  pipeline(file, tee(hash), unpacked).catch(() => {})
  return linesOf(unpacked)
}

/**
 * Puts a backup into an empty database whose schema is up to date; all or nothing.
 * @throws Error when the backup is damaged, made by a newer version, or somebody is in the database already
 */
export async function restore(pool: Pool, filesFolder: string, folder: string): Promise<Manifest> {
  const manifest = await verifyBackup(folder)
  const client = await pool.connect()
  try {
    await client.query('set statement_timeout = 0; set idle_in_transaction_session_timeout = 0')
    const known = new Set((await client.query('select name from kysely_migration')).rows.map((row) => row.name))
    const unknown = manifest.steps.find((step) => !known.has(step))
    if (unknown) throw new Error(`The backup was made by a newer version (step ${unknown}). Update first.`)
    if ((await client.query('select 1 from people limit 1')).rowCount) throw new Error('There are people in this network already. Restore into an empty one.')
    await client.query('begin; set constraints all deferred')
    for (const { name } of await inOrder(client, manifest)) await readTable(client, name, folder, manifest)
    for (const { name, value } of manifest.sequences) if (value) await client.query('select setval($1, $2)', [quote(name), value])
    if (existsSync(join(folder, 'files'))) await cp(join(folder, 'files'), filesFolder, { recursive: true })
    await client.query('commit')
    return manifest
  } finally {
    client.release(true)
  }
}

/** Tables after those they refer to. */
async function inOrder(client: PoolClient, manifest: Manifest): Promise<Manifest['tables']> {
  const { rows } = await client.query(`select conrelid::regclass::text as child, confrelid::regclass::text as parent from pg_constraint
    where contype = 'f' and conrelid <> confrelid`)
  const done = new Set<string>()
  const ordered: Manifest['tables'] = []
  let left = manifest.tables
  while (left.length) {
    const ready = left.filter((table) => rows.every((row) => row.child !== table.name || done.has(row.parent) || !manifest.tables.some((t) => t.name === row.parent)))
    if (!ready.length) throw new Error('The tables refer to each other in a circle.')
    for (const table of ready) done.add(table.name)
    ordered.push(...ready)
    left = left.filter((table) => !done.has(table.name))
  }
  return ordered
}

async function readTable(client: PoolClient, name: string, folder: string, manifest: Manifest): Promise<void> {
  await client.query(`delete from ${quote(name)}`)
  const table = quote(name)
  const columns = (await client.query(`select attname from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`, [table]))
    .rows.map((row) => quote(row.attname)).join(', ')
  const put = (lines: string[]) => client.query(
    `insert into ${table} (${columns}) overriding system value select ${columns} from json_populate_recordset(null::${table}, $1::json)`, [`[${lines.join(',')}]`])
  let batch: string[] = []
  let size = 0
  let rows = 0
  for await (const line of readLines(folder, name)) {
    batch.push(line)
    rows++
    size += line.length
    if (batch.length < BATCH && size < MOST_AT_ONCE) continue
    await put(batch.splice(0))
    size = 0
  }
  if (batch.length) await put(batch)
  const expected = manifest.tables.find((t) => t.name === name)?.rows
  if (rows !== expected) throw new Error(`The table ${name} has ${rows} rows in the backup, not ${expected}. Nothing was restored.`)
}
