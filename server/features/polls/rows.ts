import { type Selectable, sql } from 'kysely'
import { isHuman } from '../../core/people/taking-part.ts'
import { canReply } from '../../core/spaces/policy.ts'
import type { SpaceView } from '../../core/spaces/schema.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tables } from '../../kernel/db.ts'

export type Row = Selectable<Tables['polls']>

/** What is kept of a poll that the actor may read. */
export const rowOf = (ctx: Pick<Ctx, 'db'>, id: string): Promise<Row> => ctx.db.selectFrom('polls').selectAll().where('entry_id', '=', id).executeTakeFirstOrThrow()

/** Its moment counts, also where the job that closes it is late. */
export const isOpen = ({ state, closes_at }: Row): boolean => state === 'open' && Date.parse(closes_at) > Date.now()

/** Whoever may answer there votes; programs do not, and nobody does for somebody as whom they look. */
export async function isVoter(ctx: Ctx, space: SpaceView): Promise<boolean> {
  if (ctx.actor.looked_from || !canReply(ctx.actor, space, space.my)) return false
  return Boolean(await ctx.db.selectFrom('people').where('id', '=', ctx.actor.id).where(isHuman()).select(sql`1`.as('one')).executeTakeFirst())
}
