import { type RawBuilder, sql } from 'kysely'
import { cardOf, visiblePeople } from '../../core/people/queries.ts'
import { isHere } from '../../core/people/taking-part.ts'
import { cardOfSpace, othersIn, surroundings } from '../../core/spaces/queries.ts'
import { mayRead, visibleSpaces } from '../../core/spaces/visibility.ts'
import { isInPicture } from '../../core/ties/queries.ts'
import type { Ctx } from '../../kernel/context.ts'
import { idFloor } from '../../kernel/ids.ts'
import type { Suggestions } from './schema.ts'

// So many each are suggested to somebody of whom nothing is known yet.
const ENOUGH = 3
const LATELY_MS = 30 * 86_400_000

const isWanted = (ctx: Ctx, kind: 'person' | 'space', id: string): RawBuilder<boolean> => sql<boolean>`not exists (
  select from declined_suggestions ds where ds.person_id = ${ctx.actor.id} and ds.kind = ${kind} and ds.target_id = ${sql.ref(id)})`

/** People of the actor's own department, for who has nobody else yet; the reason is what both wrote in their profiles. */
export async function colleagues(ctx: Ctx, others: Suggestions['people']): Promise<Suggestions['people']> {
  if (others.length >= ENOUGH) return []
  const rows = await visiblePeople(ctx).where('people.id', '<>', ctx.actor.id).where(isHere()).where(isInPicture('people.id'))
    .where(sql<boolean>`trim(people.department) <> '' and lower(trim(people.department)) = (select lower(trim(me.department)) from people me where me.id = ${ctx.actor.id})`)
    .where(isWanted(ctx, 'person', 'people.id')).$if(others.length > 0, (query) => query.where('people.id', 'not in', others.map(({ person }) => person.id)))
    .orderBy('people.created_at').orderBy('people.id').limit(ENOUGH - others.length)
    .select([cardOf('people').as('person'), 'people.department']).execute()
  return rows.map(({ person, department }) => ({ person, introduction: null, reasons: [{ kind: 'department' as const, department: department.trim() }] }))
}

/** Open spaces in which most people wrote lately, for who talks with nobody yet. */
export async function livelySpaces(ctx: Ctx): Promise<Suggestions['spaces']> {
  const since = idFloor(Date.now() - LATELY_MS)
  // visible: begins at visibleSpaces, so what is counted may be read
  const writers = sql<number>`(select count(distinct e.author_id)::int from entries e where e.space_id = spaces.id and e.id >= ${since} and e.state = 'published')`
  const rows = await visibleSpaces(ctx).where('spaces.kind', '=', 'community').where('spaces.state', '=', 'active').where(mayRead(ctx))
    .where(sql<boolean>`not exists (select from memberships mm where mm.space_id = spaces.id and mm.person_id = ${ctx.actor.id})`)
    .where(isWanted(ctx, 'space', 'spaces.id'))
    .where(sql<boolean>`${writers} > 0`).orderBy(writers, 'desc').orderBy('spaces.id').limit(ENOUGH)
    .select(['spaces.id', 'spaces.kind', 'spaces.visibility', 'spaces.name', 'spaces.purpose', 'spaces.member_count', 'spaces.guest_count', othersIn(ctx).as('others'), writers.as('writers')]).execute()
  const around = await surroundings(ctx)
  return rows.map(({ purpose, writers: writing, ...row }) => ({ space: cardOfSpace(row, around), purpose, people: [], count: 0, writers: writing }))
}
