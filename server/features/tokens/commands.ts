import { sessionEnded } from '../../core/people/events.ts'
import type { Ctx } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'

/** All of the actor's API tokens, at most fifty; the secrets are not kept and so not here. */
export async function listTokens(ctx: Ctx) {
  const items = await ctx.db.selectFrom('api_tokens').select(['id', 'name', 'created_at', 'last_used_at', 'expires_at', 'scopes'])
    .where('person_id', '=', ctx.actor.id).orderBy('created_at', 'desc').execute()
  return { items, next: null }
}

/** Revokes a token at once; connections that came by it end. */
export async function endToken(ctx: Ctx, id: string): Promise<void> {
  const gone = await ctx.db.deleteFrom('api_tokens').where('id', '=', id).where('person_id', '=', ctx.actor.id).executeTakeFirst()
  if (!gone.numDeletedRows) throw notFound()
  await emit(ctx, sessionEnded, { person_id: ctx.actor.id }, { session: id })
}
