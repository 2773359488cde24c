import { sql } from 'kysely'
import { entriesById } from '../../core/entries/queries.ts'
import { MOST_UNREAD, readTo, readToOf } from '../../core/reads/queries.ts'
import { cardOfSpace, othersIn, surroundings } from '../../core/spaces/queries.ts'
import { inReadableSpace, mayReadAs, visibleSpaces } from '../../core/spaces/visibility.ts'
import type { Ctx } from '../../kernel/context.ts'
import { type PageQuery, toPage, uuidCursor } from '../../kernel/pages.ts'

// What a person was told of and may still read: the right is checked when it is read, not when it was noted.
const mine = (ctx: Ctx) =>
  // visible: inReadableSpace stands in the next line
  ctx.db.selectFrom('notifications').innerJoin('entries', 'entries.id', 'notifications.entry_id')
    .where('notifications.person_id', '=', ctx.actor.id).where(inReadableSpace(ctx)).where('entries.state', '=', 'published')

const isUnread = (ctx: Ctx) => sql<boolean>`(not notifications.passed and coalesce(entries.id > ${readTo(ctx, 'entries')}, true))`

/** How many threads of the inbox have something unread, at most MOST_UNREAD; only what no position has passed is looked at. */
export const countInbox = async (ctx: Ctx): Promise<number> => (await inboxCounts(ctx, [ctx.actor.id])).get(ctx.actor.id) ?? 0

/** The same of several people. */
export async function inboxCounts(ctx: Pick<Ctx, 'db'>, people: string[]): Promise<Map<string, number>> {
  if (!people.length) return new Map()
  const mayReadIt = mayReadAs({ id: sql.ref('p.id'), guest: sql<boolean>`p.role = 'guest'` }, 's')
  const { rows } = await sql<{ id: string; n: number }>`
    select p.id, (select count(*)::int from (select distinct n.root_id from notifications n
      -- visible: each person's own right to read stands in the where clause
      join entries e on e.id = n.entry_id join spaces s on s.id = e.space_id
      where n.person_id = p.id and not n.passed and e.state = 'published' and ${mayReadIt}
        and coalesce(e.id > ${readToOf(sql.ref('p.id'), 'e')}, true) limit ${MOST_UNREAD}) waiting) as n
    from people p where p.id = any (${[...new Set(people)]}::uuid[])`.execute(ctx.db)
  return new Map(rows.map(({ id, n }) => [id, n]))
}

/** What concerns the actor and why, one item a thread, the newest first. */
export async function listInbox(ctx: Ctx, { limit, before, after }: PageQuery) {
  const cursor = uuidCursor(before ?? after)
  const rows = await ctx.db.with('mine', () => mine(ctx).select(['notifications.root_id', 'entries.id', 'entries.space_id', 'reason', isUnread(ctx).as('unread')]))
    .selectFrom('mine').groupBy(['root_id', 'space_id']).select(['root_id', 'space_id',
      sql<string>`max(id::text)`.as('newest'), sql<number>`(count(distinct id) filter (where unread))::int`.as('unread'),
      sql<string[]>`array_agg(distinct reason)`.as('reasons'),
      sql<string[]>`(array_agg(distinct id order by id desc))[1:3]`.as('entries')])
    .$if(cursor !== undefined, (query) => query.having(sql<boolean>`max(id::text) < ${cursor}`))
    .orderBy('newest', 'desc').limit(limit + 1).execute()
  const entries = await entriesById(ctx, rows.flatMap((row) => [row.root_id, ...row.entries]))
  const spaces = await spaceCards(ctx, rows.map((row) => row.space_id))
  const page = toPage(rows, limit, (row) => row.newest, (row) => ({
    root: entries.get(row.root_id) ?? null, space_card: spaces.get(row.space_id)!, reasons: row.reasons,
    entries: row.entries.map((id) => entries.get(id)!).filter(Boolean), unread: row.unread, at: entries.get(row.newest)?.created_at,
  }))
  // A thread whose head was removed with nobody else's words in it has nothing to show.
  return { ...page, items: page.items.filter((item) => item.root !== null) }
}

async function spaceCards(ctx: Ctx, ids: string[]) {
  if (!ids.length) return new Map()
  const around = await surroundings(ctx)
  const rows = await visibleSpaces(ctx).where('spaces.id', 'in', ids)
    .select(['spaces.id', 'spaces.kind', 'spaces.visibility', 'spaces.name', 'spaces.member_count', othersIn(ctx).as('others')]).execute()
  return new Map(rows.map((row) => [row.id, cardOfSpace(row, around)]))
}

