import { type RawBuilder, sql } from 'kysely'
import type { Ctx, Host } from '../../kernel/context.ts'
import { isHuman, takesPart } from '../people/taking-part.ts'
import type { TieChoices } from './schema.ts'
import { tieWeights } from './sources.ts'

/** Who is part of the picture: people who are here, no bots, nobody who left it. @param person a column that holds an id */
export const isInPicture = (person: string): RawBuilder<boolean> => sql<boolean>`(exists (
    select from people pic where pic.id = ${sql.ref(person)} and ${isHuman('pic')} and ${takesPart('pic')})
  and not exists (select from tie_choices pic where pic.person_id = ${sql.ref(person)} and not pic.in_network))`

/** What the actor decided, or what holds by default. */
export async function findTieChoices(ctx: Ctx): Promise<TieChoices> {
  const row = await ctx.db.selectFrom('tie_choices').select(['in_network', 'count_direct']).where('person_id', '=', ctx.actor.id).executeTakeFirst()
  return row ?? { in_network: true, count_direct: false }
}

type Source = Pick<Host, 'db' | 'config'>

/**
 * The ties of the actor that they know of, as rows `(other, week, count)`: whom they turned to themself, and who turned to them
 * where they read it for certain; for guests, who do not read open spaces, only the former. That somebody names them where they
 * cannot read must show nowhere.
 */
export const ownTies = (ctx: Ctx): RawBuilder<unknown> => sql`(
  select to_id as other, week, count from ties where from_id = ${ctx.actor.id}
  union all select from_id, week, count from ties where to_id = ${ctx.actor.id} and open and ${ctx.actor.role !== 'guest'}::boolean)`

/** Who is tied to whom: people by their place in `people`, and what their tie weighs. Undirected, each pair once. */
export type TieGraph = { people: string[]; from: Uint32Array; to: Uint32Array; weights: Float64Array }

/** What may count: everything, for what is told of eight people or more only, or what every member of the network may read. */
type Of = { together: RawBuilder<unknown>; which: RawBuilder<unknown>; pairs: RawBuilder<unknown> }
const ALL: Of = { together: sql`s.visibility <> 'secret'`, which: sql`true`, pairs: sql`true` }
// Of those alone who both turned to each other: whoever only talks at somebody is not somebody they talk with.
const OPEN: Of = { together: sql`s.visibility = 'open'`, which: sql`t.open`, pairs: sql`count(distinct t.from_id) = 2` }

/**
 * The network as it is at a moment, private ties included: only for what is told of eight people or more. Of each pair, week
 * and kind ln(1 + count) times the weight of the kind, halved for each half-life that lies between; somewhat more for those who
 * are in the same small spaces. Ties of long ago, which weigh next to nothing, are left out.
 * @param at a day, `2026-11-22`
 */
export const loadTies = (ctx: Source, at: string): Promise<TieGraph> => loadAt(ctx, at, ALL)

/**
 * The network as every member may read it: ties in open spaces, of those who turned to each other both ways. All that is told
 * of particular people is made of this one, so that nothing in it depends on what the reader may not read.
 */
export const loadOpenTies = (ctx: Source, at: string): Promise<TieGraph> => loadAt(ctx, at, OPEN)

async function loadAt(ctx: Source, at: string, of: Of): Promise<TieGraph> {
  const halfLife = ctx.config.tieHalfLife
  const { rows } = await sql<{ day: string | null }>`select least(${at}::date, max(week))::text as day from ties t where week <= ${at}::date and ${of.which}`.execute(ctx.db)
  const fading = sql`power(0.5, (${at}::date - t.week)::float8 / ${halfLife}::float8)`
  // A history that ended long ago is left out no sooner: what counts is what its parts weigh beside each other.
  return load(ctx, of, { fading, isNow: true }, sql`t.week <= ${at}::date and t.week > ${rows[0].day ?? at}::date - ${Math.ceil(halfLife * 10)}::int`)
}

// What being in one space with one other person adds to a tie, and up to how many members it says anything.
const TOGETHER = 0.3
const SMALL_SPACE = 30

/**
 * What pairs have by the spaces both are in, as the table `together`: each space as much as it has members beside oneself
 * (M. E. J. Newman, "Scientific collaboration networks II", 2001), small ones only. It adds to ties, makes none, and fades with the last word.
 */
const together = (of: Of) => sql`together as materialized (
  select m.person_id as a, o.person_id as b, sum(${TOGETHER}::float8 / (s.member_count - 1)) as weight
  -- not content: who is in the same space
  from spaces s join memberships m on m.space_id = s.id join memberships o on o.space_id = s.id and o.person_id > m.person_id
  where s.kind = 'community' and s.state = 'active' and ${of.together} and s.member_count between 2 and ${SMALL_SPACE} group by 1, 2)`

/** The network of one month, `2026-11`: of the weeks that began in it, with private ties as in `loadTies`. */
export const loadTiesOfMonth = (ctx: Source, month: string): Promise<TieGraph> =>
  load(ctx, ALL, { fading: sql`1`, isNow: false }, sql`t.week >= ${`${month}-01`}::date and t.week < ${`${month}-01`}::date + interval '1 month'`)

async function load(ctx: Source, of: Of, { fading, isNow }: { fading: RawBuilder<unknown>; isNow: boolean }, when: RawBuilder<unknown>): Promise<TieGraph> {
  const weights = JSON.stringify(tieWeights(ctx.config))
  const { rows } = await sql<{ a: string; b: string; weight: number }>`
    with ${together(of)}, turned as materialized (
    select least(t.from_id, t.to_id) as a, greatest(t.from_id, t.to_id) as b,
      sum(ln(1 + count) * coalesce((${weights}::jsonb ->> t.kind)::float8, 1) * ${fading}) as weight, max(${fading}) as recent
    from ties t where ${isInPicture('t.from_id')} and ${isInPicture('t.to_id')} and ${of.which} and ${when}
    group by 1, 2 having ${of.pairs})
    select t.a, t.b, t.weight + case when ${isNow} then coalesce(g.weight, 0) * t.recent else 0 end as weight
    from turned t left join together g on g.a = t.a and g.b = t.b where t.weight > 0 order by 1, 2`.execute(ctx.db)
  const places = new Map<string, number>()
  const place = (id: string) => places.get(id) ?? (places.set(id, places.size), places.size - 1)
  const from = Uint32Array.from(rows, (row) => place(row.a))
  const to = Uint32Array.from(rows, (row) => place(row.b))
  return { people: [...places.keys()], from, to, weights: Float64Array.from(rows, (row) => row.weight) }
}
