import type { IncomingHttpHeaders } from 'node:http'
import { type Insertable, sql } from 'kysely'
import type { z } from 'zod'
import { findNetwork, findPerson } from '../../core/people/queries.ts'
import { endTheRest } from '../../core/people/ending.ts'
import { beginSession, closeAllDoors } from '../../core/people/sessions.ts'
import { noteProof } from '../../core/people/sign-in.ts'
import { isHere } from '../../core/people/taking-part.ts'
import { warn } from '../../core/people/warn.ts'
import { type Config } from '../../kernel/config.ts'
import { type Ctx, inTransaction, type Role } from '../../kernel/context.ts'
import { isDuplicate, type Tables } from '../../kernel/db.ts'
import { conflict, invalid, notFound, Refusal } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { defineJob } from '../../kernel/jobs.ts'
import type { Language } from '../../kernel/language.ts'
import { findPasskey } from './queries.ts'
import type { RegistrationInput, SignInInput } from './schema.ts'

// Loaded when the first passkey is used: certificates of all makers take 14 MB.
const webauthn = () => import('@simplewebauthn/server')

const MOST = 20
// EdDSA, ES256, RS256 (COSE): what authenticators have; named, so that it does not depend on what this Node can do.
const supportedAlgorithmIDs = [-8, -7, -257]
const expired = sql<string>`now() - interval '5 minutes'`

/** Where our passkeys are good for: the address people type, and its host. */
const site = (config: Pick<Config, 'url'>) =>
  ({ expectedOrigin: new URL(config.url).origin, expectedRPID: new URL(config.url).hostname })

const unusable = () => invalid('passkey_unusable', 'This passkey could not be checked. Begin again.')
const tooMany = () => invalid('too_many_passkeys', `One can have ${MOST} passkeys. Remove one first.`)
// One answer for everything that can be wrong, so that nothing is learnt from it.
const refused = () => new Refusal(401, 'passkey_refused',
  'This passkey does not let you in here. Try again, or sign in with your password.')

/** What the browser needs to make a passkey for the actor. */
export async function beginRegistration(ctx: Ctx) {
  const me = await findPerson(ctx, ctx.actor.id)
  const mine = await ctx.db.selectFrom('passkeys').select(['credential_id as id', 'transports'])
    .where('person_id', '=', me.id).execute()
  if (mine.length >= MOST) throw tooMany()
  const { generateRegistrationOptions } = await webauthn()
  const options = await generateRegistrationOptions({
    supportedAlgorithmIDs, rpName: (await findNetwork(ctx))?.name ?? 'Folkmoot',
    rpID: site(ctx.host.config).expectedRPID,
    userName: me.handle, userDisplayName: me.name, userID: handleOf(me.id), excludeCredentials: mine,
    // A passkey stands for name and password, so it must be found without a name and ask for more than possession.
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  await keepChallenge(ctx, options.challenge, me.id)
  return options
}

/** What the browser needs to sign in with a passkey; whose it is, the passkey says. */
export const beginSignIn = (ctx: Ctx) => beginUse(ctx, null)

/** The same for somebody who is here and shows that it is they. */
export const beginProof = (ctx: Ctx) => beginUse(ctx, ctx.actor.id)

async function beginUse(ctx: Ctx, person: string | null) {
  const { expectedRPID: rpID } = site(ctx.host.config)
  const { generateAuthenticationOptions } = await webauthn()
  const options = await generateAuthenticationOptions({ rpID, userVerification: 'required' })
  await keepChallenge(ctx, options.challenge, person)
  return options
}

const handleOf = (person: string) => Uint8Array.from(Buffer.from(person.replaceAll('-', ''), 'hex'))

const keepChallenge = (ctx: Ctx, challenge: string, person_id: string | null) =>
  ctx.db.insertInto('webauthn_challenges').values({ challenge, person_id }).execute()

/**
 * Takes the challenge that a response answers out of the table, outside any transaction: whatever comes of the
 * response, it is not answered twice. Null when it is not ours, was answered before, or is older than five minutes.
 */
async function takeChallenge(ctx: Ctx, clientData: string, person: string | null): Promise<string | null> {
  const challenge = challengeIn(clientData)
  if (!challenge) return null
  const row = await ctx.host.db.deleteFrom('webauthn_challenges').where('challenge', '=', challenge)
    .where('created_at', '>', expired)
    .where('person_id', 'is not distinct from', person).returning('challenge').executeTakeFirst()
  return row?.challenge ?? null
}

function challengeIn(clientData: string): string | null {
  try {
    const { challenge } = JSON.parse(Buffer.from(clientData, 'base64url').toString())
    return typeof challenge === 'string' && challenge.length <= 200 ? challenge : null
  } catch {
    return null
  }
}

/** Adds the passkey that the actor's browser made. @throws Refusal 422 when it is not what was asked for */
export async function register(ctx: Ctx, { response, name }: z.output<typeof RegistrationInput>, language: Language) {
  const challenge = await takeChallenge(ctx, response.response.clientDataJSON, ctx.actor.id)
  if (!challenge) throw unusable()
  const { verifyRegistrationResponse } = await webauthn()
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response, supportedAlgorithmIDs, expectedChallenge: challenge, ...site(ctx.host.config),
  }).catch(() => { throw unusable() })
  if (!verified) throw unusable()
  const { id: credential_id, publicKey, counter } = registrationInfo.credential
  const key = {
    id: newId(), person_id: ctx.actor.id, name: name || 'Passkey', credential_id, public_key: Buffer.from(publicKey), counter,
    transports: response.response.transports, last_used_at: null,
  }
  await inTransaction(ctx.host, ctx.actor, async (inside) => {
    await add(inside, key)
    await warn(inside, language, 'passkey')
  })
  return findPasskey(ctx, key.id)
}

