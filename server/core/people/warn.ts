import type { Ctx } from '../../kernel/context.ts'
import type { Language } from '../../kernel/language.ts'
import { sendWarning } from '../../kernel/letters.ts'
import { administratorLetter, type Deed, deedLetter } from './letters.ts'
import { findNetwork } from './queries.ts'

/**
 * Tells the actor by a letter what was done to their account, in case it was not they who did it.
 * @param spoken the language of the request, for those who chose none in a network that has none
 */
export async function warn(ctx: Ctx, spoken: Language, deed: Deed): Promise<void> {
  const { email, handle, language } = await ctx.db.selectFrom('people').select(['email', 'handle', 'language']).where('id', '=', ctx.actor.id).executeTakeFirstOrThrow()
  const network = await findNetwork(ctx)
  if (email) await sendWarning(ctx, deedLetter(language ?? network?.language ?? spoken, { to: email, network: network?.name ?? 'Folkmoot', handle, deed }))
}

/**
 * Tells the other administrators that somebody is one of them now, in case it was not one of them who wanted it.
 * @param by who made them so; nobody of the network where it was done on the command line
 */
export async function tellOfAdministrator(ctx: Ctx, id: string, by: string, spoken: Language = 'en'): Promise<void> {
  const known = await ctx.db.selectFrom('people').select(['id', 'handle']).where('id', 'in', [id, by]).execute()
  const handleOf = (person: string) => known.find((one) => one.id === person)?.handle
  const network = await findNetwork(ctx)
  const others = await ctx.db.selectFrom('people').select(['email', 'language']).where('role', 'in', ['owner', 'admin'])
    .where('state', '=', 'active').where('id', '<>', id).where('email', 'is not', null).orderBy('id').execute()
  for (const { email, language } of others)
    await sendWarning(ctx, administratorLetter(language ?? network?.language ?? spoken, { to: email!, network: network?.name ?? 'Folkmoot', handle: handleOf(id)!, by: handleOf(by) }))
}
