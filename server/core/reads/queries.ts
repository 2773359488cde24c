import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'

/** Counts stop here; the screen says "99+". */
export const MOST_UNREAD = 100

/**
 * The position up to which the viewer has read, for an entry alias: the thread's own position, else the space's.
 * An entry is unread when it is published, not the viewer's own, and its id lies above this.
 */
export const readTo = (ctx: Pick<Ctx, 'actor'>, entry: string) => readToOf(sql`${ctx.actor.id}::uuid`, entry)

/** The same for a person who is a column of the query. */
export const readToOf = (person: RawBuilder<unknown>, entry: string): RawBuilder<string> => sql<string>`coalesce(
  (select tr.read_to from thread_reads tr where tr.person_id = ${person} and tr.root_id = coalesce(${sql.ref(`${entry}.root_id`)}, ${sql.ref(`${entry}.id`)})),
  (select mr.read_to from memberships mr where mr.person_id = ${person} and mr.space_id = ${sql.ref(`${entry}.space_id`)}))`

/**
 * Whether a person (a value or a column) has read past an entry (an alias), by the position in its thread, or in its space if they were
 * in that when it was written: who comes later begins at its end, and has read nothing of it.
 */
export const hasBehind = (person: RawBuilder<unknown>, entry: string): RawBuilder<boolean> => sql<boolean>`coalesce(
  (select tb.read_to from thread_reads tb where tb.person_id = ${person} and tb.root_id = coalesce(${sql.ref(`${entry}.root_id`)}, ${sql.ref(`${entry}.id`)})),
  (select mb.read_to from memberships mb where mb.person_id = ${person} and mb.space_id = ${sql.ref(`${entry}.space_id`)} and mb.created_at <= ${sql.ref(`${entry}.created_at`)})) >= ${sql.ref(`${entry}.id`)}`

/**
 * How many entries of a space (a column such as 'spaces.id') are unread for the viewer, at most MOST_UNREAD; null for
 * spaces they have no membership in, or muted. What lies above the space's position, less the threads read further, plus the
 * threads marked unread below it.
 */
export const unreadIn = (ctx: Pick<Ctx, 'actor'>, space: string): RawBuilder<number | null> => {
  const me = ctx.actor.id
  // visible: counts inside the viewer's own memberships
  return sql<number | null>`(select (select count(*)::int from (
      (select 1 from entries e where e.space_id = um.space_id and e.id > um.read_to and e.author_id <> ${me} and e.state = 'published'
        and not exists (select from thread_reads t where t.person_id = ${me} and t.root_id = coalesce(e.root_id, e.id) and t.read_to >= e.id)
        and not ${isThreadMuted(sql`${me}::uuid`, sql`coalesce(e.root_id, e.id)`)}
        limit ${MOST_UNREAD})
      union all
      (select 1 from thread_reads t join entries e on (e.root_id = t.root_id or e.id = t.root_id) and e.space_id = um.space_id
        where t.person_id = ${me} and t.space_id = um.space_id and t.read_to < um.read_to
          and e.id > t.read_to and e.id <= um.read_to and e.author_id <> ${me} and e.state = 'published'
          and not ${isThreadMuted(sql`${me}::uuid`, sql`t.root_id`)}
        limit ${MOST_UNREAD})
      limit ${MOST_UNREAD}) unread)
    from memberships um where um.space_id = ${sql.ref(space)} and um.person_id = ${me} and um.muted_at is null)`
}

/** Whether a person muted a thread or the space that it stands in; all are columns or values. What is in it is unread to them nowhere. */
export const isMuted = (person: RawBuilder<unknown>, root: RawBuilder<unknown>, space: RawBuilder<unknown>): RawBuilder<boolean> =>
  sql<boolean>`(${isThreadMuted(person, root)} or exists (select from memberships mu where mu.person_id = ${person} and mu.space_id = ${space} and mu.muted_at is not null))`

const isThreadMuted = (person: RawBuilder<unknown>, root: RawBuilder<unknown>): RawBuilder<boolean> =>
  sql<boolean>`exists (select from thread_stances ms where ms.person_id = ${person} and ms.root_id = ${root} and ms.stance = 'muted')`

/** How many entries of a thread (alias of its root) are unread for the viewer; for those without a membership none is. */
export const unreadInThread = (ctx: Pick<Ctx, 'actor'>, root: string): RawBuilder<number> => sql<number>`
  (select count(*)::int from (select 1 from (
      select ur.id, ur.author_id, ur.state from entries ur where ur.root_id = ${sql.ref(`${root}.id`)} and ur.id > ${readTo(ctx, root)}
      union all select ${sql.ref(`${root}.id`)}, ${sql.ref(`${root}.author_id`)}, ${sql.ref(`${root}.state`)}
        where ${sql.ref(`${root}.id`)} > ${readTo(ctx, root)}) t
    where t.author_id <> ${ctx.actor.id} and t.state = 'published'
      and not ${isMuted(sql`${ctx.actor.id}::uuid`, sql.ref(`${root}.id`), sql.ref(`${root}.space_id`))} limit ${MOST_UNREAD}) unread)`

/** The unread counts of all spaces the viewer follows; spaces without any are left out. */
export async function unreadBySpace(ctx: Ctx): Promise<Record<string, number>> {
  const rows = await ctx.db.selectFrom('memberships as mine').where('mine.person_id', '=', ctx.actor.id)
    .select(['mine.space_id', unreadIn(ctx, 'mine.space_id').as('n')]).execute()
  return Object.fromEntries(rows.filter((row) => row.n).map((row) => [row.space_id, Number(row.n)]))
}

export async function unreadOf(ctx: Ctx, spaceId: string): Promise<number> {
  const row = await ctx.db.selectFrom('memberships as mine').where('mine.person_id', '=', ctx.actor.id).where('mine.space_id', '=', spaceId)
    .select(unreadIn(ctx, 'mine.space_id').as('n')).executeTakeFirst()
  return Number(row?.n ?? 0)
}

/** The part of an entry that says how its reader stands to the thread that it begins. */
export const stanceColumn = (person: string, entry: string): RawBuilder<unknown> =>
  sql`(select st.stance from thread_stances st where st.person_id = ${person} and st.root_id = ${sql.ref(`${entry}.id`)})`
