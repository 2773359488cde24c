import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { Refusal } from '../../kernel/errors.ts'
import { defineJob } from '../../kernel/jobs.ts'
import type { Language } from '../../kernel/language.ts'
import { demandSelf } from '../../kernel/standing.ts'
import { sendLetter, sendWarning } from '../../kernel/letters.ts'
import { announceChange, taken } from './commands.ts'
import { digest, newSecret } from './credentials.ts'
import { addressChangedLetter, confirmAddressLetter } from './letters.ts'
import { findNetwork } from './queries.ts'
import { warn } from './warn.ts'

const fresh = sql<boolean>`created_at > now() - interval '24 hours'`

/**
 * Asks for another address of the actor's own. A letter goes there, and the present address stays until the link in it
 * is opened; the present address itself takes back what was asked for before. Whether somebody has the new address is
 * not told here: only who has its mailbox learns it.
 * @throws Refusal 429 `too_many_letters`
 */
export async function askForEmail(ctx: Ctx, email: string, spoken: Language): Promise<void> {
  const { id } = ctx.actor
  const me = await lockMe(ctx)
  await ctx.db.updateTable('email_changes').set({ open: false }).where('person_id', '=', id).where('open', '=', true).execute()
  if (email.toLowerCase() === me.email?.toLowerCase()) {
    // The same mailbox, perhaps in other letters.
    await ctx.db.updateTable('people').set({ email }).where('id', '=', id).execute()
    return
  }
  const token = newSecret('fme_')
  await ctx.db.insertInto('email_changes').values({ token_hash: digest(token), person_id: id, email }).execute()
  const url = `${ctx.host.config.url}/confirm-email/${token}`
  const network = await findNetwork(ctx)
  await sendLetter(ctx, confirmAddressLetter(me.language ?? network?.language ?? spoken, { to: email, url, handle: me.handle, network: network?.name ?? 'Folkmoot' }))
  await warn(ctx, spoken, 'address')
}

/**
 * The actor opened the link that went to their new address: it is theirs from now on, and the old one is told.
 * @throws Refusal 404 `link_over` for a link that is somebody else's, used, withdrawn or older than a day; 409 `email_taken`
 */
export async function confirmEmail(ctx: Ctx, token: string, spoken: Language) {
  demandSelf(ctx.actor)
  const me = await lockMe(ctx)
  const change = await ctx.db.updateTable('email_changes').set({ open: false }).where('token_hash', '=', digest(token))
    .where('person_id', '=', ctx.actor.id).where('open', '=', true).where(fresh).returning('email').executeTakeFirst()
  if (!change) throw new Refusal(404, 'link_over', 'This link is over, or it is for somebody else. Enter the address once more to get a new one.')
  await taken(() => ctx.db.updateTable('people').set(change).where('id', '=', ctx.actor.id).execute())
  const network = await findNetwork(ctx)
  if (me.email)
    await sendWarning(ctx, addressChangedLetter(me.language ?? network?.language ?? spoken, { to: me.email, email: change.email, handle: me.handle, network: network?.name ?? 'Folkmoot' }))
  return announceChange(ctx, ctx.actor.id)
}

/** The address that the actor asked for and has not confirmed yet. */
export async function findPendingEmail(ctx: Ctx): Promise<string | null> {
  const row = await ctx.db.selectFrom('email_changes').select('email').where('person_id', '=', ctx.actor.id)
    .where('open', '=', true).where(fresh).executeTakeFirst()
  return row?.email ?? null
}

// Locked: of two that ask or confirm at once, the second waits for the first.
const lockMe = (ctx: Ctx) =>
  ctx.db.selectFrom('people').select(['handle', 'email', 'language']).where('id', '=', ctx.actor.id).forUpdate().executeTakeFirstOrThrow()

export const forgetEmailChanges = defineJob<object>('forget-email-changes', async (host) => {
  await host.db.deleteFrom('email_changes').where('created_at', '<', sql<string>`now() - interval '24 hours'`).execute()
})
