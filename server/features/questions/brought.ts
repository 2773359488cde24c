import { sql } from 'kysely'
import type { TakeBrought } from '../../core/entries/hooks.ts'
import { type Begun, beginEach } from '../../core/entries/kinds.ts'
import type { Shared } from '../../kernel/context.ts'
import { emitHistory } from '../../kernel/events.ts'
import { rowsOf } from '../../kernel/rows.ts'
import { keepQuestion } from './commands.ts'
import { answerSettled, questionSettled } from './events.ts'

/** Keeps what an archive brings at once, and each that is made of something by itself. */
export async function keepQuestions(ctx: Shared, begun: Begun<{ from?: string }>[]): Promise<void> {
  const asked = begun.filter(({ input }) => !input.from)
  if (asked.length) await ctx.db.insertInto('questions').values(asked.map(({ entry }) => ({ entry_id: entry.id, accepted_id: null, duplicate_of: null, from_id: null }))).execute()
  await beginEach(keepQuestion)(ctx, begun.filter(({ input }) => input.from))
}

type Settled = { question: string; space_id: string; reply: string; accepted: boolean }

/** Takes in which replies were accepted elsewhere. What was settled here since then stays. */
export const takeAccepted: TakeBrought<'accepted'> = async (ctx, carried, { quiet }) => {
  const rows = carried.filter(({ entry }) => entry.root_id).map(({ entry, value }) => ({ reply: entry.id, question: entry.root_id!, accepted: value }))
  const settled: Settled[] = []
  // First what does not answer any more: another may answer instead.
  for (const accepted of [false, true]) {
    const some = rows.filter((row) => row.accepted === accepted)
    if (some.length) settled.push(...(await settle(ctx, some, accepted)))
  }
  await emitHistory(ctx, settled.flatMap(({ question, space_id, reply, accepted }) => {
    const fact = { space_id, actor_id: null, at: new Date().toISOString() }
    return [{ ...fact, type: answerSettled.type, entry_id: reply, data: { accepted } }, { ...fact, type: questionSettled.type, entry_id: question, data: { link: false } }]
  }), { quiet })
}

async function settle(ctx: Shared, rows: object[], accepted: boolean): Promise<Settled[]> {
  const { rows: found } = await sql<Settled>`
    update questions q set accepted_id = case when ${accepted}::boolean then r.reply end
    from ${rowsOf(rows, 'reply uuid, question uuid')}, entries e -- not content: which space these are in
    where q.entry_id = r.question and e.id = q.entry_id and case when ${accepted}::boolean then q.accepted_id is null else q.accepted_id = r.reply end
    returning q.entry_id as question, e.space_id, r.reply, ${accepted}::boolean as accepted`.execute(ctx.db)
  return found
}

/** Takes in which questions repeat others. One that leads somewhere already stays as it is, and none leads to one that repeats another itself. */
export const takeDuplicates: TakeBrought<'duplicate_of'> = async (ctx, carried, { quiet }) => {
  const linked: { id: string; space_id: string }[] = []
  // One after the other: each may end where the one before began.
  for (const { entry, value } of carried) {
    const { rows } = await sql<{ id: string; space_id: string }>`
      update questions q set duplicate_of = o.entry_id from questions o, entries e -- not content: which space it is in
      where q.entry_id = ${entry.id} and o.entry_id = ${value} and o.entry_id <> q.entry_id and e.id = q.entry_id
        and q.duplicate_of is null and o.duplicate_of is null and not exists (select from questions t where t.duplicate_of = q.entry_id)
      returning q.entry_id as id, e.space_id`.execute(ctx.db)
    linked.push(...rows)
  }
  const at = new Date().toISOString()
  await emitHistory(ctx, linked.map(({ id, space_id }) => ({ type: questionSettled.type, space_id, entry_id: id, actor_id: null, data: { link: true }, at })), { quiet })
  return linked.length
}
