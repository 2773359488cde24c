import type { IncomingHttpHeaders } from 'node:http'
import { sql } from 'kysely'
import { type Ctx, type Host, NOBODY, type Role } from '../../kernel/context.ts'
import { invalid, Refusal } from '../../kernel/errors.ts'
import { placeOf } from '../../kernel/places.ts'
import { demandSelf, sessionNeeded } from '../../kernel/standing.ts'
import { digest, passwordFits } from './credentials.ts'
import { findDevice } from './devices.ts'
import { guess } from './guesses.ts'
import { isHere } from './taking-part.ts'

/** Where somebody signs in from. */
export type Place = { ip: string; headers: IncomingHttpHeaders }

/**
 * Who signs in with this name and password. Tries count for the person, by whatever name, and for the place they come
 * from; a name that nobody has is counted in the same way.
 * @param login handle or e-mail address
 * @throws Refusal 401, the same for a wrong password and a person who does not exist; 429 after too many tries
 */
export async function checkPassword(host: Host, login: string, password: string, { ip, headers }: Place): Promise<{ id: string; role: Role }> {
  const name = login.trim().toLowerCase().replace(/^@/, '')
  const person = await host.db.selectFrom('people').select(['id', 'role', 'password_hash'])
    .where((eb) => eb.or([eb('handle', '=', name), eb(sql`lower(email)`, '=', name)])).where(isHere())
    .executeTakeFirst()
  const device = await findDevice(host, headers, person?.id ?? NOBODY.id)
  const about = person?.id ?? `nobody ${digest(name).toString('base64url')}`
  const made = { about, from: device ?? placeOf(ip), known: device !== null }
  if (!(await guess(host, made, () => passwordFits(person?.password_hash, password))))
    throw new Refusal(401, 'wrong_credentials', 'This name and password do not belong together.')
  return { id: person!.id, role: person!.role }
}

/** The actor shows by their password that it is they. @throws Refusal 422 `wrong_password`; 429; 403 `session_needed` */
export async function proveByPassword(ctx: Ctx, password: string): Promise<void> {
  const { id, session, scopes } = ctx.actor
  demandSelf(ctx.actor)
  if (scopes || !session) throw sessionNeeded()
  const row = await ctx.db.selectFrom('people').select('password_hash').where('id', '=', id).executeTakeFirst()
  // Whoever sits in a session has come in before: strangers' tries are no reason to let them wait.
  const made = { about: id, from: session, known: true }
  if (!(await guess(ctx.host, made, () => passwordFits(row?.password_hash, password))))
    throw invalid('wrong_password', 'The password is not right.')
  await noteProof(ctx)
}

/** From now on the actor's session counts as proven, for a while. @throws Refusal 403 `session_needed`, `looking` */
export async function noteProof(ctx: Ctx): Promise<void> {
  demandSelf(ctx.actor)
  const { numUpdatedRows } = await ctx.db.updateTable('sessions').set({ proven_at: sql<string>`now()` })
    .where('id', '=', ctx.actor.session).where('person_id', '=', ctx.actor.id).executeTakeFirst()
  if (!numUpdatedRows) throw sessionNeeded()
}
