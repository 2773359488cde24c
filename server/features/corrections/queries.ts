import { sql } from 'kysely'
import { findEntry } from '../../core/entries/queries.ts'
import type { Ctx } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { cursorsOf, type Page, type PageQuery, toPage } from '../../kernel/pages.ts'
import { type Correction, shownOf } from './schema.ts'

/** What was wrong in an entry, what is right, and whether it was taken back: all of it, the newest first. @throws Refusal 404 */
export async function listCorrections(ctx: Ctx, id: string, { limit, before, after }: PageQuery): Promise<Page<Correction>> {
  const entry = await findEntry(ctx, id)
  if (entry.state !== 'published') throw notFound()
  const cursors = cursorsOf(ctx, `corrections ${id}`)
  const from = cursors.open(before ?? after)
  // visible: of the entry that was just found readable
  let query = ctx.db.selectFrom('corrections as c').innerJoin('entries as e', 'e.id', 'c.entry_id').where('c.entry_id', '=', id)
    .select(sql<Correction>`${shownOf(ctx.actor, 'e.space_id')}`.as('shown')).orderBy('c.n', 'desc').limit(limit + 1)
  if (from) query = query.where('c.n', '<', Number(from[0]))
  return toPage(await query.execute(), limit, ({ shown }) => cursors.seal(String(shown.n)), ({ shown }) => shown)
}
