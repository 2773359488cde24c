import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { allow, invalid } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { findThreadOf } from '../entries/queries.ts'
import { visibleEntries } from '../entries/visibility.ts'
import { findReadableSpace } from '../spaces/queries.ts'
import { visibleSpaces } from '../spaces/visibility.ts'
import { inboxCount } from './commands.ts'
import { spaceMuted, threadStanced } from './events.ts'
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

/**
 * Mutes a space that the actor is in, or takes that back: nothing in it is unread to them or stands on their Home, and only
 * what reaches people `evenMuted` comes to their inbox. What came meanwhile is unread when they hear of it again.
 * @throws Refusal 403, 404
 */
export async function muteSpace(ctx: Ctx, spaceId: string, muted: boolean) {
  const space = await findReadableSpace(ctx, spaceId)
  allow(space.my.role !== null, 'Only who is in a space can mute it.', 'not_in_space')
  const { numUpdatedRows } = await ctx.db.updateTable('memberships').set({ muted_at: muted ? sql`now()` : null })
    .where('space_id', '=', spaceId).where('person_id', '=', ctx.actor.id).where('muted_at', muted ? 'is' : 'is not', null).executeTakeFirst()
  const fact = await findMuting(ctx, spaceId)
  if (numUpdatedRows) await emit(ctx, spaceMuted, { person_id: ctx.actor.id }, fact)
  return fact
}

/** Whether the actor muted a space, and what is unread. @throws Refusal 404 */
export async function findMuting(ctx: Ctx, spaceId: string) {
  await findReadableSpace(ctx, spaceId)
  const row = await ctx.db.selectFrom('memberships').select('muted_at').where('space_id', '=', spaceId).where('person_id', '=', ctx.actor.id).executeTakeFirst()
  return { space: spaceId, muted: !!row?.muted_at, unread: await unreadOf(ctx, spaceId), inbox: await inboxCount(ctx) }
}

/** The spaces that the actor muted. */
export async function mutedSpaces(ctx: Ctx): Promise<string[]> {
  const rows = await visibleSpaces(ctx).innerJoin('memberships as mm', 'mm.space_id', 'spaces.id')
    .where('mm.person_id', '=', ctx.actor.id).where('mm.muted_at', 'is not', null).select('spaces.id').orderBy('spaces.id').execute()
  return rows.map(({ id }) => id)
}
