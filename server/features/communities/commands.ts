import type { z } from 'zod'
import { isHere } from '../../core/people/taking-part.ts'
import { addMember, inviteToSpace, openSpace, setMember } from '../../core/spaces/commands.ts'
import { type Ctx, type Role } from '../../kernel/context.ts'
import { allow, conflict, notFound } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { homeChanged } from './events.ts'
import { neededFor } from './policy.ts'
import { findCommunity, votesFor } from './queries.ts'
import type { Community, HomeInput } from './schema.ts'

/** Proposes a home for a community of one's own: a space, which opens when enough of its people say yes. */
export async function proposeHome(ctx: Ctx, id: string, input: z.output<typeof HomeInput>): Promise<Community> {
  const community = await enter(ctx, id)
  allow(ctx.actor.role !== 'guest', 'Guests cannot open spaces.', 'guests_cannot')
  if (community.space) throw conflict('has_home', 'This community has a home already.')
  if (community.home) throw conflict('home_proposed', 'Somebody has proposed a home already. Say yes to it, or talk to them.')
  await ctx.db.deleteFrom('community_homes').where('community_id', '=', id).execute()
  await ctx.db.insertInto('community_homes').values({ community_id: id, ...input, proposed_by: ctx.actor.id }).execute()
  return agree(ctx, community)
}

/** Says yes to the home that somebody proposed; with the last yes that is needed it opens. */
export async function agreeToHome(ctx: Ctx, id: string): Promise<Community> {
  const community = await enter(ctx, id)
  if (!community.home) throw notFound()
  return agree(ctx, community)
}

/** Takes one's yes back; whoever proposed the home takes the proposal back with it. */
export async function withdrawFromHome(ctx: Ctx, id: string): Promise<Community> {
  const community = await enter(ctx, id)
  if (!community.home) throw notFound()
  const isMine = community.home.by.id === ctx.actor.id
  if (isMine) await ctx.db.deleteFrom('community_homes').where('community_id', '=', id).execute()
  else await ctx.db.deleteFrom('community_home_votes').where('community_id', '=', id).where('person_id', '=', ctx.actor.id).execute()
  await tell(ctx, id)
  return findCommunity(ctx, id)
}

// Locked: two last yeses at once open one home.
async function enter(ctx: Ctx, id: string): Promise<Community> {
  await ctx.db.selectFrom('communities').select('id').where('id', '=', id).forUpdate().execute()
  return findCommunity(ctx, id)
}

async function agree(ctx: Ctx, { id, size }: Community): Promise<Community> {
  await ctx.db.insertInto('community_home_votes').values({ community_id: id, person_id: ctx.actor.id }).onConflict((c) => c.doNothing()).execute()
  const votes = await votesFor(ctx, id)
  if (votes.length >= neededFor(size)) await found(ctx, id, votes)
  await tell(ctx, id)
  return findCommunity(ctx, id)
}

/** Opens the home: who proposed it and who said yes first are its hosts, the others who did its members, all others invited. */
async function found(ctx: Ctx, id: string, votes: string[]): Promise<void> {
  const home = await ctx.db.selectFrom('community_homes').selectAll().where('community_id', '=', id).executeTakeFirstOrThrow()
  const { role } = await ctx.db.selectFrom('people').select('role').where('id', '=', home.proposed_by).executeTakeFirstOrThrow()
  const founder: Ctx = { ...ctx, actor: { id: home.proposed_by, role: role as Role, session: null } }
  const space = await openSpace(founder, { name: home.name, purpose: home.purpose, visibility: home.visibility, audience_note: '' })
  const others = votes.filter((person) => person !== home.proposed_by)
  for (const person of others) await addMember(founder, space.id, person)
  if (others[0]) await setMember(founder, space.id, others[0], 'host')
  await ctx.db.updateTable('communities').set({ space_id: space.id }).where('id', '=', id).execute()
  await ctx.db.deleteFrom('community_homes').where('community_id', '=', id).execute()
  for (const person of await peopleOf(ctx, id)) if (!votes.includes(person) && person !== home.proposed_by) await inviteToSpace(founder, space.id, person)
}

async function peopleOf(ctx: Ctx, id: string): Promise<string[]> {
  const rows = await ctx.db.selectFrom('community_members').innerJoin('people', 'people.id', 'community_members.person_id').select('person_id')
    .where('community_id', '=', id).where(isHere()).execute()
  return rows.map((row) => row.person_id)
}

async function tell(ctx: Ctx, id: string): Promise<void> {
  for (const person_id of await peopleOf(ctx, id)) await emit(ctx, homeChanged, { person_id }, { community: id })
}
