import { sql } from 'kysely'
import { type Ctx, type Host, inTransaction, SYSTEM } from '../../kernel/context.ts'
import { emit } from '../../kernel/events.ts'
import { idFloor, ZERO_ID } from '../../kernel/ids.ts'
import { defineJob, enqueue } from '../../kernel/jobs.ts'
import { tieChoicesChanged } from './events.ts'
import { findTieChoices } from './queries.ts'
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
    select a.person_id, x.to_id, a.week, ${kind}::text as kind, count(*)::int as count from a cross join lateral (${rows}) x group by 1, 2, 3`)
  await sql`
    with a as materialized (select a.* from ${given} as a (person_id, week, since, until) where ${counted('a.person_id')})
    insert into ties (from_id, to_id, week, kind, count)
    select person_id, to_id, week, kind, count from (${sql.join(counts, sql` union all `)}) found
    where to_id <> person_id and ${counted('found.to_id')}`.execute(ctx.db)
}

// Two that count the same week at once would both write it; and who leaves must not be counted by one that began before.
const takeTurns = (ctx: Pick<Ctx, 'db'>) => sql`select pg_advisory_xact_lock(hashtext('ties'))`.execute(ctx.db)

/** People who are part of the picture: no bots, nobody who left it. */
const counted = (person: string) => sql<boolean>`exists (select from people p where p.id = ${sql.ref(person)} and p.kind = 'person')
  and not exists (select from tie_choices c where c.person_id = ${sql.ref(person)} and not c.in_network)`

const BATCH = 500

/** Counts everything from the beginning; it comes to what has been kept all along. */
export async function recountTies(host: Host): Promise<void> {
  for (let last = { person: ZERO_ID, week: '0001-01-01' }, more = true; more;) {
    await inTransaction(host, SYSTEM, async (ctx) => {
      // not content: who wrote or reacted in which week
      const { rows } = await sql<PersonWeek>`
        select distinct person, week::text as week from (
          select author_id as person, date_trunc('week', created_at at time zone 'UTC')::date as week from entries
          union all select r.person_id, date_trunc('week', e.created_at at time zone 'UTC')::date from reactions r join entries e on e.id = r.entry_id
          union all select from_id, week from ties) w
        where (person, week) > (${last.person}::uuid, ${last.week}::date) order by 1, 2 limit ${BATCH}`.execute(ctx.db)
      await countTies(ctx, rows)
      more = rows.length === BATCH
      last = rows.at(-1) ?? last
    })
  }
}

export const recount = defineJob<object>('recount-ties', recountTies)

/**
 * Decides whether the actor is part of the network's picture. Who leaves is gone from it at once; who comes back is
 * counted again by a job.
 */
export async function chooseTies(ctx: Ctx, choices: Partial<TieChoices>): Promise<TieChoices> {
  await takeTurns(ctx)
  const next = { ...(await findTieChoices(ctx)), ...choices }
  await ctx.db.insertInto('tie_choices').values({ person_id: ctx.actor.id, ...next })
    .onConflict((c) => c.column('person_id').doUpdateSet(next)).execute()
  if (!next.in_network) await sql`delete from ties where ${ctx.actor.id}::uuid in (from_id, to_id)`.execute(ctx.db)
  else if (!next.count_direct) await sql`delete from ties where ${ctx.actor.id}::uuid in (from_id, to_id) and kind = 'direct'`.execute(ctx.db)
  await enqueue(ctx.db, recount, {}, 'recount-ties')
  await emit(ctx, tieChoicesChanged, { person_id: ctx.actor.id }, next)
  return next
}
