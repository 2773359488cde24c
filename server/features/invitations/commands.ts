import type { IncomingHttpHeaders } from 'node:http'
import { sql } from 'kysely'
import type { z } from 'zod'
import { tellWhoTheyTalkWith } from '../../core/entries/telling.ts'
import { admitPerson, changeProfile, setPassword } from '../../core/people/commands.ts'
import { digest, newSecret } from '../../core/people/credentials.ts'
import { personJoined } from '../../core/people/events.ts'
import { findNetwork, findPerson } from '../../core/people/queries.ts'
import { beginSession } from '../../core/people/sessions.ts'
import { tellOfAdministrator } from '../../core/people/warn.ts'
import { addMember } from '../../core/spaces/commands.ts'
import { followDefaults } from '../../core/spaces/defaults.ts'
import { findReadableSpace } from '../../core/spaces/queries.ts'
import { type Ctx, isAdmin } from '../../kernel/context.ts'
import { allow, conflict, invalid } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { newId } from '../../kernel/ids.ts'
import { defineJob } from '../../kernel/jobs.ts'
import { type Language, languageIn, languageOf } from '../../kernel/language.ts'
import { sendLetter } from '../../kernel/letters.ts'
import { demandGrant, demandScope, demandSelf } from '../../kernel/standing.ts'
import { invitationLetter } from './letter.ts'
import { canInvite, canInviteTo } from './policy.ts'
import { findByToken, findInvitation, findWithdrawable, invitingIn } from './queries.ts'
import type { AcceptInput, InvitationInput } from './schema.ts'

/** Invites by a link, or by a letter to one address, in the language of who is invited or, where it is not known, in `spoken`. The link is in this answer and nowhere else. */
export async function invite(ctx: Ctx, input: z.output<typeof InvitationInput>, spoken: Language) {
  demandSelf(ctx.actor)
  const email = input.email ?? null
  const claimed = email ? await findClaimable(ctx, email) : null
  const role = input.role ?? claimed?.role ?? 'member'
  const uses = email ? 1 : input.uses
  if (role === 'owner') throw invalid('owners_only', 'Choose a role: nobody becomes an owner by an invitation.')
  // Whoever comes in stays, whatever becomes of the token or the session that let them.
  if (role === 'admin') demandGrant(ctx.actor)
  else demandScope(ctx.actor, 'grant')
  allow(canInvite(ctx.actor, { role, uses, spaces: input.spaces }, await invitingIn(ctx)),
    'You may invite one new member at a time, into a space that you host.', 'cannot_invite')
  const spaces = await spacesToGive(ctx, input.spaces)
  const token = newSecret('fmi_')
  const id = newId()
  await ctx.db.insertInto('invitations').values({
    id, token_hash: digest(token), invited_by: ctx.actor.id, role, uses, email,
    claims: claimed?.id ?? null, expires_at: input.expires_at,
  }).execute()
  if (spaces.length) await ctx.db.insertInto('invitation_spaces')
    .values(spaces.map((space) => ({ invitation_id: id, space_id: space.id }))).execute()
  const url = `${ctx.host.config.url}/invite/${token}`
  const network = await findNetwork(ctx)
  if (email) await sendLetter(ctx, invitationLetter(claimed?.language ?? network?.language ?? spoken, {
    to: email, url, inviter: (await findPerson(ctx, ctx.actor.id)).name,
    network: network?.name ?? 'Folkmoot',
    spaces: spaces.map((space) => space.name), expires_at: input.expires_at, claims: claimed !== null,
  }))
  // Who claims a history must have the mailbox. Members learn by no answer who is here already.
  return { ...(await findInvitation(ctx, id)), url: email && (claimed || !isAdmin(ctx.actor)) ? null : url }
}

/**
 * The imported person with this address, whom an administrator's letter lets in.
 * @throws Refusal 409 when somebody is here by it
 */
async function findClaimable(ctx: Ctx, email: string) {
  if (!isAdmin(ctx.actor)) return null
  const known = await ctx.db.selectFrom('people').select(['id', 'role', 'state', 'language'])
    .where(sql<boolean>`lower(email) = lower(${email})`).executeTakeFirst()
  if (known && known.state !== 'imported')
    throw conflict('email_taken', 'Somebody with this e-mail address is here already.')
  return known ?? null
}

