import { type RawBuilder, sql } from 'kysely'
import { visibleEntries } from '../../core/entries/visibility.ts'
import { visiblePeople } from '../../core/people/queries.ts'
import { visibleSpaces } from '../../core/spaces/visibility.ts'
import type { Ctx } from '../../kernel/context.ts'
import { idFloor, isUuid } from '../../kernel/ids.ts'
import type { Named, Query } from './grammar.ts'

/** Which entries a query's modifiers leave, as ids. `null`: all. */
export type Scope = {
  authors: string[] | null; notAuthors: string[]; spaces: string[] | null; notSpaces: string[]
  kinds: string[]; hasFile: boolean
  /** ids from the one inclusive to the other exclusive */
  since: string | null; until: string | null
}

/**
 * Looks up what the modifiers name, among the people and spaces the actor may know; a name they may not know is a name
 * that does not exist.
 * @returns null when nothing can be found
 */
export async function resolveScope(ctx: Ctx, query: Query): Promise<Scope | null> {
  const authors = pick(query.from, await idsOfPeople(ctx, query.from))
  const spaces = pick(query.in, await idsOfSpaces(ctx, query.in))
  if (authors.only?.length === 0 || spaces.only?.length === 0) return null
  const zone = query.before || query.after ? await zoneOf(ctx) : 'UTC'
  const scope: Scope = {
    authors: authors.only, notAuthors: authors.not, spaces: spaces.only, notSpaces: spaces.not, kinds: query.kinds, hasFile: query.hasFile,
    since: query.after && idFloor(beginning(query.after, 1, zone)), until: query.before && idFloor(beginning(query.before, 0, zone)),
  }
  return ctx.actor.role === 'guest' ? nameSpaces(ctx, scope) : scope
}

const fewSpaces = 100

/** The same scope, with the spaces that the actor may read by name, if they are few: one can begin with these. */
export async function nameSpaces(ctx: Ctx, scope: Scope): Promise<Scope> {
  if (scope.spaces || scope.authors) return scope
  const rows = await visibleSpaces(ctx).select('spaces.id').limit(fewSpaces + 1).execute()
  return rows.length > fewSpaces ? scope : { ...scope, spaces: rows.map((row) => row.id) }
}

/** A condition on an id: within the days that were asked for. */
export const between = (id: string, { since, until }: Scope): RawBuilder<boolean> =>
  sql<boolean>`true ${since ? sql`and ${sql.ref(id)} >= ${since}` : sql``} ${until ? sql`and ${sql.ref(id)} < ${until}` : sql``}`

/** The entries that are left. */
export function inScope(ctx: Ctx, scope: Scope) {
  let query = visibleEntries(ctx).where('entries.state', '=', 'published')
  if (scope.authors) query = query.where('entries.author_id', 'in', scope.authors)
  if (scope.notAuthors.length) query = query.where('entries.author_id', 'not in', scope.notAuthors)
  if (scope.spaces) query = query.where(sql<boolean>`entries.space_id = any(${scope.spaces}::uuid[])`)
  if (scope.notSpaces.length) query = query.where('entries.space_id', 'not in', scope.notSpaces)
  if (scope.kinds.length) query = query.where('entries.kind', 'in', scope.kinds)
  query = query.where(between('entries.id', scope))
  if (scope.hasFile) query = query.where(sql<boolean>`exists (select from entry_files ef where ef.entry_id = entries.id)`)
  return query
}

type Ids = Map<string, string[]>

const pick = (names: Named[], ids: Ids) => {
  const of = (not: boolean) => [...new Set(names.filter((n) => n.not === not).flatMap((n) => ids.get(n.name) ?? []))]
  return { only: names.some((n) => !n.not) ? of(false) : null, not: of(true) }
}

async function idsOfPeople(ctx: Ctx, names: Named[]): Promise<Ids> {
  const handles = new Map(names.map(({ name }) => [name, name.toLowerCase().replace(/^@/, '')]))
  if (!handles.size) return new Map()
  const rows = await visiblePeople(ctx).select(['people.id', 'handle']).where('handle', 'in', [...handles.values()]).execute()
  const idOf = (handle: string) => rows.filter((row) => row.handle === handle).map((row) => row.id)
  return new Map([...handles].map(([name, handle]) => [name, handle === 'me' ? [ctx.actor.id] : idOf(handle)]))
}

async function idsOfSpaces(ctx: Ctx, names: Named[]): Promise<Ids> {
  if (!names.length) return new Map()
  const wanted = names.map(({ name }) => ({ name, id: isUuid(name) ? name.toLowerCase() : null, called: name.replace(/^#/, '').toLowerCase() }))
  const rows = await visibleSpaces(ctx).select(['spaces.id', called.as('called')])
    .where((eb) => eb.or([eb('spaces.id', 'in', wanted.flatMap(({ id }) => id ?? []).concat(NONE)),
      eb.and([eb('spaces.kind', '<>', 'direct'), eb(called, 'in', wanted.map((w) => w.called))])])).execute()
  return new Map(wanted.map(({ name, id, called }) => [name, rows.filter((row) => row.id === id || row.called === called).map((row) => row.id)]))
}

const NONE = '00000000-0000-0000-0000-000000000000'
const called = sql<string>`lower(normalize(spaces.name, nfkc))`

const zoneOf = async (ctx: Ctx) =>
  (await ctx.db.selectFrom('people').select('time_zone').where('id', '=', ctx.actor.id).executeTakeFirst())?.time_zone || 'UTC'

/** When a day begins where the actor lives, `later` days on; in milliseconds since 1970. */
function beginning(day: string, later: number, timeZone: string): number {
  const midnight = Date.parse(day) + later * 86_400_000
  const ahead = (at: number) => Date.parse(new Date(at).toLocaleString('sv-SE', { timeZone }).replace(' ', 'T') + 'Z') - at
  return Math.max(0, midnight - ahead(midnight - ahead(midnight)))
}
