import type { WriteHook } from '../../core/entries/hooks.ts'
import { read } from '../../kernel/reading.ts'

/** Notes the #topics of an entry. */
export const recordTopics: WriteHook = async (ctx, { entry, isNew }) => {
  if (!isNew) await ctx.db.deleteFrom('topics').where('entry_id', '=', entry.id).execute()
  const topics = /[#＃]/.test(entry.body) ? (await read('findTopics', entry.body)).slice(0, 50) : []
  if (topics.length) await ctx.db.insertInto('topics').values(topics.map((topic) => ({ entry_id: entry.id, topic }))).execute()
  return false
}
