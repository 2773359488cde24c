import { sql } from 'kysely'
import { takesPart } from '../../core/people/taking-part.ts'
import { inReadableSpace, listedSpaces, mayRead } from '../../core/spaces/visibility.ts'
import { cardOf, isCalled, isCalledFirst, literal, visiblePeople } from '../../core/people/queries.ts'
import { cardOfSpace, surroundings } from '../../core/spaces/queries.ts'
import type { Ctx } from '../../kernel/context.ts'
import { topicOf } from '../../kernel/text.ts'

const MOST = 6

/** People, spaces and topics whose names have the letters, for going somewhere by typing; only what the actor may know of. */
export async function suggest(ctx: Ctx, { q }: { q: string }) {
  const text = q.toWellFormed().replace(/[\s\p{Cc}]+/gu, ' ').trim().toLowerCase()
  if (!text) return { people: [], spaces: [], topics: [] }
  return { people: await findPeople(ctx, text.replace(/^@(?=.)/, '')), spaces: await findSpaces(ctx, text), topics: await findTopics(ctx, text) }
}

async function findPeople(ctx: Ctx, text: string) {
  const rows = await visiblePeople(ctx).where(takesPart()).select(cardOf('people').as('card'))
    // What is indexed has the title as well, which is not what one goes to somebody by.
    .where(isCalled(sql`people.name || ' ' || handle || ' ' || title`, text))
    .where(isCalled(sql`people.name || ' ' || handle`, text))
    .orderBy(sql`${isCalledFirst(sql`handle`, text)} or ${isCalledFirst(sql`people.name`, text)}`, 'desc')
    .orderBy(sql`lower(people.name)`).orderBy('people.id').limit(MOST).execute()
  return rows.map((row) => row.card)
}

async function findSpaces(ctx: Ctx, text: string) {
  const rows = await listedSpaces(ctx).where('spaces.kind', '=', 'community').where('spaces.state', '=', 'active')
    .where(isCalled(sql`spaces.name`, text))
    .select(['spaces.id', 'spaces.kind', 'spaces.visibility', 'spaces.name', 'spaces.member_count', 'spaces.guest_count', sql<null>`null`.as('others'), mayRead(ctx).as('may_read')])
    .orderBy(sql`exists (select from memberships m where m.space_id = spaces.id and m.person_id = ${ctx.actor.id})`, 'desc')
    .orderBy(isCalledFirst(sql`spaces.name`, text), 'desc').orderBy(sql`lower(spaces.name)`).orderBy('spaces.id').limit(MOST).execute()
  if (!rows.length) return []
  const around = await surroundings(ctx)
  return rows.map((row) => cardOfSpace(row, around))
}

/** Topics that begin so. One that occurs only where the actor may not read does not exist. */
async function findTopics(ctx: Ctx, text: string): Promise<string[]> {
  const start = `${literal(topicOf(text))}%`
  // Steps from one topic to the next in the index, however many entries have each.
  const { rows } = await sql<{ topic: string }>`
    with recursive names as (
      (select t.topic from topics t where t.topic like ${start} order by t.topic limit 1)
      union all
      select (select t.topic from topics t where t.topic > names.topic and t.topic like ${start} order by t.topic limit 1) from names where names.topic is not null
    )
    select names.topic from names where names.topic is not null and exists (${readableWith(ctx)}) limit ${MOST}`.execute(ctx.db)
  return rows.map((row) => row.topic)
}

const readableWith = (ctx: Ctx) =>
  // visible: the predicate stands in the same condition
  ctx.db.selectFrom('entries').innerJoin('topics as tt', 'tt.entry_id', 'entries.id').where(sql<boolean>`tt.topic = names.topic`)
    .where('entries.state', '=', 'published').where(inReadableSpace(ctx)).select('entries.id')
