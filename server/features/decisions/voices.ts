import { type RawBuilder, sql } from 'kysely'
import { isHere, isHuman } from '../../core/people/taking-part.ts'
import { AS_READER } from '../../core/spaces/readers.ts'
import { mayReadAs } from '../../core/spaces/visibility.ts'
import type { Ctx } from '../../kernel/context.ts'

/** Whether a person `p` is one of those who decide a decision `d` in a space `s`: by name, while they may read it, or as its member. */
const isVoice = sql<boolean>`(${isHere('p')} and ${isHuman('p')} and case when d.deciders is null
  then exists (select from memberships dm where dm.space_id = s.id and dm.person_id = p.id)
  else p.id = any (d.deciders) and ${mayReadAs(AS_READER, 's')} end)`

// Members of the space are looked up from there, and not among everybody.
const voices = (decisions: RawBuilder<unknown>) => sql`
  select d.entry_id, p.id as person_id, d.state, d.method, d.reminded_at from decisions d join entries e on e.id = d.entry_id and e.state = 'published' -- not content: only who decides
  join spaces s on s.id = e.space_id cross join lateral (select unnest(d.deciders) as id where d.deciders is not null
    union all select m.person_id from memberships m where m.space_id = s.id and d.deciders is null) w
  join people p on p.id = w.id where d.entry_id = any (${decisions}) and ${isVoice}`

const isSilent = (voice: string) => sql<boolean>`not exists (select from decision_positions dp
  where dp.entry_id = ${sql.ref(`${voice}.entry_id`)} and dp.person_id = ${sql.ref(`${voice}.person_id`)} and dp.choice is not null)`

/**
 * Rows (entry_id, person_id) of those who were reminded and still owe these decisions something: a position until they are closed, or, who
 * alone decides, the outcome.
 */
export const debtors = (decisions: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select v.entry_id, v.person_id from (${voices(decisions)}) v where v.state = 'open' and v.method <> 'decider' and v.reminded_at is not null and ${isSilent('v')}
  union select d.entry_id, d.decider_id from decisions d where d.entry_id = any (${decisions}) and d.decider_id is not null and d.outcome_at is null
    and d.state in ('open', 'undecided') and (d.reminded_at is not null or d.closed_at is not null)`

/** Whether the actor is one of those who decide. */
export async function isAsked(ctx: Ctx, id: string): Promise<boolean> {
  const { rows } = await sql`select from decisions d join entries e on e.id = d.entry_id -- not content: only who decides
    join spaces s on s.id = e.space_id join people p on p.id = ${ctx.actor.id} where d.entry_id = ${id} and ${isVoice}`.execute(ctx.db)
  return rows.length > 0
}

/** How many of those who decide have not taken a position, and how many there are. */
export async function countOwed(ctx: Pick<Ctx, 'db'>, id: string): Promise<{ owed: number; asked: number }> {
  const { rows } = await sql<{ owed: number; asked: number }>`select count(*) filter (where ${isSilent('v')})::int as owed, count(*)::int as asked
    from (${voices(sql`array[${id}]::uuid[]`)}) v`.execute(ctx.db)
  return rows[0]
}
