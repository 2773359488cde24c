import type { Pool } from 'pg'

/** How many who work on this database wait for what another one holds: a row, a table, or the lock of a space ('advisory'). */
export const countWaiting = async (pool: Pool, what?: 'advisory'): Promise<number> =>
  (await pool.query<{ n: number }>(`select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and ($1::text is null or wait_event = $1)`, [what ?? null])).rows[0]!.n
