import { sql } from 'kysely'
import { cardOf, isCalled, isCalledFirst, visiblePeople } from '../../core/people/queries.ts'
import type { PersonCard } from '../../core/people/schema.ts'
import { takesPart } from '../../core/people/taking-part.ts'
import { findReadableSpace } from '../../core/spaces/queries.ts'
import type { Ctx } from '../../kernel/context.ts'

const MOST = 8

/**
 * Whom one might mean by the letters after an @: people who can read the space, its members first. Nobody is offered
 * who could not read the entry, or whom the actor may not know of.
 */
export async function suggestMentions(ctx: Ctx, { space: spaceId, q }: { space: string; q: string }) {
  const space = await findReadableSpace(ctx, spaceId)
  const isMember = sql<boolean>`exists (select from memberships am where am.space_id = ${space.id} and am.person_id = people.id)`
  const isOther = sql<boolean>`(not ${isMember} and people.role <> 'guest')`
  const people = visiblePeople(ctx).where(takesPart()).where('people.id', '<>', ctx.actor.id).select(cardOf('people').as('card'))
  const isOpen = space.visibility === 'open'
  const page = (items: { card: PersonCard }[]) => ({ items: items.map((row) => row.card), next: null })
  if (q) {
    return page(await people.where(isOpen ? sql<boolean>`(${isMember} or ${isOther})` : isMember)
      .where(isCalled(sql`people.name || ' ' || handle || ' ' || title`, q))
      .orderBy(sql`(${isCalledFirst(sql`handle`, q)} or ${isCalledFirst(sql`people.name`, q)})`, 'desc').orderBy(isMember, 'desc')
      .orderBy(sql`lower(people.name)`).limit(MOST).execute())
  }
  // Nothing typed yet: by name, as they stand in the index, so that nobody has to sort everybody.
  const first = (is: typeof isMember, most: number) => people.where(is).orderBy(sql`lower(people.name)`).orderBy('people.id').limit(most).execute()
  const members = await first(isMember, MOST)
  return page(isOpen && members.length < MOST ? [...members, ...await first(isOther, MOST - members.length)] : members)
}
