import { sql } from 'kysely'
import type { WriteHook, Written } from '../../core/entries/hooks.ts'
import { visiblePeople } from '../../core/people/queries.ts'
import type { Shared } from '../../kernel/context.ts'
import { read } from '../../kernel/reading.ts'

/** Whom an entry names elsewhere, and by what handle in its words. */
export type BroughtMention = { person_id: string; handle: string }

type Row = BroughtMention & { entry_id: string }
type Named = { entry_id: string; writer: Written['entry']['writer']; handles: string[] }

/**
 * Notes whom entries mention: people their writers may know of. Others' handles stay mere words. Of what comes from elsewhere
 * it may be known whom it named there; then a handle in the words, that means somebody else here, says nothing.
 */
export const recordMentions: WriteHook = async (ctx, written) => {
  const again = written.filter(({ isNew }) => !isNew).map(({ entry }) => entry.id)
  if (again.length) await sql`delete from mentions where entry_id = any (${again}::uuid[])`.execute(ctx.db)
  const rows: Row[] = []
  const named: Named[] = []
  for (const { entry, brought } of written) {
    if (brought?.mentions) rows.push(...brought.mentions.map((one) => ({ ...one, entry_id: entry.id })))
    else if (/[@＠﹫]/.test(entry.body)) named.push({ entry_id: entry.id, writer: entry.writer, handles: (await read('findMentions', entry.body)).slice(0, 100) })
  }
  // Members know everybody, so that one look is enough for all of them.
  for (const group of Map.groupBy(named.filter(({ handles }) => handles.length), ({ writer }) => (writer.role === 'guest' ? writer.id : '')).values())
    rows.push(...await findNamed(ctx, group))
  // Two of those who were named elsewhere may be one person here.
  if (rows.length)
    await sql`insert into mentions (entry_id, person_id, handle) select * from unnest(${rows.map((row) => row.entry_id)}::uuid[],
      ${rows.map((row) => row.person_id)}::uuid[], ${rows.map((row) => row.handle)}::text[]) on conflict do nothing`.execute(ctx.db)
  return rows.map((row) => row.entry_id)
}

async function findNamed(ctx: Shared, group: Named[]): Promise<Row[]> {
  const handles = [...new Set(group.flatMap((one) => one.handles))]
  const people = await visiblePeople({ ...ctx, actor: group[0].writer }).select(['people.id', 'handle'])
    .where(sql<boolean>`handle = any (${handles}::text[])`).where('stands_for', 'is', null).execute()
  const byHandle = new Map(people.map(({ id, handle }) => [handle, id]))
  return group.flatMap(({ entry_id, handles }) => handles.flatMap((handle) => (byHandle.has(handle) ? [{ entry_id, person_id: byHandle.get(handle)!, handle }] : [])))
}
