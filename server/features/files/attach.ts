import { sql } from 'kysely'
import type { EachWriteHook } from '../../core/entries/hooks.ts'
import type { Ctx } from '../../kernel/context.ts'
import { invalid } from '../../kernel/errors.ts'

/** A file that nothing shows yet: neither an entry nor a profile. Only then may it be given to one. */
export const isFree = sql<boolean>`(not exists (select from entry_files u where u.file_id = files.id)
  and not exists (select from people u where u.photo = files.id))`

/**
 * Attaches the files an entry was sent with, or has after a change: the author's own, and each to one entry only. What is taken away
 * belongs to nothing again, and is swept with what was never sent.
 */
export const attachFiles: EachWriteHook = async (ctx, { entry, files: wanted, isNew }) => {
  if (!wanted) return false
  const had = isNew ? [] : await ctx.db.deleteFrom('entry_files').where('entry_id', '=', entry.id).returning('file_id').execute()
  const kept = wanted.filter((id, at) => had.some((row) => row.file_id === id) && wanted.indexOf(id) === at)
  const files = wanted.filter((id) => !kept.includes(id))
  if (files.length) await findFree(ctx, files)
  if (new Set(wanted).size !== wanted.length) throw notYours()
  if (!wanted.length) return false
  await ctx.db.insertInto('entry_files')
    .values(wanted.map((file_id, position) => ({ entry_id: entry.id, file_id, position }))).execute()
  return true
}

/** @throws Refusal when one of them is not the actor's, or is shown somewhere */
async function findFree(ctx: Ctx, files: string[]): Promise<void> {
  // Locked, so that a file which is attached twice at once, or becomes a photo meanwhile, is seen by the second.
  const mine = await ctx.db.selectFrom('files').select('id').where('id', 'in', files)
    .where('owner_id', '=', ctx.actor.id)
    .orderBy('id').forUpdate().execute()
  const free = await ctx.db.selectFrom('files').select('id').where('id', 'in', files)
    .where('owner_id', '=', ctx.actor.id)
    .where(isFree).execute()
  if (mine.length !== files.length || free.length !== files.length)
    throw notYours()
}

const notYours = () => invalid('not_your_file', 'Attach files that you uploaded yourself and did not use elsewhere, each once.')
