import { type RawBuilder, sql } from 'kysely'
import { pageOfEntries } from '../../core/entries/reading.ts'
import { isShown } from '../../core/entries/visibility.ts'
import { unreadInThread } from '../../core/reads/queries.ts'
import { aroundColumn, cardOfSpace } from '../../core/spaces/queries.ts'
import type { SpaceView } from '../../core/spaces/schema.ts'
import { mayRead } from '../../core/spaces/visibility.ts'
import type { Ctx } from '../../kernel/context.ts'
import { ZERO_ID } from '../../kernel/ids.ts'
import { type PageQuery, uuidCursor } from '../../kernel/pages.ts'

export type HomeQuery = PageQuery & { unread?: boolean }

/**
 * Home: the threads of the spaces the actor follows and did not mute, the newest activity first. It looks into the index of feed entries once
 * or twice per membership (`lateral`), so that it costs as much as one follows and not as much as there is.
 */
export async function home(ctx: Ctx, { limit, before, after, unread }: HomeQuery) {
  const cursor = uuidCursor(before ?? after)
  const query = ctx.db.with('newest', () => (unread ? newestUnread : newestThreads)(ctx, limit + 1, cursor) as never)
    // visible: mayRead and isShown stand in the next line
    .selectFrom('newest').innerJoin('entries', 'entries.id', 'newest.id').innerJoin('spaces', 'spaces.id', 'entries.space_id')
    .where(isShown).where(mayRead(ctx)).orderBy('newest.active_id', 'desc')
  return pageOfEntries(ctx, query as never, limit, {
    key: sql<string>`newest.active_id`, unread: unreadInThread(ctx, 'entries'), space: spaceColumn, around: aroundColumn,
  }, (entry, more) => ({ ...entry, unread: more.unread, space_card: cardOfSpace({ ...more.space, others: null }, more.around) }))
}

const spaceColumn = sql<Pick<SpaceView, 'id' | 'name' | 'kind' | 'visibility' | 'member_count'> & { guest_count: number }>`json_build_object('id', spaces.id,
  'name', spaces.name, 'kind', spaces.kind, 'visibility', spaces.visibility, 'member_count', spaces.member_count, 'guest_count', spaces.guest_count)`

type Newest = { id: string; active_id: string }

const isHead = (cursor?: string) => sql`e.space_id = m.space_id and e.root_id is null and e.in_feed and (e.state = 'published' or e.reply_count > 0)
  ${cursor ? sql`and e.active_id < ${cursor}` : sql``}`

const ofMine = (ctx: Ctx, ofSpace: RawBuilder<Newest>, most: number) => sql<Newest>`select n.id, n.active_id from memberships m
  cross join lateral (${ofSpace}) n where m.person_id = ${ctx.actor.id} and m.muted_at is null order by n.active_id desc limit ${most}`

// Each space may have all of the page, but hardly any has: the newest few of each tell how far down it is worth looking.
const FEW = 2
const newestThreads = (ctx: Ctx, most: number, cursor?: string) => {
  // visible: ids only, of the actor's own memberships (`m`); the predicate is asked again with the whole entries
  const heads = (limit: number, more = sql``) => sql<Newest>`select e.id, e.active_id from entries e where ${isHead(cursor)} ${more} order by e.active_id desc limit ${limit}`
  return sql`(with few as materialized (${ofMine(ctx, heads(FEW), most)})
    ${ofMine(ctx, heads(most, sql`and e.active_id >= coalesce((select active_id from few order by active_id desc offset ${most - 1} limit 1), ${ZERO_ID}::uuid)`), most)})`
}

/**
 * Asked whether it is unread is only what can be: threads with something above the space's position, and those that were
 * marked unread below it. So it costs as much as is new, and not as much as was ever read.
 */
const newestUnread = (ctx: Ctx, most: number, cursor?: string) => sql`(${ofMine(ctx, sql<Newest>`select * from (
  -- visible: ids only, as above
  (select e.id, e.active_id from entries e where ${isHead(cursor)} and e.active_id > m.read_to
    and ${unreadInThread(ctx, 'e')} > 0 order by e.active_id desc limit ${most})
  union all
  -- visible: ids only, as above
  (select e.id, e.active_id from thread_reads t join entries e on e.id = t.root_id where t.person_id = m.person_id and t.space_id = m.space_id
    and t.read_to < m.read_to and ${isHead(cursor)} and e.active_id <= m.read_to
    and ${unreadInThread(ctx, 'e')} > 0 order by e.active_id desc limit ${most})
  ) unread order by active_id desc limit ${most}`, most)})`
