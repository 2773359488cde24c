import { sql } from 'kysely'
import { entryPublished } from '../../core/entries/events.ts'
import type { TellAbout } from '../../core/entries/telling.ts'
import { emit } from '../../kernel/events.ts'
import { newId, timeOf } from '../../kernel/ids.ts'

/** A quiet line under a person's name, wherever they talk with others and not everybody reads along. */
export const tellByNotice: TellAbout = async (ctx, person, { type, body }) => {
  // not content: which spaces a person is in; locked in one order, so that ids ascend in the order of commits
  const { rows } = await sql<{ id: string }>`
    select id, pg_advisory_xact_lock(hashtextextended(id::text, 0)) from (
      -- not content: as above
      select s.id from spaces s join memberships m on m.space_id = s.id
      where m.person_id = ${person} and s.visibility <> 'open' order by s.id) s`.execute(ctx.db)
  if (!rows.length) return
  const lines = rows.map((space) => ({ id: newId(), space_id: space.id }))
  await ctx.db.insertInto('entries').values(lines.map(({ id, space_id }) => ({
    id, space_id, kind: 'notice', root_id: null, parent_id: null, author_id: person, title: '', body, in_feed: false,
    active_id: id, edited_at: null, created_at: new Date(timeOf(id)).toISOString(),
  }))).execute()
  await ctx.db.insertInto('notices').values(lines.map(({ id }) => ({ entry_id: id, type }))).execute()
  for (const { id, space_id } of lines) await emit(ctx, entryPublished, { space_id, entry_id: id }, { kind: 'notice', root: null })
}
