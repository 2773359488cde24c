import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { idFloor } from '../../kernel/ids.ts'
import { beginOf, type Run } from '../../kernel/weeks.ts'
import { isHuman } from '../people/taking-part.ts'
import { isSpoken } from './kinds.ts'
import { visibleEntries } from './visibility.ts'

type Entries = ReturnType<typeof visibleEntries>

/**
 * The threads that people began in some weeks with what was answered in their first seven days, as the tables `heads` and
 * `turns` of a `with`; what figures about conversation are made of. All of it belongs to the week in which the thread
 * began, so that a week never changes once it can be told. Without programs, and without what nobody said.
 * @param narrow which of the visible entries
 */
export function conversations(ctx: Ctx, narrow: (entries: Entries) => SelectQueryBuilder<any, any, any>, from: number, to: number): RawBuilder<unknown> {
  const said = narrow(visibleEntries(ctx)).innerJoin('people as writer', 'writer.id', 'entries.author_id')
    .where(isHuman('writer')).where('entries.state', '=', 'published').where(isSpoken('entries'))
    .where('entries.id', '>=', idFloor(beginOf(from))).where('entries.id', '<', idFloor(beginOf(to + 2)))
    .select(['entries.id', 'entries.space_id', 'entries.root_id', 'entries.parent_id', 'entries.author_id', 'entries.created_at'])
  return sql`said as materialized (${said}),
    heads as materialized (
      select id, space_id, author_id, created_at, ${weekColumn} as week from said
      where root_id is null and ${weekColumn} between ${from}::int and ${to}::int),
    turns as materialized (
      select h.id as head, h.week, h.id, null::uuid as parent_id, h.author_id, h.author_id as head_author, h.created_at, h.created_at as begun from heads h
      union all
      select h.id, h.week, s.id, s.parent_id, s.author_id, h.author_id, s.created_at, h.created_at from said s join heads h on h.id = s.root_id
      where s.created_at < h.created_at + interval '7 days')`
}

const weekColumn = sql`floor(extract(epoch from created_at - timestamptz '1970-01-05 00:00:00Z') / 604800)::int`

/**
 * Which weeks belong to which run, as the table `runs` of a `with`; each table above is told only joined with it.
 * @example sql`with ${conversations(…)}, ${runsTable(runs)} select run, count(*) from heads join runs using (week) group by run`
 */
export function runsTable(runs: Run[]): RawBuilder<unknown> {
  const rows = runs.flatMap(({ from, to }, run) => Array.from({ length: to - from + 1 }, (_, i) => ({ week: from + i, run })))
  return sql`runs as materialized (select * from unnest(${rows.map((row) => row.week)}::int[], ${rows.map((row) => row.run)}::int[]) as r(week, run))`
}

/**
 * Runs a statement made of these tables. The planner cannot know how much a `with` holds, takes it for little and would
 * compare everything with everything; without that choice it stays linear.
 * @param ctx of a transaction (`inSnapshot`), which is what the choice is made for
 */
export async function count<T>(ctx: Ctx, statement: RawBuilder<T>): Promise<T[]> {
  if (!ctx.db.isTransaction) throw new Error('Count in a transaction: outside of one the planner is not told how.')
  await sql`set local enable_nestloop = off`.execute(ctx.db)
  await sql`set local jit = off`.execute(ctx.db)
  const { rows } = await statement.execute(ctx.db)
  await sql`set local enable_nestloop = on`.execute(ctx.db)
  return rows
}

/** The threads of `heads` that others answered, and how long that took, as the table `answered` of a `with`. */
export const answered = sql`answered as materialized (
  select head, min(created_at - begun) as wait from turns where author_id <> head_author group by head)`

/**
 * Who answered whom, as the table `links` of a `with`: an answer is to the author of what it stands under, else to whoever began
 * the thread; where that is its own author, to the one who spoke before.
 */
export const links = sql`links as materialized (
  select t.week, t.author_id as a, case when p.author_id <> t.author_id then p.author_id when t.head_author <> t.author_id then t.head_author
    when t.before <> t.author_id then t.before end as b
  from (select *, lag(author_id) over (partition by head order by id) as before from turns) t left join said p on p.id = t.parent_id
  where t.id <> t.head)`
