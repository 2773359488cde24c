import { sql } from 'kysely'
import { readEntries, showEntry } from '../../core/entries/queries.ts'
import { isShown } from '../../core/entries/visibility.ts'
import { unreadInThread } from '../../core/reads/queries.ts'
import { cardOfSpace, surroundings } from '../../core/spaces/queries.ts'
import { mayRead } from '../../core/spaces/visibility.ts'
import type { Ctx } from '../../kernel/context.ts'
import { type PageQuery, toPage, uuidCursor } from '../../kernel/pages.ts'

export type HomeQuery = PageQuery & { unread?: boolean }

/**
 * Home: the threads of the spaces the actor follows, the newest activity first. One look per membership into the index
 * of feed entries (`lateral`), so that it costs as much as one follows and not as much as there is.
 */
export async function home(ctx: Ctx, { limit, before, after, unread }: HomeQuery) {
  const cursor = uuidCursor(before ?? after)
  // visible: ids only, of the actor's own memberships; the predicate is asked again below
  const newest = sql`select e.id, e.active_id from entries e where e.space_id = m.space_id and e.root_id is null and e.in_feed
      and (e.state = 'published' or e.reply_count > 0) ${cursor ? sql`and e.active_id < ${cursor}` : sql``}
      ${unread ? sql`and ${unreadInThread(ctx, 'e')} > 0` : sql``}
    order by e.active_id desc limit ${limit + 1}`
  const query = ctx.db.with('newest', (db) => db.selectFrom('memberships as m').where('m.person_id', '=', ctx.actor.id)
    .innerJoin(sql<{ id: string; active_id: string }>`lateral (${newest})`.as('n'), (join) => join.onTrue())
    .select(['n.id', 'n.active_id']).orderBy('n.active_id', 'desc').limit(limit + 1))
    // visible: mayRead and isShown stand in the next line
    .selectFrom('newest').innerJoin('entries', 'entries.id', 'newest.id').innerJoin('spaces', 'spaces.id', 'entries.space_id')
    .where(isShown).where(mayRead(ctx)).orderBy('newest.active_id', 'desc')
    .select([unreadInThread(ctx, 'entries').as('unread'),
      sql`json_build_object('id', spaces.id, 'name', spaces.name, 'kind', spaces.kind, 'visibility', spaces.visibility, 'member_count', spaces.member_count)`.as('space_row')])
  const [rows, around] = await Promise.all([readEntries(ctx, query as any), surroundings(ctx)])
  return toPage(rows, limit, (row: any) => row.active_id, ({ space_row, ...row }: any) =>
    ({ ...showEntry(row), space_card: cardOfSpace({ ...space_row, others: null }, around) }))
}
