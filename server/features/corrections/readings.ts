import { type RawBuilder, sql } from 'kysely'
import { visibleEntries } from '../../core/entries/visibility.ts'
import { hasBehind } from '../../core/reads/queries.ts'
import type { Ctx } from '../../kernel/context.ts'
import { defineJob } from '../../kernel/jobs.ts'
import { READINGS_KEPT_DAYS } from './policy.ts'

// Of a person and an entry, columns of the query. Without the key it says nothing: not who, not what, and not that two of them are of one
// person; with it one can only ask whether one is there. What it is made of has one length, so that none is another's beginning.
const markOf = (person: RawBuilder<unknown>, entry: RawBuilder<unknown>) =>
  sql`sha256((select value from secrets where name = 'readings')::bytea || uuid_send(${person}) || uuid_send(${entry}))`

/**
 * Notes that the actor had these entries before their eyes, for whom no reading position says so: who looks in from outside, came to a
 * space later, or found it by search. It is asked for one thing only: whom to tell when one of them is corrected.
 */
export async function noteReadings(ctx: Ctx, entries: string[]): Promise<void> {
  const me = sql`${ctx.actor.id}::uuid`
  const seen = visibleEntries(ctx).where('entries.id', 'in', entries).where('entries.state', '=', 'published').where('author_id', '<>', ctx.actor.id)
    .where(sql<boolean>`${hasBehind(me, 'entries')} is not true`).select(markOf(me, sql.ref('entries.id')).as('mark'))
  await ctx.db.insertInto('readings').columns(['mark']).expression(seen as never).onConflict((c) => c.column('mark').doUpdateSet({ on_day: sql`current_date` })).execute()
}

/** Of these entries who had them before their eyes: everybody is asked, for nobody can be read from what is kept. */
export const metUnseen = (entries: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`select e.id as entry_id, p.id as person_id from unnest(${entries}) e (id) cross join people p
    where exists (select from readings r where r.mark = ${markOf(sql.ref('p.id'), sql.ref('e.id'))})`

export const forgetReadings = defineJob<object>('forget-readings', async (host) => {
  await host.db.deleteFrom('readings').where('on_day', '<', sql<string>`current_date - ${sql.lit(READINGS_KEPT_DAYS)}::int`).execute()
})
