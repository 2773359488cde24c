import { join } from 'node:path'
import type { PoolClient } from 'pg'
import type { Pool } from '../db.ts'
import { contentsOf } from './contents.ts'
import { packedLinesOf } from './files.ts'
import { contentPath, type Manifest, tablePath } from './manifest.ts'
import type { Store } from './store.ts'
import { type Verdict, verifyBackup } from './verify.ts'
import { OURS, PLAIN_TEXT, quote } from './write.ts'

const MOST_ROWS = 500
const MOST_AT_ONCE = 1 << 20

/** Where a backup goes: `steps` are all that this version has; `migrateTo` takes those named, or with none named all. */
export type Place = { pool: Pool; store: Store; steps: string[]; migrateTo: (steps?: string[]) => Promise<unknown> }

/**
 * Puts a backup into an empty network, all or nothing: the schema as it was when the backup was made, its rows and
 * contents, and then the steps of the schema that came since.
 * @throws Error when the backup is damaged, made by a newer version, or somebody is in the network already
 */
export async function restore({ pool, store, steps, migrateTo }: Place, folder: string): Promise<Verdict> {
  const verdict = await verifyBackup(folder, store)
  if (verdict.wrong) throw new Error(`${verdict.faults.join('\n')}\nNothing was restored.`)
  const { manifest } = verdict
  const unknown = manifest.steps.find((step) => !steps.includes(step))
  if (unknown) throw new Error(`The backup was made by a newer version (step ${unknown}). Update first.`)
  const client = await pool.connect()
  try {
    await client.query(PLAIN_TEXT)
    await refuseLived(client, manifest)
    await migrateTo(manifest.steps)
    await store.hold(client)
    await client.query('begin')
    await takeIn(client, manifest, folder)
    for await (const content of contentsOf(folder, manifest, store))
      if (!content.lacks) await store.takeIn(join(folder, contentPath(content.sha256)), content)
    await client.query('commit')
  } finally {
    client.release(true)
  }
  await migrateTo()
  return verdict
}

async function refuseLived(client: PoolClient, { steps }: Manifest): Promise<void> {
  if (!(await exists(client, 'kysely_migration'))) return
  const done = (await client.query('select name from kysely_migration order by name')).rows.map((row) => row.name as string)
  if (await exists(client, 'people') && (await client.query('select 1 from people limit 1')).rowCount)
    throw new Error('There are people in this network already. Restore into an empty one.')
  const beyond = done.find((step) => !steps.includes(step))
  if (beyond) throw new Error(`The backup was made by an older version, and this database is beyond it (step ${beyond}). Restore into a new database.`)
}

const exists = async (client: PoolClient, table: string) =>
  (await client.query('select to_regclass($1) is not null as is_there', [quote(table)])).rows[0].is_there as boolean

/** Fills all tables. What ties them together is put aside meanwhile and looked over at the end: rows come in any order. */
async function takeIn(client: PoolClient, manifest: Manifest, folder: string): Promise<void> {
  const tables = (await client.query(OURS)).rows.map((row) => quote(row.name))
  const missing = manifest.tables.find(({ name }) => !tables.includes(quote(name)))
  if (missing) throw new Error(`The backup has a table ${missing.name}, which this version does not know. Nothing was restored.`)
  await client.query(`lock table ${tables.join(', ')} in access exclusive mode`)
  if ((await client.query('select 1 from people limit 1')).rowCount) throw new Error('There are people in this network already. Restore into an empty one.')
  const { rows: ties } = await client.query(`select conrelid::regclass as child, quote_ident(conname) as name, pg_get_constraintdef(oid) as rule
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace and conparentid = 0`)
  for (const { child, name } of ties) await client.query(`alter table ${child} drop constraint ${name}`)
  for (const table of tables) await client.query(`alter table ${table} disable trigger user; delete from ${table}`)
  for (const { name } of manifest.tables) await fillTable(client, name, folder, manifest)
  for (const table of tables) await client.query(`alter table ${table} enable trigger user`)
  for (const { child, name, rule } of ties) await client.query(`alter table ${child} add constraint ${name} ${rule}`)
  for (const { name, value } of manifest.sequences) if (value) await client.query('select setval($1, $2)', [quote(name), value])
}

async function fillTable(client: PoolClient, name: string, folder: string, { format }: Manifest): Promise<void> {
  let text: string | null = null
  const put = async (lines: string[]) => {
    text ??= await insertion(client, name, Object.keys(JSON.parse(lines[0])), format)
    await client.query(text, [`[${lines.join(',')}]`])
  }
  let batch: string[] = []
  let size = 0
  for await (const line of packedLinesOf(join(folder, tablePath(name)))) {
    batch.push(line)
    size += line.length
    if (batch.length < MOST_ROWS && size < MOST_AT_ONCE) continue
    await put(batch)
    batch = []
    size = 0
  }
  if (batch.length) await put(batch)
}

// What a row of the backup does not have takes its default.
async function insertion(client: PoolClient, table: string, keys: string[], format: number): Promise<string> {
  const { rows } = await client.query(`select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
    where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`, [quote(table)])
  const columns = rows.filter(({ name }) => keys.includes(name))
  const into = `insert into ${quote(table)} (${columns.map(({ name }) => quote(name)).join(', ')}) overriding system value`
  if (format === 1) return `${into} select ${columns.map(({ name }) => quote(name)).join(', ')} from json_populate_recordset(null::${quote(table)}, $1::json)`
  const values = columns.map(({ name, type }) => `(r->>'${name.replaceAll("'", "''")}')::${type}`)
  return `${into} select ${values.join(', ')} from json_array_elements($1::json) r`
}
