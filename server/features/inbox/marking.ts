import { sql } from 'kysely'
import type { InboxPort } from '../../core/reads/commands.ts'
import { readTo } from '../../core/reads/queries.ts'
import { isLetThrough } from './queries.ts'
import { inReadableSpace } from '../../core/spaces/visibility.ts'

/** The threads of the actor's inbox with something that no position has passed. */
export const unreadRoots: InboxPort['roots'] = async (ctx) => {
  // visible: inReadableSpace stands in it
  const { rows } = await sql<{ root_id: string }>`select distinct n.root_id from notifications n join entries e on e.id = n.entry_id and e.state = 'published'
    where n.person_id = ${ctx.actor.id} and not n.passed and ${isLetThrough('n')} and (n.moment <> n.entry_id or coalesce(e.id > ${readTo(ctx, 'e')}, true)) and ${inReadableSpace(ctx, 'e')(null as never)} order by n.root_id`.execute(ctx.db)
  return rows.map((row) => row.root_id)
}

/** What was told later of something that lay below a position already: no position says whether it was seen. */
export const toldLater: InboxPort['told'] = (ctx) => ctx.db.selectFrom('notifications').select(['entry_id', 'reason'])
  .where('person_id', '=', ctx.actor.id).where('passed', '=', false).whereRef('moment', '<>', 'entry_id').limit(1000).execute()

/** Counts again what lies above the positions of these spaces, after they went back, and what had been told later. */
export const unpass: InboxPort['restored'] = async (ctx, spaces, told) => {
  // not content: only ids are compared with the actor's own positions
  await sql`update notifications n set passed = coalesce(entries.id <= ${readTo(ctx, 'entries')}, false) from entries
    where n.person_id = ${ctx.actor.id} and n.space_id = any (${spaces}::uuid[]) and entries.id = n.entry_id and n.moment = n.entry_id`.execute(ctx.db)
  await sql`update notifications n set passed = false from json_to_recordset(${JSON.stringify(told)}::json) as t(entry_id uuid, reason text)
    where n.person_id = ${ctx.actor.id} and n.entry_id = t.entry_id and n.reason = t.reason`.execute(ctx.db)
}
