import { type RawBuilder, sql } from 'kysely'

/** Does `work` with a thousand rows at a time: statements of that size are fast, and none grows with the archive. */
export async function inChunks<T>(rows: T[], work: (rows: T[]) => Promise<unknown>, size = 1000): Promise<void> {
  for (let from = 0; from < rows.length; from += size) await work(rows.slice(from, from + size))
}

/**
 * Objects as a table `r` for one statement.
 *
 *     sql`insert into t (id, name) select id, name from ${rowsOf(list, 'id uuid, name text')}`
 */
export const rowsOf = (rows: object[], columns: string) =>
  sql`json_to_recordset(${JSON.stringify(rows)}::json) as r(${sql.raw(columns)})`

/** A moment of a column as JSON has it, where a statement makes the JSON: `2026-11-30T08:00:00.000Z`. */
export const isoOf = (column: string): RawBuilder<string> => sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
