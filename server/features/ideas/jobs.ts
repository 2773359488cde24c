import { sql } from 'kysely'
import { tellWaiting } from '../../core/waiting/commands.ts'
import { inTransaction, SYSTEM } from '../../kernel/context.ts'
import { defineJob } from '../../kernel/jobs.ts'

export const ASKING = { name: 'ask-whether-it-worked' }

/** Tells the browsers of those who are asked now. What is asked is derived from its moment, so nothing is lost without it. */
export const askWhetherItWorked = defineJob<{ idea: string }>(ASKING.name, (host, { idea }) => inTransaction(host, SYSTEM, async (ctx) => {
  const { rows } = await sql<{ id: string }>`select w.id from ideas i
    -- not content: only whose the idea is
    join entries e on e.id = i.entry_id and e.state = 'published' cross join lateral (
      select i.owner_id as id union select e.author_id union select su.person_id from idea_supports su where su.idea_id = i.entry_id) w
    where i.entry_id = ${idea} and i.ask_at <= now()`.execute(ctx.db)
  await tellWaiting(ctx, rows.map(({ id }) => id))
}))
