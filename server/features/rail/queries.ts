import { visibleSpaces } from '../../core/spaces/visibility.ts'
import type { Ctx } from '../../kernel/context.ts'

/** How the actor has their rail; of spaces that they may not read any more nothing is said. */
export async function findRail(ctx: Ctx) {
  const row = await ctx.db.selectFrom('rails').select(['favourites', 'sequence', 'unread_first']).where('person_id', '=', ctx.actor.id).executeTakeFirst()
  if (!row) return { favourites: [], sequence: [], unread_first: false }
  const named = [...new Set([...row.favourites, ...row.sequence])]
  const known = new Set(named.length ? (await visibleSpaces(ctx).select('spaces.id').where('spaces.id', 'in', named).execute()).map(({ id }) => id) : [])
  const still = (ids: string[]) => ids.filter((id) => known.has(id))
  return { favourites: still(row.favourites), sequence: still(row.sequence), unread_first: row.unread_first }
}
