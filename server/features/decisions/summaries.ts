import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { isAccepted } from './policy.ts'

/** Looks whether the summary is accepted by all sides as the positions are now. */
export async function judgeSummary(ctx: Pick<Ctx, 'db'>, id: string): Promise<void> {
  const holders = await ctx.db.selectFrom('decision_positions').select(['choice', 'accepts']).where('entry_id', '=', id).where('choice', 'is not', null).execute()
  await ctx.db.updateTable('decision_summaries').set({ accepted: isAccepted(holders.map(({ choice, accepts }) => ({ choice: choice!, accepts }))) }).where('entry_id', '=', id).execute()
}

/** Puts a summary in the place of the one before: nobody has accepted it yet but who proposes it, if they are on a side. */
export async function replaceSummary(ctx: Ctx, id: string, text: string): Promise<void> {
  await ctx.db.insertInto('decision_summaries').values({ entry_id: id, text, by_id: ctx.actor.id })
    .onConflict((c) => c.column('entry_id').doUpdateSet({ text, by_id: ctx.actor.id, at: sql`clock_timestamp()`, accepted: false })).execute()
  await ctx.db.updateTable('decision_positions').set({ accepts: sql`(person_id = ${ctx.actor.id})` }).where('entry_id', '=', id).execute()
  await judgeSummary(ctx, id)
}
