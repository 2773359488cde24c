import { sql } from 'kysely'
import { findKind, type Begun } from '../../core/entries/kinds.ts'
import { putEntries } from '../../core/entries/put.ts'
import type { TellAbout } from '../../core/entries/telling.ts'
import { ofNow, type WritableSpace } from '../../core/entries/write.ts'
import type { Shared } from '../../kernel/context.ts'

/** Keeps of what sort quiet lines are. */
export const keepNotices = (ctx: Shared, begun: Begun<{ type: string }>[]) =>
  ctx.db.insertInto('notices').columns(['entry_id', 'type']).expression(sql`select * from unnest(${begun.map(({ entry }) => entry.id)}::uuid[],
    ${begun.map(({ input }) => input.type)}::text[])` as never).execute()

export const dropNotices = (ctx: Shared, ids: string[]) => sql`delete from notices where entry_id = any (${ids}::uuid[])`.execute(ctx.db)

/** A quiet line under a person's name, wherever they talk with others and not everybody reads along. */
export const tellByNotice: TellAbout = async (ctx, person, { type, body }) => {
  // not content: which spaces a person is in; locked in one order, so that ids ascend in the order of commits
  const { rows: theirs } = await sql<{ id: string }>`
    select id, pg_advisory_xact_lock(hashtextextended(id::text, 0)) from (
      -- not content: as above
      select s.id from spaces s join memberships m on m.space_id = s.id
      where m.person_id = ${person} and s.visibility <> 'open' order by s.id) s`.execute(ctx.db)
  if (!theirs.length) return
  const { rows: spaces } = await sql<WritableSpace>`select s.id, s.kind, s.visibility, (
      -- not content: above which id to write
      select e.id from entries e where e.space_id = s.id order by e.id desc limit 1) as newest
    -- not content: where to write
    from unnest(${theirs.map(({ id }) => id)}::uuid[]) t(id) join spaces s on s.id = t.id order by s.id`.execute(ctx.db)
  const actor = { id: person, role: 'member' as const, session: null }
  await putEntries(ctx, ofNow(spaces.map((space) => ({ actor, space, kind: findKind('notice')!, title: '', body, files: [], root: null, parent: null, more: { type } }))))
}
