import type { z } from 'zod'
import type { Ctx } from '../../kernel/context.ts'
import { allow, invalid, notFound } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { newId } from '../../kernel/ids.ts'
import { mayTell } from '../../kernel/tellings.ts'
import { visiblePeople } from '../people/queries.ts'
import { isHere, takesPart } from '../people/taking-part.ts'
import { tellWaiting } from '../waiting/commands.ts'
import { membershipChanged, membershipJoined, membershipLeft, spaceArchived, spaceChanged, spaceInvited, spaceOpened } from './events.ts'
import { lockSpace } from './enter.ts'
import { hostsOf } from './hosts.ts'
import { canInviteInto, canLeave, canManageSpace, canOpenSpace } from './policy.ts'
import { findReadableSpace, findSpace } from './queries.ts'
import { endRequest, requestJoin, takeRequest, tellApproved, tellDeclined } from './requests.ts'
import type { CharterInput, SpaceInput, SpaceView } from './schema.ts'

type Charter = Omit<z.output<typeof SpaceInput>, 'people'> & { people?: string[] }

/** Opens a community; the founder is its first host, and the people they name are invited. */
export async function openSpace(ctx: Ctx, { name, purpose, visibility, audience_note, people = [] }: Charter) {
  allow(canOpenSpace(ctx.actor), 'Guests cannot open spaces.', 'guests_cannot')
  const id = newId()
  await ctx.db.insertInto('spaces').values({
    id, kind: 'community', visibility, name, purpose, audience: audience_note, participants: null, owner_id: null, created_by: ctx.actor.id,
  }).execute()
  await emit(ctx, spaceOpened, { space_id: id }, { kind: 'community', visibility })
  await addMember(ctx, id, ctx.actor.id, 'host')
  await inviteAll(ctx, id, people.filter((person) => person !== ctx.actor.id))
  return findSpace(ctx, id)
}

/** The one door into a space; answers false when the person was in it already. */
export async function addMember(ctx: Ctx, spaceId: string, personId: string, role: 'host' | 'member' = 'member'): Promise<boolean> {
  await lockSpace(ctx, spaceId)
  // What was said before is there to be read, but not "unread": also not where one stopped reading before one came (back).
  const row = await ctx.db.insertInto('memberships').values({ space_id: spaceId, person_id: personId, role, read_to: newId() })
    .onConflict((c) => c.doNothing()).returning('person_id').executeTakeFirst()
  await endRequest(ctx, spaceId, personId)
  await ctx.db.deleteFrom('space_invitations').where('space_id', '=', spaceId).where('person_id', '=', personId).execute()
  await ctx.db.deleteFrom('space_removals').where('space_id', '=', spaceId).where('person_id', '=', personId).execute()
  if (!row) return false
  await ctx.db.deleteFrom('thread_reads').where('person_id', '=', personId).where('space_id', '=', spaceId).execute()
  await countMember(ctx, spaceId, personId, 1)
  await emit(ctx, membershipJoined, { space_id: spaceId, person_id: personId }, { role })
  return true
}

// Who was let go keeps their memberships, in case they come back, but reads nothing and counts nowhere meanwhile.
// Locked: whoever lets them go meanwhile counts before this or after it.
async function countMember(ctx: Ctx, spaceId: string, personId: string, by: 1 | -1): Promise<void> {
  const person = await ctx.db.selectFrom('people').select('state').where('id', '=', personId).forShare().executeTakeFirst()
  if (!person || person.state === 'deactivated') return
  await ctx.db.updateTable('spaces').set((eb) => ({ member_count: eb('member_count', '+', by) })).where('id', '=', spaceId).execute()
}

/** The one door out of a space. */
async function removeMembership(ctx: Ctx, spaceId: string, personId: string): Promise<boolean> {
  const gone = await ctx.db.deleteFrom('memberships').where('space_id', '=', spaceId).where('person_id', '=', personId).executeTakeFirst()
  if (!gone.numDeletedRows) return false
  await countMember(ctx, spaceId, personId, -1)
  await emit(ctx, membershipLeft, { space_id: spaceId, person_id: personId }, {})
  return true
}

/** Joins an open space or one that invited the actor; asks to join a closed one, or one that its hosts took them out of. */
export async function join(ctx: Ctx, spaceId: string) {
  await lockSpace(ctx, spaceId)
  const space = await findSpace(ctx, spaceId)
  if (space.my.role) return space
  if (space.kind === 'direct') throw notFound()
  if (await isWelcome(ctx, space)) {
    await addMember(ctx, spaceId, ctx.actor.id)
  } else {
    await requestJoin(ctx, spaceId, ctx.actor.id)
  }
  return findSpace(ctx, spaceId)
}

