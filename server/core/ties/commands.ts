import { sql } from 'kysely'
import { type Ctx, type Host, inTransaction, SYSTEM } from '../../kernel/context.ts'
import { emit } from '../../kernel/events.ts'
import { idFloor, ZERO_ID } from '../../kernel/ids.ts'
import { defineJob, enqueue } from '../../kernel/jobs.ts'
import { tieChoicesChanged } from './events.ts'
import { findTieChoices, isInPicture } from './queries.ts'
import type { TieChoices } from './schema.ts'
import { tieSources } from './sources.ts'

/** A person's week: its Monday, as `2026-11-16`. */
export type PersonWeek = { person: string; week: string }

const WEEK_MS = 7 * 86_400_000

/** The Monday (UTC) of the week in which a moment lies. */
export const weekOf = (ms: number): string => {
  const day = new Date(ms)
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate() - (day.getUTCDay() + 6) % 7)).toISOString().slice(0, 10)
}

/**
 * Counts anew how often these people turned to others in these weeks. Counted, not added up: whatever is heard twice,
 * late or never comes to the same numbers.
 */
export async function countTies(ctx: Pick<Ctx, 'db'>, asked: PersonWeek[]): Promise<void> {
  if (!asked.length) return
  await takeTurns(ctx)
  const starts = asked.map(({ week }) => Date.parse(week))
  const given = sql`unnest(${asked.map((a) => a.person)}::uuid[], ${asked.map((a) => a.week)}::date[],
    ${starts.map((ms) => idFloor(ms))}::uuid[], ${starts.map((ms) => idFloor(ms + WEEK_MS))}::uuid[])`
  await sql`delete from ties t using ${given} as a (person_id, week, since, until) where t.from_id = a.person_id and t.week = a.week and t.kind <> 'import'`.execute(ctx.db)
  const counts = tieSources().map(({ kind, rows }) => sql`
    select a.person_id, x.to_id, a.week, ${kind}::text as kind, x.open, count(*)::int as count from a cross join lateral (${rows}) x group by 1, 2, 3, 5`)
  await sql`
    with a as materialized (select a.* from ${given} as a (person_id, week, since, until) where ${isInPicture('a.person_id')})
    insert into ties (from_id, to_id, week, kind, open, count)
    select person_id, to_id, week, kind, open, count from (${sql.join(counts, sql` union all `)}) found
    where to_id <> person_id and ${isInPicture('found.to_id')}`.execute(ctx.db)
}

// Two that count the same week at once would both write it; and who leaves must not be counted by one that began before.
const takeTurns = (ctx: Pick<Ctx, 'db'>) => sql`select pg_advisory_xact_lock(hashtext('ties'))`.execute(ctx.db)

const PEOPLE = 100
const WEEKS = 500

/** Counts everything from the beginning, person by person; it comes to what has been kept all along. */
export async function recountTies(host: Host): Promise<void> {
  for (let last = ZERO_ID, more = true; more;) {
    const people = await host.db.selectFrom('people').select('id').where('id', '>', last).orderBy('id').limit(PEOPLE).execute()
    const weeks = await weeksOf(host, people.map(({ id }) => id))
    for (let at = 0; at < weeks.length; at += WEEKS)
      await inTransaction(host, SYSTEM, (ctx) => countTies(ctx, weeks.slice(at, at + WEEKS)))
    more = people.length === PEOPLE
    last = people.at(-1)?.id ?? last
  }
}

/** The weeks in which these people wrote or reacted, or have ties. */
async function weeksOf(host: Host, people: string[]): Promise<PersonWeek[]> {
  const week = (at: string) => sql`date_trunc('week', ${sql.ref(at)} at time zone 'UTC')::date`
  // not content: who wrote or reacted in which week
  const { rows } = await sql<PersonWeek>`
    select person, week::text as week from unnest(${people}::uuid[]) p(person) cross join lateral (
      -- not content: as above
      select ${week('e.created_at')} as week from entries e where e.author_id = p.person
      -- not content: as above
      union select ${week('e.created_at')} from reactions r join entries e on e.id = r.entry_id where r.person_id = p.person
      union select t.week from ties t where t.from_id = p.person) w`.execute(host.db)
  return rows
}

export const recount = defineJob<object>('recount-ties', recountTies, { queue: 'heavy' })

/**
 * Decides whether the actor is part of the network's picture. Who leaves is gone from it at once; who comes back is
 * counted again by a job.
 */
export async function chooseTies(ctx: Ctx, choices: Partial<TieChoices>): Promise<TieChoices> {
  await takeTurns(ctx)
  const before = await findTieChoices(ctx)
  const next = { ...before, ...choices }
  await ctx.db.insertInto('tie_choices').values({ person_id: ctx.actor.id, ...next })
    .onConflict((c) => c.column('person_id').doUpdateSet(next)).execute()
  if (!next.in_network) await sql`delete from ties where ${ctx.actor.id}::uuid in (from_id, to_id)`.execute(ctx.db)
  else if (!next.count_direct) await sql`delete from ties where ${ctx.actor.id}::uuid in (from_id, to_id) and kind = 'direct'`.execute(ctx.db)
  // What is taken away is gone already.
  const isMore = (next.in_network && !before.in_network) || (next.count_direct && !before.count_direct)
  if (isMore) await enqueue(ctx.db, recount, {}, { key: 'recount-ties' })
  await emit(ctx, tieChoicesChanged, { person_id: ctx.actor.id }, next)
  return next
}
