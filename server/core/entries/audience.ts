import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { cursorsOf, type PageQuery, toPage } from '../../kernel/pages.ts'
import { cardOf, visiblePeople } from '../people/queries.ts'
import { takesPart } from '../people/taking-part.ts'
import { findReadableSpace } from '../spaces/queries.ts'
import type { Audience } from '../spaces/schema.ts'
import { findEntry } from './queries.ts'

/** Who can see an entry: the sentence, the number, and the people one by one. */
export async function entryAudience(ctx: Ctx, entryId: string, { limit, after, before }: PageQuery) {
  const entry = await findEntry(ctx, entryId)
  const space = await findReadableSpace(ctx, entry.space)
  const cursors = cursorsOf(ctx, `audience ${entryId}`)
  const from = cursors.open(after ?? before)
  let query = visiblePeople(ctx).where(takesPart()).select(['people.id', cardOf('people').as('card'), sql<string>`lower(people.name)`.as('sorted')])
    .orderBy(sql`lower(people.name)`).orderBy('people.id').limit(limit + 1)
    .where((eb) => {
      const member = eb.exists(eb.selectFrom('memberships as am').where('am.space_id', '=', space.id).whereRef('am.person_id', '=', 'people.id').select('am.space_id'))
      return space.visibility === 'open' ? eb.or([eb('people.role', '<>', 'guest'), member]) : member
    })
  if (from) query = query.where(sql<boolean>`(lower(people.name), people.id) > (${from[0]}, ${from[1]}::uuid)`)
  const page = toPage(await query.execute(), limit, (row) => cursors.seal(row.sorted, row.id), (row) => row.card)
  return { ...space.audience, sentence: sentence(space.audience), space: space.id, ...page }
}

/** The audience in plain English, for programs; the browser says it in the reader's language. */
export function sentence({ scope, count, names, network }: Audience): string {
  const people = count === 1 ? '1 person' : `${count} people`
  if (scope === 'me') return 'Only you'
  if (scope === 'few') return `You and ${names.join(', ')}`
  if (scope === 'organisation') return `Everyone at ${network}, ${people}`
  if (scope === 'partners') return `${network} and partners, ${people}`
  return count === 1 ? '1 member' : `${count} members`
}
