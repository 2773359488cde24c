import { sessionEnded } from '../../core/people/events.ts'
import type { Ctx } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'

// The secrets are not kept and so not here.
const tokensOf = (ctx: Ctx) =>
  ctx.db.selectFrom('api_tokens').select(['id', 'name', 'created_at', 'last_used_at', 'expires_at', 'scopes']).where('person_id', '=', ctx.actor.id)

/** All of the actor's API tokens, at most fifty. */
export const listTokens = async (ctx: Ctx) => ({ items: await tokensOf(ctx).orderBy('created_at', 'desc').execute(), next: null })

/** @throws Refusal 404 */
export const findToken = (ctx: Ctx, id: string) => tokensOf(ctx).where('id', '=', id).executeTakeFirstOrThrow(notFound)

/** Revokes a token at once; connections that came by it end. */
export async function endToken(ctx: Ctx, id: string): Promise<void> {
  const gone = await ctx.db.deleteFrom('api_tokens').where('id', '=', id).where('person_id', '=', ctx.actor.id).executeTakeFirst()
  if (!gone.numDeletedRows) throw notFound()
  await emit(ctx, sessionEnded, { person_id: ctx.actor.id }, { session: id })
}
