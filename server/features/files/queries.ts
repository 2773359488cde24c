import { sql } from 'kysely'
import { visibleEntries } from '../../core/entries/visibility.ts'
import { visiblePeople } from '../../core/people/queries.ts'
import type { Ctx } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { type FileRecord, fileRecord } from './schema.ts'

/**
 * The files the actor may see: those of entries they may read, the photos of people they may know of, and their own
 * that nothing shows yet. What was removed takes its files along.
 */
const visibleFiles = (ctx: Ctx) => {
  const shown = visibleEntries(ctx).where('entries.state', '=', 'published')
    .where(sql<boolean>`entries.id = entry_files.entry_id`).select('entries.id')
  const faces = visiblePeople(ctx).where(sql<boolean>`people.photo = files.id`).select('people.id')
  return ctx.db.selectFrom('files').leftJoin('entry_files', 'entry_files.file_id', 'files.id').where((eb) => eb.or([
    eb.and([eb('entry_files.file_id', 'is', null), eb('files.owner_id', '=', ctx.actor.id)]),
    eb.and([eb('entry_files.file_id', 'is not', null), eb.exists(shown)]),
    eb.exists(faces),
  ]))
}

/** A file's row. @throws Refusal 404 for one that does not exist or may not be seen */
export const findFile = (ctx: Ctx, id: string) =>
  visibleFiles(ctx).where('files.id', '=', id).selectAll('files').select('entry_files.entry_id')
    .select(sql<boolean>`exists (select from people f where f.photo = files.id)`.as('is_photo'))
    .executeTakeFirstOrThrow(notFound)

/** A file as clients see it. @throws Refusal 404 */
export async function findFileRecord(ctx: Ctx, id: string): Promise<FileRecord> {
  const row = await visibleFiles(ctx).where('files.id', '=', id).select(fileRecord('files').as('record'))
    .executeTakeFirstOrThrow(notFound)
  return row.record as FileRecord
}