// Who needs a host to come in needs one who is a host now.
async function isWelcome(ctx: Ctx, space: SpaceView): Promise<boolean> {
  const needsHost = ctx.actor.role === 'guest' || (await wasRemoved(ctx, space.id, ctx.actor.id))
  if (!needsHost) return space.visibility === 'open' || space.my.invited
  const inviter = await ctx.db.selectFrom('space_invitations as i').innerJoin('people as p', 'p.id', 'i.invited_by')
    .leftJoin('memberships as m', (on) => on.onRef('m.person_id', '=', 'p.id').onRef('m.space_id', '=', 'i.space_id'))
    .where('i.space_id', '=', space.id).where('i.person_id', '=', ctx.actor.id).where(isHere('p'))
    .select(['p.role', 'm.role as membership']).executeTakeFirst()
  return inviter !== undefined && canManageSpace(inviter, space, { role: inviter.membership })
}

const wasRemoved = async (ctx: Ctx, spaceId: string, personId: string) =>
  Boolean(await ctx.db.selectFrom('space_removals').select('person_id').where('space_id', '=', spaceId).where('person_id', '=', personId).executeTakeFirst())

/** Leaves a space, or takes back the wish to join it. The last host hands over first. */
export async function leave(ctx: Ctx, spaceId: string): Promise<void> {
  await lockSpace(ctx, spaceId)
  const space = await findSpace(ctx, spaceId)
  if (!canLeave(space)) throw invalid('conversation_sealed', 'A conversation keeps its people. Begin a new one with others.')
  await endRequest(ctx, spaceId, ctx.actor.id)
  if (space.kind === 'profile' && space.my.role === 'host') throw invalid('own_profile', 'This is your own profile.')
  await keepAHost(ctx, space, ctx.actor.id)
  await removeMembership(ctx, spaceId, ctx.actor.id)
}

async function keepAHost(ctx: Ctx, space: SpaceView, personId: string): Promise<void> {
  const hosts = await hostsOf(ctx, space.id)
  if (space.kind === 'community' && space.member_count > 1 && hosts.length === 1 && hosts[0] === personId)
    throw invalid('last_host', 'A space with members needs a host. Make somebody else a host first.')
}

async function enterManaged(ctx: Ctx, spaceId: string): Promise<SpaceView> {
  await lockSpace(ctx, spaceId)
  const space = await findReadableSpace(ctx, spaceId)
  if (space.kind === 'direct') throw invalid('conversation_sealed', 'A conversation keeps its people. Begin a new one with others.')
  allow(canManageSpace(ctx.actor, space, space.my), 'Only the hosts of this space may do this.', 'hosts_only')
  return space
}

/** Puts a person into the space with a role, or changes the role they have. */
export async function setMember(ctx: Ctx, spaceId: string, personId: string, role: 'host' | 'member') {
  const space = await enterManaged(ctx, spaceId)
  const person = await visiblePeople(ctx).select('people.id').where('people.id', '=', personId).where(takesPart()).executeTakeFirst()
  if (!person) throw notFound()
  if (!(await addMember(ctx, spaceId, personId, role))) {
    if (role === 'member') await keepAHost(ctx, space, personId)
    await ctx.db.updateTable('memberships').set({ role }).where('space_id', '=', spaceId).where('person_id', '=', personId).execute()
    await emit(ctx, membershipChanged, { space_id: spaceId, person_id: personId }, { role })
  }
  return findSpace(ctx, spaceId)
}

/** Takes a person out of the space; from this fact on they receive nothing more of it, and they come back by hosts only. */
export async function removeMember(ctx: Ctx, spaceId: string, personId: string): Promise<void> {
  if (personId === ctx.actor.id) return leave(ctx, spaceId)
  const space = await enterManaged(ctx, spaceId)
  await keepAHost(ctx, space, personId)
  if (!(await removeMembership(ctx, spaceId, personId))) throw notFound()
  await ctx.db.insertInto('space_removals').values({ space_id: spaceId, person_id: personId, removed_by: ctx.actor.id }).onConflict((c) => c.doNothing()).execute()
}

export async function approve(ctx: Ctx, spaceId: string, personId: string) {
  await enterManaged(ctx, spaceId)
  await takeRequest(ctx, spaceId, personId)
  await addMember(ctx, spaceId, personId)
  await tellApproved(ctx, spaceId, personId)
  return findSpace(ctx, spaceId)
}

export async function decline(ctx: Ctx, spaceId: string, personId: string): Promise<void> {
  await enterManaged(ctx, spaceId)
  await takeRequest(ctx, spaceId, personId)
  await tellDeclined(ctx, spaceId, personId)
}

