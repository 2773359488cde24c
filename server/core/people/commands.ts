import type { z } from 'zod'
import { type Actor, type Ctx, isAdmin, type Role, type Scope } from '../../kernel/context.ts'
import { isDuplicate } from '../../kernel/db.ts'
import { allow, conflict, invalid } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { newId } from '../../kernel/ids.ts'
import type { Language } from '../../kernel/language.ts'
import { followDefaults } from '../spaces/defaults.ts'
import { handOver, lockHosted } from '../spaces/hosts.ts'
import { openProfile } from '../spaces/profiles.ts'
import { digest, hashPassword, newSecret } from './credentials.ts'
import { personChanged, personJoined, sessionEnded } from './events.ts'
import { canGrant, canManage } from './policy.ts'
import { goAway } from './presence.ts'
import { demandUncommon } from './uncommon.ts'
import { findPerson } from './queries.ts'
import type { PersonChange, PersonInput, ProfileInput } from './schema.ts'
import { closeAllDoors, endLooksOf, endSessions } from './sessions.ts'
import { isHere } from './taking-part.ts'
import { tellOfAdministrator, warn } from './warn.ts'

/** The one door by which a person comes in: row, profile space, fact. */
export async function admitPerson(ctx: Ctx, person: Omit<z.output<typeof PersonInput>, 'token' | 'scopes'>, password: string | null = null) {
  const id = newId()
  const { name, handle, email = null, role, kind } = person
  if (password !== null) await demandUncommon(ctx, password, [name, handle, email])
  const password_hash = password === null ? null : await hashPassword(password)
  await taken(() => ctx.db.insertInto('people').values({ id, name, handle, email, role, kind, photo: null, password_hash }).execute())
  const space = await openProfile(ctx, { id, name })
  await emit(ctx, personJoined, { space_id: space, person_id: id }, {})
  if (kind === 'person') await followDefaults(ctx, { id, role })
  return id
}

/** Adds a person; with `token: true` the answer carries an API token of theirs, shown this once. */
export async function addPerson(ctx: Ctx, { token, scopes, ...input }: z.output<typeof PersonInput>, spoken?: Language) {
  allow(canGrant(ctx.actor, input.role), 'Only an owner can make an owner.', 'owners_only')
  const id = await admitPerson(ctx, input)
  if (isAdmin(input)) await tellOfAdministrator(ctx, id, ctx.actor.id, spoken)
  const person = await findPerson(ctx, id)
  return token ? { ...person, token: (await createToken(asPerson(ctx, id), { name: 'API', scopes })).token } : person
}

const asPerson = (ctx: Ctx, id: string): Ctx => ({ ...ctx, actor: { id, role: 'member', session: null } satisfies Actor })

/** Changes the actor's own profile; another e-mail address has to be confirmed first (`email-changes.ts`). */
export async function changeProfile(ctx: Ctx, change: Omit<z.output<typeof ProfileInput>, 'email'>) {
  if (Object.keys(change).length) {
    await taken(() => ctx.db.updateTable('people').set(change).where('id', '=', ctx.actor.id).execute())
    if (change.shows_presence === false) await goAway(ctx)
    if (change.name) await ctx.db.updateTable('spaces').set({ name: change.name }).where('owner_id', '=', ctx.actor.id).execute()
  }
  return announceChange(ctx, ctx.actor.id)
}

/** Tells everybody that a profile is different; returns it. */
export async function announceChange(ctx: Ctx, id: string) {
  const person = await findPerson(ctx, id)
  await emit(ctx, personChanged, { space_id: person.space, person_id: id }, {})
  return person
}

