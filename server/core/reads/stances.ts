import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { invalid } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { findThreadOf } from '../entries/queries.ts'
import { visibleEntries } from '../entries/visibility.ts'
import { inboxCount } from './commands.ts'
import { threadStanced } from './events.ts'
import { unreadOf } from './queries.ts'
import { MOST_STANCES, type Stance } from './schema.ts'

/**
 * Says how the actor stands to a thread, from any entry of it: they follow it, do not want to hear of it, or (null) neither.
 * @throws Refusal 404, 422
 */
export async function takeStance(ctx: Ctx, entryId: string, stance: Stance | null) {
  const { root, space } = await findThreadOf(ctx, entryId)
  const mine = { person_id: ctx.actor.id, root_id: root }
  if (stance === null) await ctx.db.deleteFrom('thread_stances').where('person_id', '=', ctx.actor.id).where('root_id', '=', root).execute()
  else {
    await demandRoom(ctx, stance, root)
    await ctx.db.insertInto('thread_stances').values({ ...mine, space_id: space, stance })
      .onConflict((c) => c.columns(['person_id', 'root_id']).doUpdateSet({ stance, at: sql`now()` }).where('thread_stances.stance', '<>', stance)).execute()
  }
  const fact = { space, root, stance, unread: await unreadOf(ctx, space), inbox: await inboxCount(ctx) }
  await emit(ctx, threadStanced, { person_id: ctx.actor.id }, fact)
  return fact
}

/** How the actor stands to a thread, and what is unread. @throws Refusal 404 */
export async function findStance(ctx: Ctx, entryId: string) {
  const { root, space } = await findThreadOf(ctx, entryId)
  const row = await ctx.db.selectFrom('thread_stances').select('stance').where('person_id', '=', ctx.actor.id).where('root_id', '=', root).executeTakeFirst()
  return { space, root, stance: row?.stance ?? null, unread: await unreadOf(ctx, space), inbox: await inboxCount(ctx) }
}

// Browsers are given all muted threads, so that they count as the server does.
async function demandRoom(ctx: Ctx, stance: Stance, root: string): Promise<void> {
  const { n } = await ctx.db.selectFrom('thread_stances').where('person_id', '=', ctx.actor.id).where('stance', '=', stance).where('root_id', '<>', root)
    .select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
  if (Number(n) >= MOST_STANCES) throw invalid('too_many_threads', `You have ${MOST_STANCES} of these already. Take some back first.`)
}

/** The heads of the threads that the actor muted, as far as they may read them. */
export async function mutedThreads(ctx: Ctx): Promise<string[]> {
  const rows = await visibleEntries(ctx).innerJoin('thread_stances as ms', 'ms.root_id', 'entries.id')
    .where('ms.person_id', '=', ctx.actor.id).where('ms.stance', '=', 'muted').select('entries.id').orderBy('entries.id').execute()
  return rows.map(({ id }) => id)
}
