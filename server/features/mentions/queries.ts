import { sql } from 'kysely'
import { cardOf, contains, visiblePeople } from '../../core/people/queries.ts'
import { findReadableSpace } from '../../core/spaces/queries.ts'
import type { Ctx } from '../../kernel/context.ts'

/**
 * Whom one might mean by the letters after an @: people who can read the space, its members first. Nobody is offered
 * who could not read the entry, or whom the actor may not know of.
 */
export async function suggestMentions(ctx: Ctx, { space: spaceId, q }: { space: string; q: string }) {
  const space = await findReadableSpace(ctx, spaceId)
  const isMember = sql<boolean>`exists (select from memberships am where am.space_id = ${space.id} and am.person_id = people.id)`
  let query = visiblePeople(ctx).where('people.state', '<>', 'deactivated').where('people.id', '<>', ctx.actor.id)
    .where(sql<boolean>`(${isMember} or (${space.visibility === 'open'} and people.role <> 'guest'))`)
  if (q) query = query.where(sql<boolean>`lower(people.name || ' ' || handle || ' ' || title) like ${contains(q)}`)
  const rows = await query.select(cardOf('people').as('card'))
    .orderBy(sql`(handle like ${q.toLowerCase().replace(/[\\%_]/g, '\\$&')} || '%' or lower(people.name) like ${q.toLowerCase().replace(/[\\%_]/g, '\\$&')} || '%')`, 'desc')
    .orderBy(isMember, 'desc').orderBy(sql`lower(people.name)`).limit(8).execute()
  return { items: rows.map((row) => row.card), next: null }
}
