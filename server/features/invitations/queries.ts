import { sql } from 'kysely'
import { digest } from '../../core/people/credentials.ts'
import { cardOf, findNetwork } from '../../core/people/queries.ts'
import { isHere } from '../../core/people/taking-part.ts'
import { findSpace } from '../../core/spaces/queries.ts'
import { listedSpaces } from '../../core/spaces/visibility.ts'
import { type Ctx, isAdmin } from '../../kernel/context.ts'
import { notFound, Refusal } from '../../kernel/errors.ts'
import { type PageQuery, toPage, uuidCursor } from '../../kernel/pages.ts'
import { canInvite, canInviteTo } from './policy.ts'

/** Used up, withdrawn, too old, never made: they all answer alike. */
const unusable = () => new Refusal(404, 'invitation_unusable',
  'This invitation is over: it was used up, withdrawn or is too old. Ask for a new one.')

/** The invitations the actor may see: their own; for administrators, all. */
const knownInvitations = (ctx: Ctx) => {
  const all = ctx.db.selectFrom('invitations')
  return isAdmin(ctx.actor) ? all : all.where('invited_by', '=', ctx.actor.id)
}

const isOpen = sql<boolean>`(expires_at is null or expires_at > now())`

const select = (ctx: Ctx) => {
  // An administrator sees that somebody was invited, but not into which spaces that they may not know of.
  const spaces = listedSpaces(ctx).innerJoin('invitation_spaces', 'invitation_spaces.space_id', 'spaces.id')
    .where(sql<boolean>`invitation_spaces.invitation_id = invitations.id`).select(['spaces.id', 'spaces.name'])
  return knownInvitations(ctx).innerJoin('people', 'people.id', 'invited_by').where(isOpen).select([
    'invitations.id', 'invitations.role', 'uses', 'used', 'invitations.email', 'expires_at', 'invitations.created_at',
    cardOf('people').as('by'), sql<null>`null`.as('url'),
    sql<{ id: string; name: string }[]>`(select coalesce(json_agg(s order by s.name), '[]') from (${spaces}) s)`.as('spaces'),
  ])
}

/** Open invitations, the newest first. */
export async function listInvitations(ctx: Ctx, { limit, before, after }: PageQuery) {
  const cursor = uuidCursor(before ?? after)
  let query = select(ctx).orderBy('invitations.id', 'desc').limit(limit + 1)
  if (cursor) query = query.where('invitations.id', '<', cursor)
  return toPage(await query.execute(), limit, (row) => row.id, (row) => row)
}

/** @throws Refusal 404 */
export const findInvitation = (ctx: Ctx, id: string) =>
  select(ctx).where('invitations.id', '=', id).executeTakeFirstOrThrow(notFound)

/** An invitation that the actor may withdraw: an own one; for administrators, any. @throws Refusal 404 */
export async function findWithdrawable(ctx: Ctx, id: string) {
  return knownInvitations(ctx).select('id').where('id', '=', id).executeTakeFirstOrThrow(notFound)
}

/**
 * The invitation of a token, with what its inviter may still give: their rights now, not when they wrote it.
 * The row is locked, so that two who accept at once come one after the other.
 * @throws Refusal 404 invitation_unusable
 */
export async function findByToken(ctx: Ctx, token: string) {
  const row = await ctx.db.selectFrom('invitations').innerJoin('people', 'people.id', 'invited_by')
    .where('token_hash', '=', digest(token)).where(isOpen)
    .where(isHere()).selectAll('invitations')
    .select(['people.name as inviter_name', 'people.role as inviter_role'])
    .forUpdate('invitations').executeTakeFirst()
  if (!row) throw unusable()
  const inviter = { id: row.invited_by, role: row.inviter_role, session: null }
  const spaces = await spacesToGive({ ...ctx, actor: inviter }, row.id)
  const claims = row.claims && (await findClaimed(ctx, row.claims, row.email!))
  if (!canInvite(inviter, { ...row, spaces }, await invitingIn(ctx)) || claims === undefined) throw unusable()
  return { ...row, spaces, claims: claims || null }
}

/** Whether members may bring in others by themselves. */
export const invitingIn = async (ctx: Pick<Ctx, 'db'>) => ({ members_invite: (await findNetwork(ctx))?.members_invite ?? false })

async function spacesToGive(ctx: Ctx, invitation: string) {
  const ids = await ctx.db.selectFrom('invitation_spaces').select('space_id')
    .where('invitation_id', '=', invitation).execute()
  const found = await allOf(ids, ({ space_id }) => findSpace(ctx, space_id).catch(() => null))
  return found.filter((space) => space && canInviteTo(ctx.actor, space))
    .map((space) => ({ id: space!.id, name: space!.name }))
}

// One after the other: they share a transaction.
async function allOf<T, R>(items: T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (const item of items) results.push(await work(item))
  return results
}

const findClaimed = (ctx: Ctx, id: string, email: string) =>
  // standing: only who has no account yet can be claimed
  ctx.db.selectFrom('people').select(['id', 'name', 'handle']).where('id', '=', id).where('state', '=', 'imported')
    .where(sql<boolean>`lower(email) = lower(${email})`).executeTakeFirst()

/** What the holder of a link may know before coming in. */
export async function openInvitation(ctx: Ctx, token: string) {
  const { role, email, expires_at, spaces, invited_by, inviter_name, claims } = await findByToken(ctx, token)
  return {
    role, email, expires_at, spaces, network: { name: (await findNetwork(ctx))?.name ?? '' },
    inviter: { id: invited_by, name: inviter_name },
    claims: claims && { name: claims.name, handle: claims.handle },
  }
}
