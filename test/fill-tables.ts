import type { Pool } from '../server/kernel/db.ts'
import { tablesOf } from './fingerprints.ts'

// Every sign of the first plane of Unicode that ends a line, separates or controls, but for NUL, which PostgreSQL does not keep.
const signs = Array.from({ length: 0xffff }, (_, i) => String.fromCharCode(i + 1)).filter((sign) => /[\p{Z}\p{Cc}\p{Cf}]/u.test(sign))
/** Text as unlike a line of JSON as text can be, and short enough for an index. */
export const HOSTILE = `${signs.join('x')}"\\\\n\\u2028{}[],:\r\n\t'$1 \u{1f680}\uffff\u{10ffff}e\u0301`

type Column = { name: string; type: string; needed: boolean; parent: string | null; target: string | null; words: string[]; is?: string }

/** The columns of a table that have no default: what they refer to, and the words that a check allows them; `a` fits every pattern. */
async function columnsOf(pool: Pool, table: string): Promise<Column[]> {
  const { rows } = await pool.query<Omit<Column, 'words'> & { rules: string | null }>(`
    select a.attname as name, format_type(a.atttypid, null) as type, a.attnotnull as needed, f.parent, f.target, k.rules from pg_attribute a
    left join lateral (select confrelid::regclass::text as parent, t.attname as target from pg_constraint c
      join pg_attribute t on t.attrelid = c.confrelid and t.attnum = c.confkey[array_position(c.conkey, a.attnum)]
      where c.contype = 'f' and c.conrelid = a.attrelid and a.attnum = any (c.conkey) limit 1) f on true
    left join lateral (select string_agg(pg_get_constraintdef(c.oid), ' ') as rules from pg_constraint c
      where c.contype = 'c' and c.conrelid = a.attrelid and a.attnum = any (c.conkey)) k on true
    where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and not a.atthasdef and a.attidentity = '' and a.attgenerated = ''`, [`"${table}"`])
  return rows.map(({ rules, ...column }) => ({ ...column, words: [...(rules ?? '').matchAll(/'((?:[^']|'')*)'::text/g)].map(([, word]) => (word.startsWith('^') ? 'a' : word)) }))
}

const plain: Record<string, unknown> = {
  uuid: '01900000-0000-7000-8000-00000000000f', bytea: Buffer.from('\n\u2028\u0000\\'), date: '2026-02-28', boolean: true,
  jsonb: JSON.stringify({ [HOSTILE]: [HOSTILE, null, 1e300] }), json: '{"a" :\n\n null}', 'timestamp with time zone': '2026-01-02T03:04:05.678901Z',
}
const valueOf = ({ type, words, is }: Column) => is ?? (type === 'text' ? words[0] ?? HOSTILE : type.endsWith('[]') ? [] : plain[type] ?? 1)

/**
 * Puts a row into each table that has none, of the kind that its columns take; those that refer to others refer to
 * what is there, each to another where there are several.
 * @returns the tables that could not be filled, and why
 */
export async function fillTables(pool: Pool): Promise<string[]> {
  let left: { table: string; why: string }[] = (await tablesOf(pool)).map((table) => ({ table, why: '' }))
  for (let before = Infinity; left.length && left.length < before;) {
    before = left.length
    const failed: typeof left = []
    for (const { table } of left) {
      const why = await fill(pool, table)
      if (why) failed.push({ table, why })
    }
    left = failed
  }
  return left.map(({ table, why }) => `${table}: ${why}`)
}

/** What a kind of entry keeps belongs to entries of that kind: a new one, where the table is such a kind's. @returns its id */
async function entryOfKind(pool: Pool, table: string): Promise<string | null> {
  const { rows: [found] } = await pool.query<{ kind: string }>(`select substring(pg_get_expr(d.adbin, d.adrelid) from '''(.*)''') as kind from pg_attrdef d
    join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum where d.adrelid = $1::regclass and a.attname = 'kind'
      and exists (select from pg_constraint c where c.conrelid = d.adrelid and c.contype = 'f' and a.attnum = any (c.conkey))`, [`"${table}"`])
  if (!found) return null
  const { rows: [{ id }] } = await pool.query(`insert into entries select (jsonb_populate_record(null::entries, to_jsonb(e.*) || jsonb_build_object('id', gen_random_uuid(), 'kind', $1::text))).*
    from (select * from entries where kind = 'update' limit 1) e returning id`, [found.kind])
  return id
}

async function fill(pool: Pool, table: string): Promise<string | null> {
  if ((await pool.query(`select 1 from "${table}" limit 1`)).rowCount) return null
  const columns = await columnsOf(pool, table)
  const own = await entryOfKind(pool, table)
  const why = await fillOne(pool, table, columns, own)
  // What a kind keeps, twice: another table may tie two of them together, which must not be the same.
  if (own && !why) await fillOne(pool, table, columns, await entryOfKind(pool, table))
  return why
}

async function fillOne(pool: Pool, table: string, columns: Column[], own: string | null): Promise<string | null> {
  if (own) Object.assign(columns.find(({ name }) => name === 'entry_id')!, { parent: null, is: own })
  // A check may want columns to be unlike each other: then only what has to be there is.
  return (await insert(pool, table, columns)) && insert(pool, table, columns.filter(({ needed }) => needed))
}

async function insert(pool: Pool, table: string, columns: Column[]): Promise<string | null> {
  const values = columns.map((column, i) => (column.parent ? `(select "${column.target}" from ${column.parent} order by 1 offset ${i} % nullif((select count(*) from ${column.parent}), 0) limit 1)` : `$${i + 1}::${column.type}`))
  const given = columns.map(valueOf)
  try {
    // Not every place holder is used where a column refers to another table.
    const used = columns.flatMap((column, i) => (column.parent ? [] : [i]))
    const text = values.join(', ').replace(/\$(\d+)/g, (_, n) => `$${used.indexOf(n - 1) + 1}`)
    await pool.query(`insert into "${table}" (${columns.map(({ name }) => `"${name}"`).join(', ')}) values (${text})`, used.map((i) => given[i]))
    return null
  } catch (error) {
    return (error as Error).message
  }
}

/** Adds the hostile text to one row of every column of text, where the schema lets it. @returns how many took it */
export async function spoilTexts(pool: Pool): Promise<number> {
  const { rows } = await pool.query(`select table_name as table, column_name as name from information_schema.columns c
    where table_schema = 'public' and data_type = 'text' and table_name not like 'kysely%' and is_generated = 'NEVER'`)
  let taken = 0
  for (const { table, name } of rows) {
    const change = `update "${table}" set "${name}" = coalesce("${name}", '') || $1 where ctid = (select min(ctid) from "${table}")`
    taken += await pool.query(change, [HOSTILE]).then(({ rowCount }) => rowCount ?? 0, () => 0)
  }
  return taken
}