/** Invites several people at once. One who may not be invited refuses it for all. */
export async function inviteAll(ctx: Ctx, spaceId: string, people: string[]): Promise<void> {
  for (const person of new Set(people)) await inviteToSpace(ctx, spaceId, person)
}

/** Any member invites members into an open space; hosts into the others, and guests and whom hosts took out. */
export async function inviteToSpace(ctx: Ctx, spaceId: string, personId: string): Promise<void> {
  await lockSpace(ctx, spaceId)
  const space = await findReadableSpace(ctx, spaceId)
  if (space.kind !== 'community') throw notFound()
  if (space.visibility !== 'open') allow(canManageSpace(ctx.actor, space, space.my), 'Only the hosts of this space may invite.', 'hosts_only')
  const person = await visiblePeople(ctx).select(['people.id', 'role']).where('people.id', '=', personId).executeTakeFirst()
  if (!person) throw notFound()
  const member = await ctx.db.selectFrom('memberships').select('person_id').where('space_id', '=', spaceId).where('person_id', '=', personId).executeTakeFirst()
  if (member) return
  const standing = { guest: person.role === 'guest', removed: await wasRemoved(ctx, spaceId, personId) }
  allow(canInviteInto(ctx.actor, space, space.my, standing), 'Only the hosts of this space may invite this person.', 'hosts_only')
  const made = await ctx.db.insertInto('space_invitations').values({ space_id: spaceId, person_id: personId, invited_by: ctx.actor.id })
    .onConflict((c) => c.doNothing()).returning('person_id').executeTakeFirst()
  if (made) {
    if (!(await mayTell(ctx, spaceInvited.type, spaceId, personId))) return
    const isKnown = !standing.guest || (await visiblePeople({ ...ctx, actor: { id: personId, role: 'guest', session: null } }).where('people.id', '=', ctx.actor.id).select('people.id').executeTakeFirst())
    return emit(ctx, spaceInvited, { space_id: spaceId, person_id: personId }, isKnown ? { by: ctx.actor.id } : {})
  }
  // The word of a host counts for more than the one that was there.
  if (canManageSpace(ctx.actor, space, space.my))
    await ctx.db.updateTable('space_invitations').set({ invited_by: ctx.actor.id }).where('space_id', '=', spaceId).where('person_id', '=', personId).execute()
}

export async function declineInvitation(ctx: Ctx, spaceId: string): Promise<void> {
  const gone = await ctx.db.deleteFrom('space_invitations').where('space_id', '=', spaceId).where('person_id', '=', ctx.actor.id).executeTakeFirst()
  if (!gone.numDeletedRows) throw notFound()
  await tellWaiting(ctx, [ctx.actor.id])
}

/** Takes an invitation back, as if it had never been; they are not told, it is only gone. @throws Refusal 404 */
export async function withdrawInvitation(ctx: Ctx, spaceId: string, personId: string): Promise<void> {
  await enterManaged(ctx, spaceId)
  const gone = await ctx.db.deleteFrom('space_invitations').where('space_id', '=', spaceId).where('person_id', '=', personId).executeTakeFirst()
  if (!gone.numDeletedRows) throw notFound()
  await tellWaiting(ctx, [personId])
}

/** Edits the charter. Widening who can read what was said for fewer is refused: that needs a new space. */
export async function editCharter(ctx: Ctx, spaceId: string, { audience_note, ...change }: z.output<typeof CharterInput>) {
  const space = await enterManaged(ctx, spaceId)
  const width = { secret: 0, closed: 1, open: 2 }
  if (change.visibility && width[change.visibility] > width[space.visibility] && change.visibility === 'open')
    throw invalid('cannot_widen', 'What was said for a few cannot be opened to everyone. Open a new space and invite people there.')
  const set = { ...change, ...(audience_note === undefined ? {} : { audience: audience_note }) }
  if (Object.keys(set).length) await ctx.db.updateTable('spaces').set(set).where('id', '=', spaceId).execute()
  await emit(ctx, spaceChanged, { space_id: spaceId }, { visibility: change.visibility ?? space.visibility })
  return findSpace(ctx, spaceId)
}

/** An archived space keeps its history and its readers; nobody writes in it. */
export async function archive(ctx: Ctx, spaceId: string, archived: boolean) {
  await enterManaged(ctx, spaceId)
  await ctx.db.updateTable('spaces').set({ state: archived ? 'archived' : 'active' }).where('id', '=', spaceId).execute()
  await emit(ctx, spaceArchived, { space_id: spaceId }, { archived })
  return findSpace(ctx, spaceId)
}
