import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { isAdmin } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { cursorsOf, type PageQuery, toPage } from '../../kernel/pages.ts'
import { mayRead } from '../spaces/visibility.ts'
import type { Person, PersonCard } from './schema.ts'

/**
 * The people this actor may know of: members know everybody, guests only those they share a space with.
 * Every list, suggestion and look-up of people begins here.
 */
export const visiblePeople = (ctx: Ctx) => {
  const all = ctx.db.selectFrom('people')
  if (ctx.actor.role !== 'guest') return all
  return all.where((eb) => eb.or([
    eb('people.id', '=', ctx.actor.id),
    eb.exists(eb.selectFrom('memberships as theirs').innerJoin('memberships as mine', 'mine.space_id', 'theirs.space_id')
      .where('mine.person_id', '=', ctx.actor.id).whereRef('theirs.person_id', '=', 'people.id').select('theirs.space_id')),
  ]))
}

/** A person's card as JSON, for a table alias of `people`; stands in the answers of many queries. */
export const cardOf = (alias: string) => {
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  return sql<PersonCard>`json_build_object('id', ${column('id')}, 'name', ${column('name')}, 'handle', ${column('handle')},
    'title', ${column('title')}, 'photo', ${column('photo')}, 'kind', ${column('kind')}, 'role', ${column('role')}, 'state', ${column('state')})`
}

const select = (ctx: Ctx) =>
  visiblePeople(ctx).leftJoin('spaces as profile', 'profile.owner_id', 'people.id').select([
    'people.id', 'people.name', 'handle', 'title', 'photo', 'people.kind', 'role', 'people.state', 'pronouns', 'department', 'time_zone', 'about',
    'people.created_at', sql<string | null>`case when ${mayRead(ctx, 'profile')} then profile.id end`.as('space'), 'email',
  ])

type Row = Person & { email: string | null }
const show = (ctx: Ctx) => ({ email, ...person }: Row): Person =>
  isAdmin(ctx.actor) || person.id === ctx.actor.id ? { ...person, email } : person

/** @throws Refusal 404 for nobody and for somebody the actor may not know of */
export async function findPerson(ctx: Ctx, id: string): Promise<Person> {
  const row = await select(ctx).where('people.id', '=', id).executeTakeFirstOrThrow(notFound)
  return show(ctx)(row as Row)
}

export type PeopleFilter = PageQuery & { q?: string; role?: string; state?: string }

/** The directory, by name; `q` finds parts of names, handles and titles. */
export async function listPeople(ctx: Ctx, filter: PeopleFilter) {
  const cursors = cursorsOf(ctx, 'people')
  const after = cursors.open(filter.after ?? filter.before)
  let query = select(ctx).select(sql<string>`lower(people.name)`.as('sorted')).orderBy(sql`lower(people.name)`).orderBy('people.id').limit(filter.limit + 1)
  if (filter.q) query = query.where(sql<boolean>`lower(people.name || ' ' || handle || ' ' || title) like ${contains(filter.q)}`)
  if (filter.role) query = query.where('role', '=', filter.role as 'member')
  query = filter.state ? query.where('people.state', '=', filter.state as 'active') : query.where('people.state', '<>', 'deactivated')
  if (after) query = query.where(sql<boolean>`(lower(people.name), people.id) > (${after[0]}, ${after[1]}::uuid)`)
  const rows = (await query.execute()) as (Row & { sorted: string })[]
  return toPage(rows, filter.limit, (row) => cursors.seal(row.sorted, row.id), ({ sorted: _, ...row }) => show(ctx)(row))
}

/** A LIKE pattern that finds the text anywhere, with its own wildcards taken literally. */
export const contains = (text: string) => `%${literal(text.toLowerCase())}%`

/** A text in a LIKE pattern, with what would be wildcards in it taken literally. */
export const literal = (text: string) => text.replace(/[\\%_]/g, '\\$&')

/** Cards for ids, of those the actor may know of. */
export async function cardsOf(ctx: Ctx, ids: string[]): Promise<PersonCard[]> {
  if (!ids.length) return []
  const rows = await visiblePeople(ctx).where('people.id', 'in', ids).select(cardOf('people').as('card')).execute()
  return rows.map((row) => row.card)
}

/** How many people take part (deactivated ones do not). */
export async function countPeople(ctx: Pick<Ctx, 'db'>): Promise<number> {
  const row = await ctx.db.selectFrom('people').where('state', '<>', 'deactivated').where('kind', '=', 'person')
    .select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
  return Number(row.n)
}

/** The network's own name and id; null before its first person has named it. */
export const findNetwork = (ctx: Pick<Ctx, 'db'>) => ctx.db.selectFrom('network').select(['id', 'name']).executeTakeFirst()
