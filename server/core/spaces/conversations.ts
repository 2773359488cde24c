import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { invalid, notFound } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { newId } from '../../kernel/ids.ts'
import { visiblePeople } from '../people/queries.ts'
import { takesPart } from '../people/taking-part.ts'
import { membershipJoined, spaceOpened } from './events.ts'
import { findSpace } from './queries.ts'

export const MAX_IN_CONVERSATION = 50

/**
 * The direct conversation of the actor with these people: the one there is, or a new one. It is sealed: the same people
 * are always the same conversation, and others mean another one.
 */
export async function openConversation(ctx: Ctx, people: string[]) {
  const participants = [...new Set([ctx.actor.id, ...people])].sort()
  if (participants.length > MAX_IN_CONVERSATION)
    throw invalid('too_many_people', `A conversation takes at most ${MAX_IN_CONVERSATION} people. Open a space instead.`)
  const known = await visiblePeople(ctx).select('people.id').where('people.id', 'in', participants).where(takesPart()).execute()
  if (known.length !== participants.length) throw notFound()
  const id = newId()
  const made = await ctx.db.insertInto('spaces').values({
    id, kind: 'direct', visibility: 'secret', name: '', participants, owner_id: null, created_by: ctx.actor.id, member_count: participants.length,
  }).onConflict((c) => c.column('participants').doNothing()).returning('id').executeTakeFirst()
  if (!made) {
    // not content: finds the conversation of exactly these people, the actor among them
    const row = await ctx.db.selectFrom('spaces').select('id').where(sql<boolean>`participants = ${participants}::uuid[]`).executeTakeFirstOrThrow()
    return findSpace(ctx, row.id)
  }
  await ctx.db.insertInto('memberships').values(participants.map((person_id) => ({ space_id: id, person_id, read_to: id }))).execute()
  await emit(ctx, spaceOpened, { space_id: id }, { kind: 'direct', visibility: 'secret' })
  for (const person_id of participants) await emit(ctx, membershipJoined, { space_id: id, person_id }, { role: 'member' })
  return findSpace(ctx, id)
}
