import { sql } from 'kysely'
import { findEntry } from '../../core/entries/queries.ts'
import { tellWaiting } from '../../core/waiting/commands.ts'
import { type Ctx, inTransaction, SYSTEM } from '../../kernel/context.ts'
import { conflict, invalid } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { newId } from '../../kernel/ids.ts'
import { defineJob, enqueue } from '../../kernel/jobs.ts'
import { entrySaved } from './events.ts'
import { MOST_SAVED, type SaveState } from './schema.ts'

const YEAR = 366 * 86_400_000

/**
 * Keeps an entry for later; only its saver knows. What was done a moment ago comes back where it stood.
 * @param remindAt null: no reminder; undefined: as it was
 */
export async function save(ctx: Ctx, entryId: string, remindAt?: string | null): Promise<SaveState> {
  const entry = await findEntry(ctx, entryId)
  if (entry.state !== 'published') throw conflict('gone_for_good', 'This was removed.')
  if (remindAt) demandFuture(remindAt)
  await demandRoom(ctx, entryId)
  const remind = remindAt === undefined ? {} : { remind_at: remindAt, told: false }
  const row = await ctx.db.insertInto('saves').values({ person_id: ctx.actor.id, entry_id: entryId, id: newId(), remind_at: remindAt ?? null, done_at: null })
    .onConflict((c) => c.columns(['person_id', 'entry_id']).doUpdateSet({ done_at: null, ...remind })).returning('remind_at').executeTakeFirstOrThrow()
  const at = row.remind_at && new Date(row.remind_at).toISOString()
  // The same key takes the place of a reminder for another moment.
  if (at) await enqueue(ctx.db, remindOf, { person: ctx.actor.id, entry: entryId }, { key: `remind ${ctx.actor.id} ${entryId}`, runAt: new Date(at) })
  return told(ctx, { entry: entryId, saved: true, remind_at: at })
}

/** It is done, or was not worth keeping. Also for what one may not read any more. */
export async function finish(ctx: Ctx, entryId: string): Promise<void> {
  const { numUpdatedRows } = await ctx.db.updateTable('saves').set({ done_at: sql`now()` })
    .where('person_id', '=', ctx.actor.id).where('entry_id', '=', entryId).where('done_at', 'is', null).executeTakeFirst()
  if (numUpdatedRows) await told(ctx, { entry: entryId, saved: false, remind_at: null })
}

async function told(ctx: Ctx, state: SaveState): Promise<SaveState> {
  await emit(ctx, entrySaved, { person_id: ctx.actor.id }, state)
  // A reminder that stands in the inbox may have gone from it.
  await tellWaiting(ctx, [ctx.actor.id])
  return state
}

function demandFuture(at: string): void {
  const ahead = Date.parse(at) - Date.now()
  if (ahead < -60_000 || ahead > 5 * YEAR) throw invalid('not_in_future', 'A reminder is for a moment of the next five years.')
}

async function demandRoom(ctx: Ctx, entryId: string): Promise<void> {
  const { n } = await ctx.db.selectFrom('saves').where('person_id', '=', ctx.actor.id).where('done_at', 'is', null).where('entry_id', '<>', entryId)
    .select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
  if (Number(n) >= MOST_SAVED) throw invalid('too_many_saved', `You keep ${MOST_SAVED} for later already. Be done with some of it first.`)
}

/** Tells somebody's browsers that a reminder is due. What is due is derived from its moment, so nothing is lost without it. */
export const remindOf = defineJob<{ person: string; entry: string }>('remind', (host, { person, entry }) => inTransaction(host, SYSTEM, async (ctx) => {
  const { numUpdatedRows } = await ctx.db.updateTable('saves').set({ told: true }).where('person_id', '=', person).where('entry_id', '=', entry)
    .where('told', '=', false).where('done_at', 'is', null).where('remind_at', '<=', sql<string>`now()`).executeTakeFirst()
  if (numUpdatedRows) await tellWaiting(ctx, [person])
}))

/** What was done a day ago is not taken back any more. */
export const forgetDone = defineJob<object>('forget-done', async (host) => {
  await host.db.deleteFrom('saves').where('done_at', '<', sql<string>`now() - interval '1 day'`).execute()
})
