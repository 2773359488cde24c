import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { typesToAll } from '../../kernel/events.ts'
import { OF_INTEREST_TO_ALL } from '../people/events.ts'
import { ADDRESSED } from '../spaces/events.ts'
import { inReadableSpace } from '../spaces/visibility.ts'

/**
 * The entries the actor may read: the one door to content. The audience is the space; only `state` narrows it. A removed
 * entry is gone, but for the head of a thread with replies, whose text was blanked when it was removed.
 */
export const visibleEntries = (ctx: Ctx) =>
  ctx.db.selectFrom('entries').where(inReadableSpace(ctx)).where(isShown)

/** Published, or the blanked head of a thread that others answered. */
export const isShown = sql<boolean>`(entries.state = 'published' or (entries.root_id is null and entries.reply_count > 0))`

/** The facts the actor may hear: of spaces they may read, those addressed to them, and those for everybody. */
export const visibleEvents = (ctx: Ctx) =>
  ctx.db.selectFrom('events').where('events.seq', 'is not', null).where('events.quiet', '=', false).where((eb) => eb.or([
    eb('events.person_id', '=', ctx.actor.id), eb('events.type', 'in', typesToAll()),
    eb.and([eb('events.space_id', 'is not', null), eb('events.type', 'not in', ADDRESSED), inReadableSpace(ctx, 'events')(eb as never)]),
  ]))

/** Of those the facts that interest the actor without their saying so: of spaces they are in, addressed to them, about people. */
export const interestingEvents = (ctx: Ctx) =>
  visibleEvents(ctx).where((eb) => eb.or([
    eb('events.person_id', '=', ctx.actor.id), eb('events.type', 'in', [...OF_INTEREST_TO_ALL, ...typesToAll()]),
    eb.exists(eb.selectFrom('memberships as im').where('im.person_id', '=', ctx.actor.id).whereRef('im.space_id', '=', 'events.space_id').select('im.space_id')),
  ]))
