import { sql } from 'kysely'
import { lockSpace } from '../../core/spaces/enter.ts'
import { type Ctx, inTransaction, SYSTEM } from '../../kernel/context.ts'
import { emit } from '../../kernel/events.ts'
import { defineJob } from '../../kernel/jobs.ts'
import { REMINDING } from './due.ts'
import { taskReminded } from './events.ts'

/** Tells whose task it is that it is due soon, or has been due; each once for a due date. Whether its moment has come its row says: it may have been moved. */
export async function remind(ctx: Ctx, task: string): Promise<void> {
  const row = await ctx.db.selectFrom('tasks').select('space_id').where('entry_id', '=', task).executeTakeFirst()
  if (!row) return
  await lockSpace(ctx, row.space_id)
  const { numUpdatedRows } = await ctx.db.updateTable('tasks').where('entry_id', '=', task).where('state', 'in', ['open', 'doing'])
    // not content: whether it is there
    .where(sql<boolean>`exists (select from entries e where e.id = tasks.entry_id and e.state = 'published')`)
    .where(sql<boolean>`((told_soon is null and soon_at <= clock_timestamp()) or (told_late is null and late_at <= clock_timestamp()))`)
    .set({ told_soon: sql`case when soon_at <= clock_timestamp() then now() end`, told_late: sql`case when late_at <= clock_timestamp() then now() end` }).executeTakeFirst()
  if (numUpdatedRows) await emit(ctx, taskReminded, { space_id: row.space_id, entry_id: task }, {})
}

export const remindOfTask = defineJob<{ task: string }>(REMINDING.name, (host, { task }) => inTransaction(host, SYSTEM, (ctx) => remind(ctx, task)))

/** Every minute: what should have been told, because its job failed or was lost, or the task was taken up again, is told as well. */
export const remindOverdue = defineJob<object>('remind-of-overdue-tasks', async (host) => {
  const { rows } = await sql<{ id: string }>`
    -- not content: whether it is there
    (select t.entry_id as id from tasks t join entries e on e.id = t.entry_id and e.state = 'published'
      where t.state in ('open', 'doing') and t.told_soon is null and t.soon_at < now() - interval '30 seconds' order by t.soon_at limit 500)
    -- not content: as above
    union (select t.entry_id from tasks t join entries e on e.id = t.entry_id and e.state = 'published'
      where t.state in ('open', 'doing') and t.told_late is null and t.late_at < now() - interval '30 seconds' order by t.late_at limit 500)`.execute(host.db)
  for (const { id } of rows) await inTransaction(host, SYSTEM, (ctx) => remind(ctx, id))
})
