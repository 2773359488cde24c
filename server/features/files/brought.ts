import { sql } from 'kysely'
import type { TakeBrought } from '../../core/entries/hooks.ts'
import { rowsOf } from '../../kernel/rows.ts'

/**
 * A file that an entry has elsewhere: a record, whose content comes later (`fillRecords`) or never.
 * `id`: made of what it is called there, so that it is the same each time.
 */
export type BroughtFile = { id: string; name: string; type: string; size: number; width: number | null; height: number | null; at: string }

/** Keeps records of files that came with entries; of those that came before it takes away what is not there any more. What has its content keeps it. */
export const takeRecords: TakeBrought<'files'> = async (ctx, carried) => {
  const given = carried.flatMap(({ entry, value }) => value.map((file, position) => ({ ...file, entry_id: entry.id, owner_id: entry.writer.id, position })))
  const rows = rowsOf(given, 'id uuid, entry_id uuid, owner_id uuid, name text, type text, size bigint, width int, height int, position int, at timestamptz')
  const again = carried.filter(({ isNew }) => !isNew).map(({ entry }) => entry.id)
  if (again.length)
    await sql`delete from files f using entry_files ef where ef.file_id = f.id and ef.entry_id = any (${again}::uuid[])
      and not (f.state = 'stored' and exists (select from ${rows} where r.id = f.id and r.entry_id = ef.entry_id))`.execute(ctx.db)
  if (given.length)
    await sql`with fresh as (select * from ${rows} where not exists (select from entry_files ef where ef.entry_id = r.entry_id and ef.file_id = r.id)),
      made as (insert into files (id, owner_id, name, type, size, width, height, state, created_at)
        select id, owner_id, name, type, size, width, height, 'record', at from fresh)
      insert into entry_files (entry_id, file_id, position) select entry_id, id, position from fresh`.execute(ctx.db)
}