/** An administrator changes a role or lets a person go; leaving closes every door at once. */
export async function changePerson(ctx: Ctx, id: string, change: z.output<typeof PersonChange>, spoken: Language) {
  // Locks first, then the look: of two who change the same person the second finds what the first did.
  const hosted = change.state === 'deactivated' ? await lockHosted(ctx, id) : []
  const row = await ctx.db.selectFrom('people').select('stands_for').where('id', '=', id).forNoKeyUpdate().executeTakeFirst()
  if (row?.stands_for) throw invalid('stand_in', 'This only holds words of an import until somebody confirms that they are theirs; it can do nothing here.')
  const person = await findPerson(ctx, id)
  allow(canManage(ctx.actor, person) && (!change.role || canGrant(ctx.actor, change.role)), 'Only an owner can do this to an owner.', 'owners_only')
  if (change.state === 'active' && person.state === 'imported')
    throw invalid('comes_by_letter', 'Invite this person by e-mail: they come in by the letter, and with them what they wrote.')
  const demoted = person.role === 'owner' && ((change.role && change.role !== 'owner') || change.state === 'deactivated')
  if (demoted && (await countOtherOwners(ctx, id)) === 0) throw invalid('last_owner', 'The network needs at least one owner. Make somebody else an owner first.')
  await ctx.db.updateTable('people').set(change).where('id', '=', id).execute()
  if (change.state && change.state !== person.state) await countMemberships(ctx, id, change.state === 'deactivated' ? -1 : person.state === 'deactivated' ? 1 : 0)
  if (change.state === 'deactivated') {
    await handOver(ctx, hosted)
    await closeAllDoors(ctx, id)
  }
  // Sockets know the role they came with: a changed role closes them, and they come back with the new one.
  else if (change.role && change.role !== person.role) {
    await emit(ctx, sessionEnded, { person_id: id }, { session: null })
    await endLooksOf(ctx, id)
  }
  const now = { ...person, ...change }
  if (isPower(now) && !isPower(person)) await tellOfAdministrator(ctx, id, ctx.actor.id, spoken)
  return announceChange(ctx, id)
}

const isPower = ({ role, state }: { role: Role; state: string }) => state === 'active' && isAdmin({ role })

// `member_count` counts those who can read: not who was let go, whose memberships wait for their return.
const countMemberships = (ctx: Ctx, id: string, by: number) =>
  ctx.db.updateTable('spaces').set((eb) => ({ member_count: eb('member_count', '+', by) }))
    .where('id', 'in', (eb) => eb.selectFrom('memberships').select('space_id').where('person_id', '=', id)).execute()

// Locked: two owners who let each other go at once come one after the other.
const countOtherOwners = async (ctx: Ctx, id: string) =>
  (await ctx.db.selectFrom('people').select('id').where('role', '=', 'owner').where(isHere()).orderBy('id').forUpdate().execute())
    .filter((owner) => owner.id !== id).length

/** Sets a new password; the other sessions end. Tokens and passkeys are ended by `endEverything`, which the web then offers. */
export async function changePassword(ctx: Ctx, password: string, language: Language): Promise<void> {
  await setPassword(ctx, ctx.actor.id, password)
  await endSessions(ctx, ctx.actor.id, ctx.actor.session)
  await warn(ctx, language, 'password')
}

/** Gives somebody a password. @throws Refusal 422 `common_password` */
export async function setPassword(ctx: Ctx, id: string, password: string): Promise<void> {
  const { name, handle, email } = await ctx.db.selectFrom('people').select(['name', 'handle', 'email']).where('id', '=', id).executeTakeFirstOrThrow()
  await demandUncommon(ctx, password, [name, handle, email])
  await ctx.db.updateTable('people').set({ password_hash: await hashPassword(password) }).where('id', '=', id).execute()
}

const MOST_TOKENS = 50

/** Makes an API token for the actor; its secret is in the answer and nowhere else. @throws Refusal 422 `too_many_tokens` */
export async function createToken(ctx: Ctx, input: { name: string; expires_at?: string; scopes?: Scope[] }) {
  // Locked: of two that are made at once the second finds the first.
  await ctx.db.selectFrom('people').select('id').where('id', '=', ctx.actor.id).forNoKeyUpdate().execute()
  const { n } = await ctx.db.selectFrom('api_tokens').where('person_id', '=', ctx.actor.id).select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
  if (Number(n) >= MOST_TOKENS) throw invalid('too_many_tokens', `One can have ${MOST_TOKENS} tokens. Revoke one first.`)
  const token = newSecret('fmt_')
  const row = { id: newId(), name: input.name, expires_at: input.expires_at ?? null, scopes: input.scopes ?? ['read', 'write'] satisfies Scope[] }
  await ctx.db.insertInto('api_tokens').values({ ...row, person_id: ctx.actor.id, token_hash: digest(token), last_used_at: null }).execute()
  return { ...row, token, created_at: new Date().toISOString(), last_used_at: null }
}

/** Turns a broken unique constraint into words. */
export async function taken<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (isDuplicate(error, 'people_handle')) throw conflict('handle_taken', 'This handle is taken. Choose another one.')
    if (isDuplicate(error, 'people_email')) throw conflict('email_taken', 'Somebody with this e-mail address is here already.')
    throw error
  }
}
