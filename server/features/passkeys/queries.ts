import type { Ctx } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'

const mine = (ctx: Ctx) =>
  ctx.db.selectFrom('passkeys').select(['id', 'name', 'created_at', 'last_used_at'])
    .where('person_id', '=', ctx.actor.id)

/** The actor's passkeys, the newest first. */
export async function listPasskeys(ctx: Ctx) {
  return { items: await mine(ctx).orderBy('id', 'desc').execute(), next: null }
}

/** @throws Refusal 404 */
export const findPasskey = (ctx: Ctx, id: string) => mine(ctx).where('id', '=', id).executeTakeFirstOrThrow(notFound)
