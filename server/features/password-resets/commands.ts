import { sql } from 'kysely'
import { setPassword } from '../../core/people/commands.ts'
import { digest, newSecret } from '../../core/people/credentials.ts'
import { canManage } from '../../core/people/policy.ts'
import { findNetwork, findPerson } from '../../core/people/queries.ts'
import { isHere, isHuman } from '../../core/people/taking-part.ts'
import { endSessions } from '../../core/people/sessions.ts'
import { warn } from '../../core/people/warn.ts'
import { type Ctx, inTransaction, type Role, SYSTEM } from '../../kernel/context.ts'
import { allow, invalid, Refusal } from '../../kernel/errors.ts'
import { defineJob, enqueue } from '../../kernel/jobs.ts'
import type { Language } from '../../kernel/language.ts'
import { sendLetter } from '../../kernel/letters.ts'
import { resetLetter } from './letter.ts'

// What somebody asks for by mail is good for an hour; what an administrator passes on, for a day.
const isGood = sql<boolean>`created_at > now() - case when made_by is null then interval '1 hour' else interval '1 day' end`
const AN_HOUR = 3

/**
 * Asks for a link by mail. Whether somebody has this name is not told, also not by how long the answer takes: it is looked
 * up afterwards, and for everybody in the same way.
 */
export const askForReset = (ctx: Ctx, login: string, spoken: Language): Promise<unknown> => enqueue(ctx.db, sendResetLink, { login, spoken })

export const sendResetLink = defineJob<{ login: string; spoken: Language }>('send-reset-link', (host, { login, spoken }) =>
  inTransaction(host, SYSTEM, async (ctx) => {
    const name = login.trim().toLowerCase().replace(/^@/, '')
    const person = await ctx.db.selectFrom('people').select(['id', 'handle', 'email', 'language']).where(isHere()).where(isHuman())
      .where((eb) => eb.or([eb('handle', '=', name), eb(sql`lower(email)`, '=', name)])).forNoKeyUpdate().executeTakeFirst()
    if (!person?.email || (await askedLately(ctx, person.id)) >= AN_HOUR) return
    const network = await findNetwork(ctx)
    const url = await makeLink(ctx, person.id, null)
    // A mailbox that has had enough letters gets no more of them; nobody is told.
    await sendLetter(ctx, resetLetter(person.language ?? network?.language ?? spoken, { to: person.email, network: network?.name ?? 'Folkmoot', handle: person.handle, url }))
  }).catch((error) => {
    if (!(error instanceof Refusal)) throw error
  }), { queue: 'mail' })

async function askedLately(ctx: Ctx, person: string): Promise<number> {
  const { n } = await ctx.db.selectFrom('password_resets').where('person_id', '=', person).where('made_by', 'is', null)
    .where('created_at', '>', sql<string>`now() - interval '1 hour'`).select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
  return Number(n)
}

async function makeLink(ctx: Ctx, person: string, by: string | null): Promise<string> {
  const token = newSecret('fmp_')
  await ctx.db.insertInto('password_resets').values({ token_hash: digest(token), person_id: person, made_by: by }).execute()
  return `${ctx.host.config.url}/new-password#${token}`
}

/** An administrator makes a link that they pass on themselves; its person is told. @throws Refusal 403, 404, 422 `cannot_sign_in` */
export async function makeResetLink(ctx: Ctx, personId: string, spoken: Language): Promise<{ url: string }> {
  const person = await findPerson(ctx, personId)
  allow(canManage(ctx.actor, person), 'Only an owner can do this to an owner.', 'owners_only')
  if (person.state !== 'active' || person.kind !== 'person') throw invalid('cannot_sign_in', 'Nobody signs in with this name.')
  const url = await makeLink(ctx, person.id, ctx.actor.id)
  await warn(as(ctx, person), spoken, 'reset_link')
  return { url }
}

/**
 * Sets a new password by a link, once; sessions that are open end, and the person is told by a letter.
 * @throws Refusal 404 `link_over`
 */
export async function resetPassword(ctx: Ctx, token: string, password: string, spoken: Language): Promise<void> {
  const link = await ctx.db.deleteFrom('password_resets').where('token_hash', '=', digest(token)).where(isGood).returning('person_id').executeTakeFirst()
  const person = link && (await ctx.db.selectFrom('people').select(['id', 'role']).where('id', '=', link.person_id).where(isHere()).executeTakeFirst())
  if (!person) throw new Refusal(404, 'link_over', 'This link was used, is too old, or was never one. Ask for a new one.')
  await setPassword(ctx, person.id, password)
  // Whoever has another link, or guessed until now, begins anew.
  await ctx.db.deleteFrom('password_resets').where('person_id', '=', person.id).execute()
  await ctx.db.deleteFrom('guesses').where('about', '=', person.id).execute()
  await endSessions(as(ctx, person), person.id, null)
  await warn(as(ctx, person), spoken, 'password')
}

const as = (ctx: Ctx, { id, role }: { id: string; role: Role }): Ctx => ({ ...ctx, actor: { id, role, session: null } })

export const forgetResets = defineJob<object>('forget-resets', async (host) => {
  await host.db.deleteFrom('password_resets').where('created_at', '<', sql<string>`now() - interval '1 day'`).execute()
})
