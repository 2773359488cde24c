import { type RawBuilder, sql } from 'kysely'
import { entriesById } from '../../core/entries/queries.ts'
import { evenMuted } from '../../core/entries/reasons.ts'
import type { InboxPort } from '../../core/reads/commands.ts'
import { isMuted, MOST_UNREAD, readToOf } from '../../core/reads/queries.ts'
import { cardsOfSpaces } from '../../core/spaces/queries.ts'
import { inReadableSpace, mayReadAs } from '../../core/spaces/visibility.ts'
import type { Ctx } from '../../kernel/context.ts'
import { LAST_ID, timeOf } from '../../kernel/ids.ts'
import { type PageQuery, toPage, uuidCursor } from '../../kernel/pages.ts'

// Whether it is unread: by the position, or, told of what lay below it, until somebody came by again.
const isNews = (person: RawBuilder<unknown>) => sql<boolean>`(n.moment <> n.entry_id or coalesce(e.id > ${readToOf(person, 'e')}, true))`

/** Whether a notification (an alias of it) is let through: by its reason, or because its person muted neither thread nor space. */
export const isLetThrough = (n: string) => sql<boolean>`(${sql.ref(`${n}.reason`)} = any (${evenMuted()}::text[]) or not ${isMuted(sql.ref(`${n}.person_id`), sql.ref(`${n}.root_id`), sql.ref(`${n}.space_id`))})`

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
      where n.person_id = p.id and not n.passed and e.state = 'published' and ${isLetThrough('n')} and ${mayReadIt}
        and ${isNews(sql.ref('p.id'))} limit ${MOST_UNREAD}) waiting) as n
    from people p where p.id = any (${[...new Set(people)]}::uuid[])`.execute(ctx.db)
  return new Map(rows.map(({ id, n }) => [id, n]))
}

// A thread that told somebody more than this shows why by the newest of it.
const MOST_OF_THREAD = 1000

/** What concerns the actor and why, one item a thread, the newest first. */
export async function listInbox(ctx: Ctx, { limit, before, after }: PageQuery) {
  const { rows } = await sql<Item>`
    with heads as materialized (${heads(ctx, uuidCursor(before ?? after), limit + 1)})
    select h.*, d.* from heads h cross join lateral (
      with told as (select n.entry_id, n.moment, n.reason from notifications n join entries e on e.id = n.entry_id -- visible: heads are of spaces the actor reads
        where n.person_id = ${ctx.actor.id} and n.root_id = h.root_id and e.state = 'published' and ${isLetThrough('n')} order by n.moment desc limit ${MOST_OF_THREAD})
      select array(select distinct reason from told order by 1) as reasons,
        array(select entry_id from told group by 1 order by max(moment::text) desc, entry_id desc limit 3) as entries,
        (select count(*)::int from (select distinct n.entry_id from notifications n join entries e on e.id = n.entry_id -- visible: as above
          where n.person_id = ${ctx.actor.id} and n.root_id = h.root_id and not n.passed and e.state = 'published' and ${isLetThrough('n')} and ${isNews(sql`${ctx.actor.id}::uuid`)}
          limit ${MOST_UNREAD}) u) as unread) d
    order by h.moment desc`.execute(ctx.db)
  const entries = await entriesById(ctx, rows.flatMap((row) => [row.root_id, ...row.entries]))
  const spaces = await cardsOfSpaces(ctx, rows.map((row) => row.space_id))
  const page = toPage(rows, limit, (row) => row.moment, (row) => ({
    root: entries.get(row.root_id) ?? null, space_card: spaces.get(row.space_id)!, reasons: row.reasons,
    entries: row.entries.map((id) => entries.get(id)!).filter(Boolean), unread: row.unread, at: new Date(timeOf(row.moment)).toISOString(),
  }))
  // A thread whose head was removed with nobody else's words in it has nothing to show.
  return { ...page, items: page.items.filter((item) => item.root !== null) }
}

type Item = { root_id: string; space_id: string; moment: string; reasons: string[]; entries: string[]; unread: number }

/**
 * The newest of each thread, from the newest thread on: a walk along an index that goes from thread to thread, and leaves those
 * behind that a page before has shown. The right is checked when it is read, not when it was noted.
 */
const heads = (ctx: Ctx, cursor: string | undefined, limit: number) => sql`
  select root_id, space_id, moment from (with recursive walk as (
    select null::uuid as root_id, null::uuid as space_id, ${cursor ?? LAST_ID}::uuid as moment, '{}'::uuid[] as seen, false as is_head, 0 as found
    union all
    select next.root_id, next.space_id, next.moment, w.seen || next.root_id, next.is_head, w.found + next.is_head::int
    from walk w cross join lateral (
      select n.root_id, n.space_id, n.moment, ${cursor ? sql`not exists (select from notifications l join entries le on le.id = l.entry_id -- not content: whether a page before had it
          where l.person_id = n.person_id and l.root_id = n.root_id and l.moment >= ${cursor} and le.state = 'published' and ${isLetThrough('l')})` : sql`true`} as is_head
      from notifications n join entries on entries.id = n.entry_id -- visible: inReadableSpace stands in the where clause
      where n.person_id = ${ctx.actor.id} and n.moment < w.moment and n.root_id <> all (w.seen) and entries.state = 'published' and ${isLetThrough('n')} and ${inReadableSpace(ctx)(null as never)}
      order by n.moment desc limit 1) next
    where w.found < ${limit}) select * from walk) walked where is_head`

/** Of a thread the last entry of which something was told later and not seen since. */
export const waitingIn: InboxPort['waiting'] = (ctx, root) => sql<string | null>`(select n.entry_id from notifications n
  where n.person_id = ${ctx.actor.id} and n.root_id = ${sql.ref(`${root}.id`)} and not n.passed and n.moment <> n.entry_id order by n.entry_id desc limit 1)`
