import type { z } from 'zod'
import { allow, notFound } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { DeclineInput } from './schema.ts'

type Pair = z.output<typeof DeclineInput>
const inOrder = ({ a, b }: Pair): Pair => (a < b ? { a, b } : { a: b, b: a })

/** Never tells the actor again that these two groups might have something to say to each other. @throws Refusal 403 for guests, 404 */
export async function declineAlike(ctx: Ctx, pair: Pair): Promise<void> {
  allow(ctx.actor.role !== 'guest', 'The map is for members of the network.', 'members_only')
  const { a, b } = inOrder(pair)
  const known = await ctx.db.selectFrom('map_alike').select('a').where((eb) => eb.or([eb.and({ a, b }), eb.and({ a: b, b: a })])).executeTakeFirst()
  if (!known) throw notFound()
  await ctx.db.insertInto('map_declined').values({ person_id: ctx.actor.id, a, b }).onConflict((c) => c.doNothing()).execute()
}

/** Takes it back. */
export async function undoDeclineAlike(ctx: Ctx, pair: Pair): Promise<void> {
  const { a, b } = inOrder(pair)
  await ctx.db.deleteFrom('map_declined').where('person_id', '=', ctx.actor.id).where('a', '=', a).where('b', '=', b).execute()
}