async function add(ctx: Ctx, key: Insertable<Tables['passkeys']>): Promise<void> {
  // Locked: of two that are added at once the second finds the first.
  await ctx.db.selectFrom('people').select('id').where('id', '=', key.person_id).forNoKeyUpdate().execute()
  const mine = await ctx.db.selectFrom('passkeys').select('id').where('person_id', '=', key.person_id).execute()
  if (mine.length >= MOST) throw tooMany()
  try {
    await ctx.db.insertInto('passkeys').values(key).execute()
  } catch (error) {
    throw isDuplicate(error, 'passkeys_credential_id_key')
      ? conflict('passkey_known', 'This passkey is here already.') : error
  }
}

/** Who signs in with this passkey, and the session that begins. @throws Refusal 401, the same for every reason */
export async function signIn(ctx: Ctx, input: z.output<typeof SignInInput>, headers: IncomingHttpHeaders) {
  return checked(ctx, input, null, async (inside, key) => {
    const { cookie } = await beginSession(inside, key.person_id, headers)
    return { actor: { id: key.person_id, role: key.role, session: null }, cookie }
  })
}

/** The actor shows by one of their passkeys that it is they. @throws Refusal 401 */
export async function prove(ctx: Ctx, input: z.output<typeof SignInInput>): Promise<void> {
  await checked(ctx, input, ctx.actor.id, async (inside, key) => {
    if (key.person_id !== ctx.actor.id) throw refused()
    await noteProof(inside)
  })
}

/** Checks that a passkey signed what it was asked to, and goes on with whose it is. */
async function checked<T>(
  ctx: Ctx, { response }: z.output<typeof SignInInput>, askedOf: string | null, work: (inside: Ctx, key: { person_id: string; role: Role }) => Promise<T>,
): Promise<T> {
  const challenge = await takeChallenge(ctx, response.response.clientDataJSON, askedOf)
  if (!challenge) throw refused()
  return inTransaction(ctx.host, ctx.actor, async (inside) => {
    const key = await inside.db.selectFrom('passkeys').innerJoin('people', 'people.id', 'passkeys.person_id')
      .selectAll('passkeys').select('people.role')
      .where('credential_id', '=', response.id).where(isHere()).forUpdate('passkeys')
      .executeTakeFirst()
    if (!key || !isFor(key.person_id, response.response.userHandle)) throw refused()
    const { verifyAuthenticationResponse } = await webauthn()
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response, expectedChallenge: challenge, ...site(ctx.host.config),
      credential: {
        id: key.credential_id, publicKey: Uint8Array.from(key.public_key), counter: key.counter, transports: key.transports,
      },
    }).catch(() => { throw refused() })
    if (!verified) throw refused()
    await inside.db.updateTable('passkeys')
      .set({ counter: authenticationInfo.newCounter, last_used_at: sql<string>`now()` })
      .where('id', '=', key.id).execute()
    return work(inside, key)
  })
}

const isFor = (person: string, handle: string | undefined) =>
  !handle || handle === Buffer.from(handleOf(person)).toString('base64url')

/** Removes one of the actor's passkeys. */
export async function removePasskey(ctx: Ctx, id: string, language: Language): Promise<void> {
  const gone = await ctx.db.deleteFrom('passkeys').where('id', '=', id).where('person_id', '=', ctx.actor.id)
    .executeTakeFirst()
  if (!gone.numDeletedRows) throw notFound()
  await warn(ctx, language, 'passkey_removed')
}

/**
 * Closes every door to the actor's account, whoever opened it: all sessions but this one, all API tokens, the passkeys
 * that are not kept, the browsers that are known, an address that waits to be confirmed, and invitations that could still be used.
 */
export async function endEverything(ctx: Ctx, keep: string[], language: Language): Promise<void> {
  await closeAllDoors(ctx, ctx.actor.id, ctx.actor.session)
  await ctx.db.deleteFrom('passkeys').where('person_id', '=', ctx.actor.id).where(sql<boolean>`id <> all (${keep}::uuid[])`).execute()
  await endTheRest(ctx)
  await warn(ctx, language, 'everything')
}

export const forgetChallenges = defineJob<object>('forget-challenges', async (host) => {
  await host.db.deleteFrom('webauthn_challenges').where('created_at', '<', expired).execute()
})
