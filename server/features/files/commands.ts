import type { WriteHook } from '../../core/entries/parts.ts'
import { invalid } from '../../kernel/errors.ts'

/** Attaches the files an entry was sent with: the author's own, and each to one entry only. */
export const attachFiles: WriteHook = async (ctx, { entry, files = [] }) => {
  if (!files.length) return
  const mine = await ctx.db.selectFrom('files').leftJoin('entry_files', 'entry_files.file_id', 'files.id').select('files.id')
    .where('files.id', 'in', files).where('owner_id', '=', ctx.actor.id).where('entry_files.file_id', 'is', null).execute()
  if (mine.length !== new Set(files).size)
    throw invalid('not_your_file', 'Attach files that you uploaded yourself and did not attach elsewhere.')
  await ctx.db.insertInto('entry_files').values(files.map((file_id, position) => ({ entry_id: entry.id, file_id, position }))).execute()
}
