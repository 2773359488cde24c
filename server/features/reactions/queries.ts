import { sql } from 'kysely'
import { findEntry } from '../../core/entries/queries.ts'
import { cardOf } from '../../core/people/queries.ts'
import type { Ctx } from '../../kernel/context.ts'
import { cursorsOf, type PageQuery, toPage } from '../../kernel/pages.ts'

// Languages may sort different emoji alike, and then a page could not begin between them.
const bytewise = sql<string>`emoji collate "C"`

/** Who reacted with what, or with this emoji, the first first. */
export async function listReactions(ctx: Ctx, entryId: string, { limit, after, before, emoji }: PageQuery & { emoji?: string }) {
  const { state } = await findEntry(ctx, entryId)
  // What was removed keeps nothing but its place.
  if (state !== 'published') return { items: [], next: null }
  const cursors = cursorsOf(ctx, `reactions ${entryId}`)
  const from = cursors.open(after ?? before)
  let query = ctx.db.selectFrom('reactions').innerJoin('people', 'people.id', 'reactions.person_id').where('entry_id', '=', entryId)
    .select(['people.id', 'emoji', cardOf('people').as('person'), sql<string>`reactions.created_at::text`.as('sorted')])
    .orderBy('reactions.created_at').orderBy('people.id').orderBy(bytewise).limit(limit + 1)
  if (emoji !== undefined) query = query.where('emoji', '=', emoji)
  if (from) query = query.where(sql<boolean>`(reactions.created_at, people.id, ${bytewise}) > (${from[0]}::timestamptz, ${from[1]}::uuid, ${from[2]})`)
  return toPage(await query.execute(), limit, (row) => cursors.seal(row.sorted, row.id, row.emoji), ({ person, ...row }) => ({ emoji: row.emoji, person }))
}
