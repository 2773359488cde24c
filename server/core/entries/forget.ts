import { sql } from 'kysely'
import { type Ctx, inTransaction, SYSTEM } from '../../kernel/context.ts'
import { defineJob } from '../../kernel/jobs.ts'

/** Takes what a feature keeps of entries out of its tables, for good. */
export type Forget = (ctx: Ctx, entries: string[]) => Promise<unknown>

const forgetting: Forget[] = []
/** What a feature keeps of an entry's words, or of what was said about them, goes a day after the entry was removed. */
export const onForget = (forget: Forget): void => void forgetting.push(forget)

const BATCH = 500

/** What was removed can be brought back for a day; then its words, and all that features made of them, are gone for good. */
export const forgetRemoved = defineJob<object>('forget-removed', async (host) => {
  for (let n = BATCH; n === BATCH;) n = await inTransaction(host, SYSTEM, forgetSome)
})

async function forgetSome(ctx: Ctx): Promise<number> {
  // Whoever is bringing one back just now has it locked.
  const rows = await ctx.db.selectFrom('removals').select('entry_id').where('removed_at', '<', sql<string>`now() - interval '1 day'`)
    .orderBy('entry_id').limit(BATCH).forUpdate().skipLocked().execute()
  const entries = rows.map((row) => row.entry_id)
  if (!entries.length) return 0
  for (const forget of forgetting) await forget(ctx, entries)
  await ctx.db.deleteFrom('entry_versions').where('entry_id', 'in', entries).execute()
  await ctx.db.deleteFrom('removals').where('entry_id', 'in', entries).execute()
  return entries.length
}
