import { sql } from 'kysely'
import type { Ctx } from './context.ts'
import { defineJob } from './jobs.ts'

/**
 * Whether somebody may be told of this now: once a day for one occasion, however often it is brought about. What a stranger
 * can undo and do again, such as asking to join, asks here before it tells.
 * @param occasion what it is, and the ids that make it the same: 'join.requested', space, person
 */
export async function mayTell(ctx: Pick<Ctx, 'db'>, ...occasion: string[]): Promise<boolean> {
  const row = await ctx.db.insertInto('tellings').values({ occasion: occasion.join(' ') })
    .onConflict((c) => c.column('occasion').doUpdateSet({ told_at: sql<string>`now()` }).where('tellings.told_at', '<', sql<string>`now() - interval '1 day'`))
    .returning('occasion').executeTakeFirst()
  return row !== undefined
}

export const forgetTellings = defineJob<object>('forget-tellings', async (host) => {
  await host.db.deleteFrom('tellings').where('told_at', '<', sql<string>`now() - interval '1 day'`).execute()
})
