import { sql } from 'kysely'
import { takesPart } from '../../core/people/taking-part.ts'
import { cardOfSpace, findReadableSpace, othersIn, surroundings } from '../../core/spaces/queries.ts'
import { visibleSpaces } from '../../core/spaces/visibility.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Alike } from './schema.ts'

// Of all who are in one or the other, so many are in both (P. Jaccard 1901).
const ALIKE = 0.5
const FEWEST = 3
const MOST = 5

/**
 * Other spaces that the same people are in, so that those who run both know of each other; not where nearly everybody is.
 * Only spaces whose members the actor may see.
 * @throws Refusal 404 for a space that may not be read
 */
export async function spacesAlike(ctx: Ctx, id: string): Promise<{ items: Alike[]; next: null }> {
  const space = await findReadableSpace(ctx, id)
  const { n: everybody } = await ctx.db.selectFrom('people').where(takesPart()).select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
  if (space.kind !== 'community' || space.member_count < FEWEST || space.member_count > everybody / 2) return { items: [], next: null }
  const shared = sql<number>`count(*)`
  const rows = await visibleSpaces(ctx).where('spaces.kind', '=', 'community').where('spaces.state', '=', 'active').where('spaces.id', '<>', id)
    .innerJoin('memberships as m', 'm.space_id', 'spaces.id')
    .innerJoin('memberships as own', (join) => join.onRef('own.person_id', '=', 'm.person_id').on('own.space_id', '=', id))
    .groupBy('spaces.id').having(sql<boolean>`${shared} >= ${FEWEST} and ${shared} >= ${ALIKE}::float8 * (spaces.member_count + ${space.member_count} - count(*))`)
    .orderBy(shared, 'desc').orderBy('spaces.id').limit(MOST)
    .select(['spaces.id', 'spaces.kind', 'spaces.visibility', 'spaces.name', 'spaces.purpose', 'spaces.member_count', 'spaces.guest_count', othersIn(ctx).as('others'), shared.as('shared')]).execute()
  const around = await surroundings(ctx)
  return { items: rows.map(({ shared: both, purpose, ...row }) => ({ space: cardOfSpace(row, around), purpose, shared: both, members: space.member_count })), next: null }
}
