import { sql } from 'kysely'
import { takesPart } from '../../core/people/taking-part.ts'
import { tellWaiting } from '../../core/waiting/commands.ts'
import { type Actor, type Ctx, type Host, inTransaction, SYSTEM } from '../../kernel/context.ts'
import { Refusal, unauthenticated } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { defineJob } from '../../kernel/jobs.ts'
import { SENDING, sendNow } from './commands.ts'
import { scheduledChanged } from './events.ts'

/** Sends what is due, of one that was scheduled. Whether it is due, its row says: it may have been moved, sent or withdrawn. */
export const sendOne = defineJob<{ id: string }>(SENDING.name, (host, { id }) => send(host, id))

/** Every minute: what is overdue, because its job failed or was lost, goes as well. */
export const sendOverdue = defineJob<object>('send-overdue', async (host) => {
  const due = await host.db.selectFrom('scheduled').select('id').where('refused', 'is', null).where('send_at', '<', sql<string>`now() - interval '30 seconds'`).orderBy('send_at').limit(500).execute()
  for (const { id } of due) await send(host, id)
})

type Due = { person_id: string; role: Actor['role']; is_here: boolean }

async function send(host: Host, id: string): Promise<void> {
  const { rows: [due] } = await sql<Due>`select s.person_id, p.role, ${takesPart('p')} as is_here from scheduled s join people p on p.id = s.person_id
    where s.id = ${id} and s.refused is null and s.send_at <= now()`.execute(host.db)
  if (!due) return
  try {
    if (!due.is_here) throw unauthenticated()
    await inTransaction(host, { id: due.person_id, role: due.role, session: null }, (ctx) => sendNow(ctx, id))
  } catch (error) {
    // Another process was faster, or the server is not well: that is not about what was written.
    if (!(error instanceof Refusal) || error.status >= 500) throw error
    await inTransaction(host, SYSTEM, (ctx) => keepRefused(ctx, id, error))
  }
}

/** Nothing is lost: it stands in its author's inbox with the reason. What is not there any more was sent meanwhile. */
async function keepRefused(ctx: Ctx, id: string, { code, message }: Refusal): Promise<void> {
  const row = await ctx.db.updateTable('scheduled').set({ refused: JSON.stringify({ code, detail: message }) }).where('id', '=', id).where('refused', 'is', null)
    .where('send_at', '<=', sql<string>`now()`).returning('person_id').executeTakeFirst()
  if (!row) return
  await emit(ctx, scheduledChanged, { person_id: row.person_id }, {})
  await tellWaiting(ctx, [row.person_id])
}