async function spacesToGive(ctx: Ctx, ids: string[]) {
  const spaces = []
  for (const id of new Set(ids)) {
    const space = await findReadableSpace(ctx, id)
    allow(canInviteTo(ctx.actor, space), `You may not bring new people into ${space.name}.`, 'hosts_only')
    spaces.push(space)
  }
  return spaces
}

/** Withdraws an invitation: it is as if it had never been. @throws Refusal 404 */
export async function withdraw(ctx: Ctx, id: string): Promise<void> {
  await findWithdrawable(ctx, id)
  await ctx.db.deleteFrom('invitations').where('id', '=', id).execute()
}

/** Comes in by an invitation: a new person, or an imported one whose history it is. Begins a session. */
export async function accept(ctx: Ctx, token: string, input: Acceptance, headers: IncomingHttpHeaders) {
  const invitation = await findByToken(ctx, token)
  const { role, email, claims, spaces } = invitation
  if (email && input.email && input.email.toLowerCase() !== email.toLowerCase())
    throw invalid('other_mailbox', 'This invitation is for the address it was sent to.',
      { errors: [{ path: 'email', message: 'is not the address that was invited' }] })
  const id = claims ? await claim(ctx, claims.id, role, input) : await admit(ctx, role, email, input)
  const person = { ...ctx, actor: { id, role, session: null } }
  const { name, handle, time_zone } = input
  const kept = claims && { name: name ?? claims.name, handle: handle ?? claims.handle }
  const language = languageIn(headers['accept-language']) ?? (await findNetwork(ctx))?.language
  const profile = { ...kept, ...(time_zone && { time_zone }), ...(language && { language }) }
  if (Object.keys(profile).length) await changeProfile(person, profile)
  for (const space of spaces) await addMember(person, space.id, id)
  if (role === 'admin') await tellOfAdministrator(person, id, invitation.invited_by, languageOf(headers['accept-language']))
  await countUse(ctx, invitation)
  return { person, ...(await beginSession(ctx, id, headers)) }
}

type Role = 'admin' | 'member' | 'guest'
type Acceptance = z.output<typeof AcceptInput>

async function admit(ctx: Ctx, role: Role, invited: string | null, input: Acceptance) {
  const { name, handle, email = invited ?? undefined } = input
  if (!name || !handle || !email) {
    const missing = Object.entries({ name, handle, email }).filter(([, value]) => !value).map(([path]) => path)
    const errors = missing.map((path) => ({ path, message: 'is needed' }))
    throw invalid('invalid', `The body is not as it should be: ${missing[0]}: is needed`, { errors })
  }
  return admitPerson(ctx, { name, handle, email, role, kind: 'person' }, input.password)
}

/**
 * An imported person can take part from now on; their id and what they wrote stay. Whoever shares a conversation or another
 * private space with them is told, so that nobody takes over somebody else's history unseen.
 */
async function claim(ctx: Ctx, id: string, role: Role, { password }: Acceptance) {
  await ctx.db.updateTable('people').set({ state: 'active', role }).where('id', '=', id).execute()
  await setPassword(ctx, id, password)
  const them = { ...ctx, actor: { id, role, session: null } }
  const { space } = await findPerson(them, id)
  await emit(ctx, personJoined, { space_id: space, person_id: id }, {})
  await followDefaults(ctx, { id, role })
  await tellWhoTheyTalkWith(them, id, { type: 'claimed', body: 'took over this account, which had come by an import' })
  await ctx.db.deleteFrom('invitations').where('claims', '=', id).execute()
  return id
}

// What is used up is of no use to keep, with the address in it.
const countUse = (ctx: Ctx, { id, uses, used }: { id: string; uses: number | null; used: number }) =>
  uses !== null && used + 1 >= uses ? ctx.db.deleteFrom('invitations').where('id', '=', id).execute()
    : ctx.db.updateTable('invitations').set({ used: used + 1 }).where('id', '=', id).execute()

export const forgetInvitations = defineJob<object>('forget-invitations', async (host) => {
  await host.db.deleteFrom('invitations').where('expires_at', '<', sql<string>`now() - interval '30 days'`).execute()
})
