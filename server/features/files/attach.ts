import { sql } from 'kysely'
import type { WriteHook } from '../../core/entries/parts.ts'
import { invalid } from '../../kernel/errors.ts'

/** A file that nothing shows yet: neither an entry nor a profile. Only then may it be given to one. */
export const isFree = sql<boolean>`(not exists (select from entry_files u where u.file_id = files.id)
  and not exists (select from people u where u.photo = files.id))`

/** Attaches the files an entry was sent with: the author's own, and each to one entry only. */
export const attachFiles: WriteHook = async (ctx, { entry, files = [] }) => {
  if (!files.length) return false
  // Locked, so that a file which is attached twice at once, or becomes a photo meanwhile, is seen by the second.
  const mine = await ctx.db.selectFrom('files').select('id').where('id', 'in', files)
    .where('owner_id', '=', ctx.actor.id)
    .orderBy('id').forUpdate().execute()
  const free = await ctx.db.selectFrom('files').select('id').where('id', 'in', files)
    .where('owner_id', '=', ctx.actor.id)
    .where(isFree).execute()
  if (mine.length !== files.length || free.length !== files.length)
    throw invalid('not_your_file', 'Attach files that you uploaded yourself and did not use elsewhere, each once.')
  await ctx.db.insertInto('entry_files')
    .values(files.map((file_id, position) => ({ entry_id: entry.id, file_id, position }))).execute()
  return true
}
