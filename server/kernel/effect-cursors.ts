import { sql } from 'kysely'
import type { Ctx, Host } from './context.ts'
import type { Effect } from './effects.ts'
import type { LoggedEvent } from './events.ts'

// One look passes over no more facts than this, also when nobody hears them.
const SPAN = 100_000

type Begins = Pick<Effect, 'name' | 'from'>
type Named = Pick<Effect, 'name'>

/**
 * Where every effect is in the log. One that was never seen here is noted down first, where it begins: whoever comes
 * second finds it there, and it does not begin anew.
 */
export async function meetEffects(host: Host, effects: Begins[]): Promise<Map<string, number>> {
  const names = effects.map(({ name }) => name)
  await sql`insert into effect_cursors (effect, seq)
    select effect, case when begins = 'now' then (select coalesce(max(seq), 0) from events) else 0 end
    from unnest(${names}::text[], ${effects.map(({ from }) => from)}::text[]) as e (effect, begins) on conflict do nothing`.execute(host.db)
  const rows = await host.db.selectFrom('effect_cursors').selectAll().where('effect', 'in', names).execute()
  return new Map(rows.map(({ effect, seq }) => [effect, seq]))
}

/**
 * The next facts that any of these effects hears.
 * @returns at most `limit` facts after `from`, and the number `to` up to which there are no others
 */
export async function readFacts(host: Host, effects: Effect[], from: number, newest: number, limit: number): Promise<{ facts: LoggedEvent[]; to: number }> {
  const typesOf = (some: Effect[]) => [...new Set(some.flatMap(({ on }) => on.map(({ type }) => type)))]
  const end = Math.min(newest, from + SPAN)
  const { rows: facts } = await sql<LoggedEvent>`select * from events where seq > ${from} and seq <= ${end}
    and (type = any(${typesOf(effects.filter(({ history }) => history))}) or (not quiet and type = any(${typesOf(effects)})))
    order by seq limit ${limit}`.execute(host.db)
  return { facts, to: facts.length < limit ? end : facts.at(-1)!.seq }
}

/** The cursor of an effect is before the place where it was: a crash of the database took the end of its work along. */
export class WentBack extends Error {
  readonly seq: number
  constructor(seq: number) {
    super(`The effect is at ${seq} again.`)
    this.seq = seq
  }
}

/**
 * Of these facts the ones that the effect has not heard yet; nobody else tells it any until this transaction ends.
 * @param saved where it was when it was last saved
 * @throws WentBack when it is no longer there
 */
export async function take<F extends { seq: number }>(ctx: Ctx, { name }: Named, facts: F[], saved: number): Promise<F[]> {
  const cursor = await ctx.db.selectFrom('effect_cursors').select('seq').where('effect', '=', name).forUpdate().executeTakeFirst()
  const at = cursor?.seq ?? 0
  if (at < saved) throw new WentBack(at)
  return facts.filter(({ seq }) => seq > at)
}

/** The effect has heard everything up to `seq`; a cursor never goes back. */
export const remember = (ctx: Ctx, { name }: Named, seq: number) =>
  ctx.db.insertInto('effect_cursors').values({ effect: name, seq })
    .onConflict((c) => c.column('effect').doUpdateSet({ seq: sql`greatest(effect_cursors.seq, excluded.seq)` })).execute()

/**
 * Moves on the cursors of effects that heard nothing for long; one that is just being moved by somebody needs it not, and
 * one that went back stays there.
 */
export async function saveIdle(host: Host, idle: { effect: string; seq: number; saved: number }[]): Promise<void> {
  const column = <K extends 'effect' | 'seq' | 'saved'>(name: K) => idle.map((one) => one[name])
  await sql`with free as (select effect from effect_cursors where effect = any(${column('effect')}) for update skip locked)
    update effect_cursors c set seq = greatest(c.seq, i.seq)
    from unnest(${column('effect')}::text[], ${column('seq')}::bigint[], ${column('saved')}::bigint[]) as i (effect, seq, saved), free
    where c.effect = i.effect and c.effect = free.effect and c.seq >= i.saved`.execute(host.db)
}
