import type { WriteHook } from '../../core/entries/hooks.ts'
import { visiblePeople } from '../../core/people/queries.ts'
import { read } from '../../kernel/reading.ts'

/** Notes whom an entry mentions: people the author may know of. Others' handles stay mere words. */
export const recordMentions: WriteHook = async (ctx, { entry, isNew }) => {
  if (!isNew) await ctx.db.deleteFrom('mentions').where('entry_id', '=', entry.id).execute()
  const handles = /[@＠﹫]/.test(entry.body) ? (await read('findMentions', entry.body)).slice(0, 100) : []
  if (!handles.length) return false
  const people = await visiblePeople(ctx).select(['people.id', 'handle']).where('handle', 'in', handles)
    .where('stands_for', 'is', null).execute()
  if (people.length)
    await ctx.db.insertInto('mentions').values(people.map(({ id, handle }) => ({ entry_id: entry.id, person_id: id, handle }))).execute()
  return people.length > 0
}
