import { sql } from 'kysely'
import { findEntry } from '../../core/entries/queries.ts'
import { pageOfEntries } from '../../core/entries/reading.ts'
import { visibleEntries } from '../../core/entries/visibility.ts'
import { cardsOfSpaces } from '../../core/spaces/queries.ts'
import type { Ctx } from '../../kernel/context.ts'
import { timeOf } from '../../kernel/ids.ts'
import { type PageQuery, uuidCursor } from '../../kernel/pages.ts'
import type { SaveState } from './schema.ts'

/** What the actor keeps for later, the newest first; without what they may not read any more. */
export async function listSaved(ctx: Ctx, { limit, before, after }: PageQuery) {
  const cursor = uuidCursor(before ?? after)
  let query = visibleEntries(ctx).where('entries.state', '=', 'published').innerJoin('saves', 'saves.entry_id', 'entries.id')
    .where('saves.person_id', '=', ctx.actor.id).where('saves.done_at', 'is', null).orderBy('saves.id', 'desc').limit(limit + 1)
  if (cursor) query = query.where('saves.id', '<', cursor)
  const page = await pageOfEntries(ctx, query as never, limit, { key: sql<string>`saves.id`, remind_at: sql<string | null>`saves.remind_at` },
    (entry, more) => ({ ...entry, saved_at: new Date(timeOf(more.key)).toISOString(), remind_at: more.remind_at && new Date(more.remind_at).toISOString() }))
  const cards = await cardsOfSpaces(ctx, page.items.map(({ space }) => space))
  return { ...page, items: page.items.flatMap((item) => (cards.has(item.space) ? [{ ...item, space_card: cards.get(item.space)! }] : [])) }
}

/** Whether the actor keeps an entry. @throws Refusal 404 */
export async function findSave(ctx: Ctx, entryId: string): Promise<SaveState> {
  await findEntry(ctx, entryId)
  const row = await ctx.db.selectFrom('saves').select('remind_at').where('person_id', '=', ctx.actor.id).where('entry_id', '=', entryId).where('done_at', 'is', null).executeTakeFirst()
  return { entry: entryId, saved: row !== undefined, remind_at: row?.remind_at ? new Date(row.remind_at).toISOString() : null }
}
