import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { emitEach } from '../../kernel/events.ts'
import { newId } from '../../kernel/ids.ts'
import { defineJob } from '../../kernel/jobs.ts'
import { waitingChanged } from './events.ts'

/** Tells the browsers of these people that something came to what waits for them, or went from it. */
export const tellWaiting = (ctx: Ctx, people: Iterable<string>): Promise<void> =>
  emitEach(ctx, waitingChanged, [...new Set(people)].map((person_id) => ({ about: { person_id }, data: {} })))

/**
 * Leaves word for somebody in their inbox, until they put it away: how something that they asked for was answered. One a kind
 * and space: the newest counts.
 * @param kind a text of the web's own, see web/core/waiting
 */
export async function leaveWord(ctx: Ctx, personId: string, kind: string, space: string): Promise<void> {
  const row = { person_id: personId, kind, space_id: space }
  await ctx.db.deleteFrom('tidings').where('person_id', '=', personId).where('space_id', '=', space).execute()
  await ctx.db.insertInto('tidings').values({ id: newId(), ...row, by_id: ctx.actor.id }).execute()
  await tellWaiting(ctx, [personId])
}

/** Puts away what one was told. @throws Refusal 404 */
export async function putAway(ctx: Ctx, id: string): Promise<void> {
  const { numDeletedRows } = await ctx.db.deleteFrom('tidings').where('id', '=', id).where('person_id', '=', ctx.actor.id).executeTakeFirst()
  if (!numDeletedRows) throw notFound()
  await tellWaiting(ctx, [ctx.actor.id])
}

/** News of a quarter of a year ago is none. */
export const forgetTidings = defineJob<object>('forget-tidings', async (host) => {
  await host.db.deleteFrom('tidings').where('at', '<', sql<string>`now() - interval '90 days'`).execute()
})
