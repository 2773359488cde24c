import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { isAdmin } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Language } from '../../kernel/language.ts'
import { cursorsOf, type PageQuery, toPage } from '../../kernel/pages.ts'
import { mayRead } from '../spaces/visibility.ts'
import type { Logo, Person, PersonCard } from './schema.ts'
import { isHuman, takesPart } from './taking-part.ts'

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
    'people.created_at', sql<string | null>`case when ${mayRead(ctx, 'profile')} then profile.id end`.as('space'), 'email', 'language', 'shows_presence', 'shows_writing',
  ])

type Row = Person & { email: string | null; language: Language | null }
const show = (ctx: Ctx) => ({ email, language, shows_presence, shows_writing, ...person }: Row): Person => {
  if (person.id === ctx.actor.id) return { ...person, email, language, shows_presence, shows_writing }
  return isAdmin(ctx.actor) ? { ...person, email } : person
}

/** @throws Refusal 404 for nobody and for somebody the actor may not know of */
export async function findPerson(ctx: Ctx, id: string): Promise<Person> {
  const row = await select(ctx).where('people.id', '=', id).executeTakeFirstOrThrow(notFound)
  return show(ctx)(row as Row)
}

export type PeopleFilter = PageQuery & { q?: string; role?: string; state?: string; department?: string }

/** The directory, by name; `q` finds parts of names, handles and titles. */
export async function listPeople(ctx: Ctx, filter: PeopleFilter) {
  const cursors = cursorsOf(ctx, 'people')
  const after = cursors.open(filter.after ?? filter.before)
  let query = select(ctx).select(sql<string>`lower(people.name)`.as('sorted')).orderBy(sql`lower(people.name)`).orderBy('people.id').limit(filter.limit + 1)
  if (filter.q) query = query.where(isCalled(sql`people.name || ' ' || handle || ' ' || title`, filter.q))
  if (filter.role) query = query.where('role', '=', filter.role as 'member')
  if (filter.department) query = query.where('department', '=', filter.department)
  query = filter.state ? query.where('people.state', '=', filter.state as 'active') : query.where(takesPart())
  if (after) query = query.where(sql<boolean>`(lower(people.name), people.id) > (${after[0]}, ${after[1]}::uuid)`)
  const rows = (await query.execute()) as (Row & { sorted: string })[]
  return toPage(rows, filter.limit, (row) => cursors.seal(row.sorted, row.id), ({ sorted: _, ...row }) => show(ctx)(row))
}

const MOST_DEPARTMENTS = 200

/** What people wrote as their department, and how many of those the actor may know of wrote the same. */
export async function listDepartments(ctx: Ctx) {
  const rows = await visiblePeople(ctx).where(takesPart()).where('department', '<>', '').groupBy('department')
    .select(['department as name', sql<number>`count(*)::int`.as('people')]).orderBy('people', 'desc').orderBy('department').limit(MOST_DEPARTMENTS).execute()
  return { items: rows, next: null }
}

/** Whether names have this text somewhere; case and accents do not count. Of people the index is over name, handle and title, in this order. */
export const isCalled = (names: RawBuilder<unknown>, text: string): RawBuilder<boolean> => sql<boolean>`folded(${names}) like '%' || folded(${literal(text.normalize('NFKC'))}) || '%'`

/** The same for how they begin. */
export const isCalledFirst = (names: RawBuilder<unknown>, text: string): RawBuilder<boolean> => sql<boolean>`folded(${names}) like folded(${literal(text.normalize('NFKC'))}) || '%'`

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
  const row = await ctx.db.selectFrom('people').where(takesPart()).where(isHuman())
    .select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
  return Number(row.n)
}

/** What everybody may know of the network itself; nothing before its first person has named it. */
export const findNetwork = (ctx: Pick<Ctx, 'db'>) => ctx.db.selectFrom('network')
  .select(['id', 'name', 'colour', 'members_invite', 'members_add_emoji', 'language', 'presence', logo.as('logo')]).executeTakeFirst()

const logo = sql<Logo | null>`(select json_object_agg(l.shade, json_build_object('url', '/api/v1/network/logos/' || l.id, 'width', l.width, 'height', l.height)) from network_logos l)`
