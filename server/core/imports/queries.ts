import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { type Page, type PageQuery, toPage, uuidCursor } from '../../kernel/pages.ts'
import type { ImportKind, ImportView, Written } from './schema.ts'

const columns = [
  'id',
  'kind',
  'state',
  'dry_run',
  'done',
  'total',
  'step',
  'report',
  'written',
  'error',
  'started_by',
  'created_at',
  'finished_at',
  // Whoever sent it may import it until then.
  sql<string | null>`case when archive is not null and state = 'done' then finished_at + interval '1 day' end`.as('kept_until'),
] as const

/** An import as an administrator sees it. @throws Refusal 404 */
export async function findImport(ctx: Pick<Ctx, 'db'>, id: string): Promise<ImportView> {
  const row = await ctx.db.selectFrom('imports').select(columns).where('id', '=', id).executeTakeFirstOrThrow(notFound)
  return row as unknown as ImportView
}

/** The imports, the newest first. */
export async function listImports(ctx: Pick<Ctx, 'db'>, { limit, before, after }: PageQuery): Promise<Page<ImportView>> {
  const cursor = uuidCursor(before ?? after)
  let query = ctx.db.selectFrom('imports').select(columns).orderBy('id', 'desc').limit(limit + 1)
  if (cursor) query = query.where('id', '<', cursor)
  return toPage(await query.execute(), limit, (row) => row.id, (row) => row as unknown as ImportView)
}

export type Job = {
  id: string
  kind: ImportKind
  archive: string | null
  dry_run: boolean
  confirmed: boolean
  started_by: string | null
  attempts: number
  /** where an interrupted one goes on, as its kind notes it */
  position: object | null
  /** for what comes into one space: how it shall be called, or which it shall be */
  name: string | null
  space_id: string | null
  done: number
  written: Written | null
}
const jobColumns = [
  'id',
  'kind',
  'archive',
  'dry_run',
  'confirmed',
  'started_by',
  'attempts',
  'position',
  'name',
  'space_id',
  'done',
  'written',
] as const

/** The import of this archive that was interrupted, if one was. */
export async function findInterrupted(
  ctx: Pick<Ctx, 'db'>,
  fingerprint: string,
  confirmed: boolean,
): Promise<Job | undefined> {
  const row = await ctx.db
    .selectFrom('imports')
    .select(jobColumns)
    .where('fingerprint', '=', fingerprint)
    .where('state', '=', 'running')
    .where('archive', 'is', null)
    .where('dry_run', '=', false)
    .where('confirmed', '=', confirmed)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row as unknown as Job | undefined
}

/** The next upload that waits to be imported, or was interrupted. */
export async function findWaiting(ctx: Pick<Ctx, 'db'>): Promise<Job | undefined> {
  const row = await ctx.db
    .selectFrom('imports')
    .select(jobColumns)
    .where('state', 'in', ['waiting', 'running'])
    .where('archive', 'is not', null)
    .orderBy(sql`id`)
    .limit(1)
    .executeTakeFirst()
  return row as unknown as Job | undefined
}
