import { sql } from 'kysely'
import type { WriteHook } from '../../core/entries/hooks.ts'
import { read } from '../../kernel/reading.ts'

const MOST = 50

// Reading Markdown takes time: only what may hold a topic is looked at closely. What a link is called (`[#name](…)`) and the end of an
// address hold none; a sign may be written as an entity (`&#35;`).
const mayHoldTopic = /(?<![\p{sc=Latin}0-9@#/.])(?!(?<=(?<!\\)\[)[^\][\n\\]{1,80}\]\([^\s()<>\\]{1,300}\))#[\p{N}\p{M}_\\-]{0,63}\p{L}|[＃﹟]|&#/u

/** Notes the #topics of entries. */
export const recordTopics: WriteHook = async (ctx, written) => {
  const again = written.filter(({ isNew }) => !isNew).map(({ entry }) => entry.id)
  if (again.length) await sql`delete from topics where entry_id = any (${again}::uuid[])`.execute(ctx.db)
  const rows: { entry_id: string; topic: string }[] = []
  for (const { entry: { id, body } } of written)
    if (/[#＃﹟]/.test(body) && mayHoldTopic.test(body)) for (const topic of (await read('findTopics', body)).slice(0, MOST)) rows.push({ entry_id: id, topic })
  if (rows.length)
    await sql`insert into topics (entry_id, topic) select * from unnest(${rows.map((row) => row.entry_id)}::uuid[], ${rows.map((row) => row.topic)}::text[])`.execute(ctx.db)
  return []
}
