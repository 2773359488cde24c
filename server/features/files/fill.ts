import type { FillRecords } from '../../core/entries/contents.ts'
import { inTransaction, SYSTEM } from '../../kernel/context.ts'
import { demandRoom } from '../../kernel/room.ts'
import { keep, prepare } from './commands.ts'
import { demandStore } from './quota.ts'
import { discard, receive } from './store.ts'

/**
 * Takes content in for records that an import wrote, in the same way as an upload. What all files take counts it too, for each
 * record; whose it is does not, as nobody uploads their past in a day.
 */
export const fillFromImport: FillRecords = async (host, ids, source, size) => {
  await demandRoom(host.config, size)
  await demandStore({ db: host.db, host }, size * ids.length)
  const original = await receive(host.config.data, await source())
  const arrived = [original]
  try {
    const prepared = await prepare(host.config, original, arrived)
    await inTransaction(host, SYSTEM, async (ctx) => {
      await demandStore(ctx, (prepared.content.size + (prepared.thumbnail?.size ?? 0)) * ids.length)
      const facts = await keep(ctx, prepared)
      await ctx.db.updateTable('files').set({ ...facts, state: 'stored' })
        .where('id', 'in', ids).where('state', '=', 'record').execute()
    })
  } finally {
    for (const one of arrived) await discard(one)
  }
}
