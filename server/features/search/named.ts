import { sql } from 'kysely'
import { cardOf, isCalled, visiblePeople } from '../../core/people/queries.ts'
import type { PersonCard } from '../../core/people/schema.ts'
import { visibleSpaces } from '../../core/spaces/visibility.ts'
import type { Ctx } from '../../kernel/context.ts'
import { isUuid } from '../../kernel/ids.ts'
import { fold } from './fold.ts'
import { NAMED, type NamedBy, type Query } from './grammar.ts'

/** Whom or what a name in a modifier means to the one who asks; none where nothing they may know is called so. */
export type Meant = { by: NamedBy; name: string; not: boolean; ids: string[]; people: PersonCard[]; spaces: { id: string; name: string }[] }

// A part of a name that so many have names none of them.
const MOST = 50
const SHOWN = 5

/**
 * Looks up the names in a query, among the people and spaces the actor may know: a name they may not know is a name that does
 * not exist. Who has exactly this handle, or a space with exactly this name, is meant alone; else all whose names have it as a part.
 */
export async function findNamed(ctx: Ctx, query: Query): Promise<Meant[]> {
  const found: Meant[] = []
  for (const by of NAMED) for (const { name, not } of query[by]) found.push({ by, name, not, ...(by === 'in' ? await spacesCalled(ctx, name) : await peopleCalled(ctx, name)) })
  return found
}

async function peopleCalled(ctx: Ctx, name: string) {
  const handle = name.toLowerCase().replace(/^@/, '')
  const people = visiblePeople(ctx).select(['people.id', cardOf('people').as('card')])
  const exact = await (handle === 'me' ? people.where('people.id', '=', ctx.actor.id) : people.where('handle', '=', handle)).execute()
  const rows = exact.length || !handle ? exact : await people.where(isCalled(sql`people.name || ' ' || handle || ' ' || title`, handle))
    .where(isCalled(sql`people.name || ' ' || handle`, handle)).orderBy(sql`lower(people.name)`).orderBy('people.id').limit(MOST).execute()
  return { ids: rows.map(({ id }) => id), people: rows.slice(0, SHOWN).map(({ card }) => card), spaces: [] }
}

// Names as they stand in an address or after `in:`, where nobody writes spaces: `Line 4 ramp-up` is line-4-ramp-up.
const slug = (text: string) => fold(text).replace(/[^\p{L}\p{N}\p{M}]+/gu, '-').replace(/^-|-$/g, '')

async function spacesCalled(ctx: Ctx, name: string) {
  const wanted = slug(name.replace(/^#/, ''))
  const rows = isUuid(name)
    ? await visibleSpaces(ctx).where('spaces.id', '=', name.toLowerCase()).select(['spaces.id', 'spaces.name']).execute()
    : (await likelySpaces(ctx, wanted)).filter((space) => wanted && slug(space.name).includes(wanted))
  const exact = rows.filter((space) => slug(space.name) === wanted)
  const meant = exact.length ? exact : rows.slice(0, MOST)
  return { ids: meant.map(({ id }) => id), people: [], spaces: meant.slice(0, SHOWN) }
}

/** Spaces that have every part of the slug somewhere in their name. */
function likelySpaces(ctx: Ctx, wanted: string) {
  let query = visibleSpaces(ctx).where('spaces.kind', '<>', 'direct').select(['spaces.id', 'spaces.name']).orderBy(sql`lower(spaces.name)`).orderBy('spaces.id').limit(MOST * 4)
  for (const piece of wanted.split('-').filter(Boolean)) query = query.where(isCalled(sql`spaces.name`, piece))
  return query.execute()
}
