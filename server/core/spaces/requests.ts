import type { Ctx, Role } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { mayTell } from '../../kernel/tellings.ts'
import { isHere } from '../people/taking-part.ts'
import { leaveWord, tellWaiting } from '../waiting/commands.ts'
import { joinDeclined, joinRequested } from './events.ts'
import { hostsOf } from './hosts.ts'
import { listedSpaces } from './visibility.ts'

/**
 * Notes that a person would come in; the hosts decide, and each of them is told. The person is told too, unless somebody else
 * asked for them and they may not know of the space.
 * @returns whether it was not noted before
 */
export async function requestJoin(ctx: Ctx, spaceId: string, personId: string): Promise<boolean> {
  const made = await ctx.db.insertInto('join_requests').values({ space_id: spaceId, person_id: personId })
    .onConflict((c) => c.doNothing()).returning('person_id').executeTakeFirst()
  if (!made) return false
  const isNews = await mayTell(ctx, joinRequested.type, spaceId, personId)
  const told = new Set([...((await mayKnowOf(ctx, spaceId, personId)) ? [personId] : []), ...(isNews ? await hostsOf(ctx, spaceId) : [])])
  for (const person of told) await emit(ctx, joinRequested, { space_id: spaceId, person_id: person }, { by: personId })
  return true
}

/** Ends a request, if there is one, whatever is decided; it waits for no host any more. */
export async function endRequest(ctx: Ctx, spaceId: string, personId: string): Promise<boolean> {
  const ended = await ctx.db.deleteFrom('join_requests').where('space_id', '=', spaceId).where('person_id', '=', personId).executeTakeFirst()
  if (!ended.numDeletedRows) return false
  // Asking and taking it back again and again is no way to keep the hosts' browsers busy.
  const isTold = ctx.actor.id !== personId || (await mayTell(ctx, 'join.withdrawn', spaceId, personId))
  if (isTold) await tellWaiting(ctx, await hostsOf(ctx, spaceId))
  return true
}

/** Ends a request that must be there. @throws Refusal 404 when there is none */
export async function takeRequest(ctx: Ctx, spaceId: string, personId: string): Promise<void> {
  if (!(await endRequest(ctx, spaceId, personId))) throw notFound()
}

/** Tells a person that they were let in. */
export const tellApproved = (ctx: Ctx, spaceId: string, personId: string): Promise<void> => leaveWord(ctx, personId, 'let_in', spaceId)

/** Tells a person that they were not let in, unless that told them of a space they may not know. */
export async function tellDeclined(ctx: Ctx, spaceId: string, personId: string): Promise<void> {
  if (!(await mayKnowOf(ctx, spaceId, personId))) return
  await emit(ctx, joinDeclined, { space_id: spaceId, person_id: personId }, {})
  await leaveWord(ctx, personId, 'not_let_in', spaceId)
}

async function mayKnowOf(ctx: Ctx, spaceId: string, personId: string): Promise<boolean> {
  const person = await ctx.db.selectFrom('people').select('role').where('id', '=', personId).where(isHere()).executeTakeFirst()
  if (!person) return false
  const them = { ...ctx, actor: { id: personId, role: person.role as Role, session: null } }
  return (await listedSpaces(them).select('spaces.id').where('spaces.id', '=', spaceId).executeTakeFirst()) !== undefined
}
