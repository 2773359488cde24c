import { sql } from 'kysely'
import { lockSpace } from '../../core/spaces/enter.ts'
import { inTransaction, SYSTEM, type Ctx } from '../../kernel/context.ts'
import { emit } from '../../kernel/events.ts'
import { defineJob } from '../../kernel/jobs.ts'
import { CLOSING } from './begin.ts'
import { lockBox, takeOut } from './box.ts'
import { count } from './count.ts'
import { pollClosed } from './events.ts'
import { type Choice, FEWEST_SHOWN } from './policy.ts'
import { rowOf } from './rows.ts'

/**
 * Closes a poll whose moment has come, and counts. Of anonymous votes nothing is kept but their count, which is also the first that is
 * written of them where it lasts; of fewer than `FEWEST_SHOWN` not even that.
 */
export async function close(ctx: Ctx, id: string): Promise<void> {
  // visible: nobody reads it, its moment has come
  const entry = await ctx.db.selectFrom('entries').innerJoin('polls', 'polls.entry_id', 'entries.id').select(['entries.space_id', 'polls.anonymous']).where('entries.id', '=', id).executeTakeFirst()
  if (!entry) return
  if (entry.anonymous) await lockBox(ctx)
  await lockSpace(ctx, entry.space_id)
  // visible: as above. By the clock of the database, which runs the jobs.
  const due = await ctx.db.selectFrom('entries').innerJoin('polls as p', 'p.entry_id', 'entries.id').where('entries.id', '=', id).where('entries.state', '=', 'published')
    .where('p.state', '=', 'open').where(sql<boolean>`p.closes_at <= clock_timestamp()`).select('p.entry_id').executeTakeFirst()
  if (!due) return
  const row = await rowOf(ctx, id)
  const votes = row.anonymous ? await takeOut(ctx, [id]) : await named(ctx, id)
  const counted = row.anonymous && votes.length < FEWEST_SHOWN ? null : JSON.stringify(count(row.method, row.options, votes))
  await ctx.db.updateTable('polls').set({ state: 'closed', closed_at: sql`now()`, turnout: votes.length, counted }).where('entry_id', '=', id).execute()
  await ctx.db.deleteFrom('poll_keys').where('entry_id', '=', id).execute()
  await emit(ctx, pollClosed, { space_id: entry.space_id, entry_id: id }, {})
}

const named = async (ctx: Ctx, id: string): Promise<Choice[]> =>
  (await ctx.db.selectFrom('poll_votes').select('choice').where('entry_id', '=', id).execute()).map(({ choice }) => choice)

export const closePoll = defineJob<{ id: string }>(CLOSING.name, (host, { id }) => inTransaction(host, SYSTEM, (ctx) => close(ctx, id)))

/** Every minute: what should have been closed, because its job failed or was lost, or it was brought back, is closed as well. */
export const closeOverduePolls = defineJob<object>('close-overdue-polls', async (host) => {
  // visible: nobody reads them, their moment has come. Those that were removed stay as they are, and must not stand before the others.
  const due = await host.db.selectFrom('polls').innerJoin('entries', 'entries.id', 'polls.entry_id').select('entry_id').where('polls.state', '=', 'open').where('entries.state', '=', 'published')
    .where('closes_at', '<', sql<string>`now() - interval '30 seconds'`).orderBy('closes_at').limit(500).execute()
  for (const { entry_id } of due) await inTransaction(host, SYSTEM, (ctx) => close(ctx, entry_id))
})
