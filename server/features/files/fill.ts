import type { FillRecords } from '../../core/entries/contents.ts'
import { inTransaction, SYSTEM } from '../../kernel/context.ts'
import { keep, prepare } from './commands.ts'
import { discard, receive } from './store.ts'

/** Takes content in for records that an import wrote, in the same way as an upload. */
export const fillFromImport: FillRecords = async (host, ids, source) => {
  const original = await receive(host.config.data, source)
  const arrived = [original]
  try {
    const prepared = await prepare(host.config, original, arrived)
    await inTransaction(host, SYSTEM, async (ctx) => {
      const facts = await keep(ctx, prepared)
      await ctx.db.updateTable('files').set({ ...facts, state: 'stored' })
        .where('id', 'in', ids).where('state', '=', 'record').execute()
    })
  } finally {
    for (const one of arrived) await discard(one)
  }
}
