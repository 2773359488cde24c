import { findEntry } from '../../core/entries/queries.ts'
import { cardOf } from '../../core/people/queries.ts'
import type { Ctx } from '../../kernel/context.ts'

/** Who reacted with what, the first first; at most 200. */
export async function listReactions(ctx: Ctx, entryId: string) {
  const { state } = await findEntry(ctx, entryId)
  // What was removed keeps nothing but its place.
  if (state !== 'published') return { items: [], next: null }
  const items = await ctx.db.selectFrom('reactions').innerJoin('people', 'people.id', 'reactions.person_id').where('entry_id', '=', entryId)
    .select(['emoji', cardOf('people').as('person')]).orderBy('reactions.created_at').limit(200).execute()
  return { items, next: null }
}
