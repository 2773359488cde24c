import type { Pool } from '../server/kernel/db.ts'

/** Every table with how many rows it has and a hash over all of them, and every sequence: equal for equal networks. */
export async function fingerprints(pool: Pool): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const name of await tablesOf(pool)) {
    const { rows: [row] } = await pool.query(`select count(*)::int as n, md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '')) as print from "${name}" t`)
    found[name] = `${row.n} ${row.print}`
  }
  const { rows } = await pool.query(`select sequencename as name, coalesce(last_value, 0) as value from pg_sequences where schemaname = 'public'`)
  for (const { name, value } of rows) found[name] = `at ${value}`
  return found
}

export async function tablesOf(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query(`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relpersistence = 'p'
    and relname not like 'kysely%' order by 1`)
  return rows.map((row) => row.name)
}
