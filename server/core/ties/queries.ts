import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import type { TieChoices } from './schema.ts'
import { tieSources } from './sources.ts'

/** Who is part of the picture: people who are here, no bots, nobody who left it. @param person a column that holds an id */
export const isInPicture = (person: string): RawBuilder<boolean> => sql<boolean>`(exists (
    select from people pic where pic.id = ${sql.ref(person)} and pic.kind = 'person' and pic.state <> 'deactivated')
  and not exists (select from tie_choices pic where pic.person_id = ${sql.ref(person)} and not pic.in_network))`

/** What the actor decided, or what holds by default. */
export async function findTieChoices(ctx: Ctx): Promise<TieChoices> {
  const row = await ctx.db.selectFrom('tie_choices').select(['in_network', 'count_direct']).where('person_id', '=', ctx.actor.id).executeTakeFirst()
  return row ?? { in_network: true, count_direct: true }
}

/** Who is tied to whom: people by their place in `people`, and what their tie weighs. Undirected, each pair once. */
export type TieGraph = { people: string[]; from: Uint32Array; to: Uint32Array; weights: Float64Array }

/** After so many days a tie weighs half. */
export const HALF_LIFE_DAYS = 60

/**
 * The network as it is at a moment: of each pair, week and kind ln(1 + count) times the weight of the kind, halved for
 * each half-life that lies between. Ties of long ago, which weigh next to nothing, are left out.
 * @param at a day, `2026-11-22`
 */
export async function loadTies(ctx: Pick<Ctx, 'db'>, at: string, halfLife = HALF_LIFE_DAYS): Promise<TieGraph> {
  const { rows } = await sql<{ day: string | null }>`select least(${at}::date, max(week))::text as day from ties where week <= ${at}::date`.execute(ctx.db)
  const fading = sql`power(0.5, (${at}::date - t.week)::float8 / ${halfLife}::float8)`
  // A history that ended long ago is left out no sooner: what counts is what its parts weigh beside each other.
  return load(ctx, fading, sql`t.week <= ${at}::date and t.week > ${rows[0].day ?? at}::date - ${Math.ceil(halfLife * 10)}::int`)
}

/** The network of one month, `2026-11`: of the weeks that began in it. */
export const loadTiesOfMonth = (ctx: Pick<Ctx, 'db'>, month: string): Promise<TieGraph> =>
  load(ctx, sql`1`, sql`t.week >= ${`${month}-01`}::date and t.week < ${`${month}-01`}::date + interval '1 month'`)

async function load(ctx: Pick<Ctx, 'db'>, fading: RawBuilder<unknown>, when: RawBuilder<unknown>): Promise<TieGraph> {
  const weights = JSON.stringify(Object.fromEntries([...tieSources().map(({ kind, weight }) => [kind, weight]), ['import', 1]]))
  const { rows } = await sql<{ a: string; b: string; weight: number }>`
    select least(t.from_id, t.to_id) as a, greatest(t.from_id, t.to_id) as b,
      sum(ln(1 + count) * coalesce((${weights}::jsonb ->> t.kind)::float8, 1) * ${fading}) as weight
    from ties t where ${isInPicture('t.from_id')} and ${isInPicture('t.to_id')} and ${when}
    group by 1, 2 order by 1, 2`.execute(ctx.db)
  const places = new Map<string, number>()
  const place = (id: string) => places.get(id) ?? (places.set(id, places.size), places.size - 1)
  const from = Uint32Array.from(rows, (row) => place(row.a))
  const to = Uint32Array.from(rows, (row) => place(row.b))
  return { people: [...places.keys()], from, to, weights: Float64Array.from(rows, (row) => row.weight) }
}
