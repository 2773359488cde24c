import { sql } from 'kysely'
import { inTransaction, SYSTEM } from '../../kernel/context.ts'
import { defineJob } from '../../kernel/jobs.ts'
import { CLOSING, REMINDING } from './begin.ts'
import { close, remind } from './settle.ts'

export const closeOne = defineJob<{ id: string }>(CLOSING.name, (host, { id }) => inTransaction(host, SYSTEM, (ctx) => close(ctx, id)))
export const remindOfOne = defineJob<{ id: string }>(REMINDING.name, (host, { id }) => inTransaction(host, SYSTEM, (ctx) => remind(ctx, id)))

/** Every minute: what should have been closed, because its job failed or was lost, or it was brought back, is closed as well. */
export const closeOverdue = defineJob<object>('close-overdue-decisions', async (host) => {
  // visible: nobody reads them, their moment has come. Those that were removed stay as they are, and must not stand before the others.
  const due = await host.db.selectFrom('decisions').innerJoin('entries', 'entries.id', 'decisions.entry_id').select('entry_id').where('decisions.state', '=', 'open')
    .where('entries.state', '=', 'published').where('closes_at', '<', sql<string>`now() - interval '30 seconds'`).orderBy('closes_at').limit(500).execute()
  for (const { entry_id } of due) await inTransaction(host, SYSTEM, (ctx) => close(ctx, entry_id))
})
