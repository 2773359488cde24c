import type { Ctx } from '../../kernel/context.ts'
import type { Language } from '../../kernel/language.ts'
import { sendWarning } from '../../kernel/letters.ts'
import { type Deed, deedLetter } from './letters.ts'
import { findNetwork } from './queries.ts'

/**
 * Tells the actor by a letter what was done to their account, in case it was not they who did it.
 * @param spoken the language of the request, for those who chose none
 */
export async function warn(ctx: Ctx, spoken: Language, deed: Deed): Promise<void> {
  const { email, handle, language } = await ctx.db.selectFrom('people').select(['email', 'handle', 'language']).where('id', '=', ctx.actor.id).executeTakeFirstOrThrow()
  if (email) await sendWarning(ctx, deedLetter(language ?? spoken, { to: email, network: (await findNetwork(ctx))?.name ?? 'Folkmoot', handle, deed }))
}
