import { type RawBuilder, sql } from 'kysely'
import { visibleEntries } from '../../core/entries/visibility.ts'
import { isMuted, readTo } from '../../core/reads/queries.ts'
import { visibleSpaces } from '../../core/spaces/visibility.ts'
import type { Ctx } from '../../kernel/context.ts'
import { idFloor } from '../../kernel/ids.ts'
import { type Span, spanOf } from './dates.ts'
import type { Has, Is, NamedBy, Query } from './grammar.ts'
import type { Meant } from './named.ts'

/** Which entries a query's modifiers leave, as ids. `null`: all. */
export type Scope = {
  authors: string[] | null; notAuthors: string[]; spaces: string[] | null; notSpaces: string[]
  /** people who take part in the thread or the direct conversation */
  with: string[] | null; notWith: string[]
  kinds: string[]; has: Has[]; is: Is[]
  /** ids from the one inclusive to the other exclusive */
  since: string | null; until: string | null
}

/**
 * The scope of a query whose names have been looked up.
 * @returns null when nothing can be found
 */
export async function resolveScope(ctx: Ctx, query: Query, named: Meant[]): Promise<Scope | null> {
  const [authors, others, spaces] = [pick(named, 'from'), pick(named, 'with'), pick(named, 'in')]
  if ([authors, others, spaces].some(({ only }) => only?.length === 0)) return null
  const scope: Scope = {
    authors: authors.only, notAuthors: authors.not, spaces: spaces.only, notSpaces: spaces.not, with: others.only, notWith: others.not,
    kinds: query.kinds, has: query.has, is: query.is, ...await resolveDays(ctx, query),
  }
  return ctx.actor.role === 'guest' ? nameSpaces(ctx, scope) : scope
}

const pick = (named: Meant[], by: NamedBy) => {
  const mine = named.filter((one) => one.by === by)
  const of = (not: boolean) => [...new Set(mine.filter((one) => one.not === not).flatMap(({ ids }) => ids))]
  return { only: mine.some(({ not }) => !not) ? of(false) : null, not: of(true) }
}

async function resolveDays(ctx: Ctx, query: Query) {
  if (!query.before && !query.after && !query.on) return { since: null, until: null }
  const zone = await zoneOf(ctx)
  const today = new Date().toLocaleDateString('sv-SE', { timeZone: zone })
  const at = (day: string | undefined) => (day ? idFloor(beginning(day, zone)) : null)
  const spans: Partial<Span>[] = [query.before && { to: spanOf(query.before, today)!.from }, query.after && { from: spanOf(query.after, today)!.to }, query.on && spanOf(query.on, today)!].filter((span) => !!span)
  return { since: at(spans.flatMap(({ from }) => from ?? []).sort().at(-1)), until: at(spans.flatMap(({ to }) => to ?? []).sort()[0]) }
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
  for (const what of scope.has) query = query.where(HAVING[what])
  for (const what of scope.is) query = query.where(being(ctx, what))
  if (scope.with) query = query.where(takesPart(scope.with))
  if (scope.notWith.length) query = query.where(sql<boolean>`not ${takesPart(scope.notWith)}`)
  return query
}

const HAVING: Record<Has, RawBuilder<boolean>> = {
  file: sql<boolean>`exists (select from entry_files ef where ef.entry_id = entries.id)`,
  image: sql<boolean>`exists (select from entry_files ef join files f on f.id = ef.file_id where ef.entry_id = entries.id and f.type like 'image/%')`,
  link: sql<boolean>`entries.body ~* '(https?://|www\\.)[^[:space:]]'`,
}

function being(ctx: Ctx, what: Is): RawBuilder<boolean> {
  if (what === 'reply') return sql<boolean>`entries.root_id is not null`
  if (what === 'thread') return sql<boolean>`entries.root_id is null`
  // visible: of a space whose entries are in question
  if (what === 'direct') return sql<boolean>`exists (select from spaces ds where ds.id = entries.space_id and ds.kind = 'direct')`
  const thread = sql`coalesce(entries.root_id, entries.id)`
  if (what === 'corrected') return sql<boolean>`exists (select from corrections where corrections.entry_id = entries.id)`
  if (what === 'retracted') return sql<boolean>`((select c.what from corrections c where c.entry_id = entries.id order by c.n desc limit 1) = 'retraction')`
  if (what === 'resolved') return sql<boolean>`exists (select from resolutions where resolutions.root_id = ${thread})`
  return sql<boolean>`entries.author_id <> ${ctx.actor.id} and entries.id > ${readTo(ctx, 'entries')} and not ${isMuted(sql`${ctx.actor.id}::uuid`, thread, sql`entries.space_id`)}`
}

// Of the thread of an entry in question, and of the conversation it stands in.
const takesPart = (people: string[]) => sql<boolean>`(entries.author_id = any (${people}::uuid[])
  or exists (select from entries we where we.root_id = coalesce(entries.root_id, entries.id) and we.author_id = any (${people}::uuid[]) and we.state = 'published') -- visible: of the same thread
  or exists (select from entries wr where wr.id = entries.root_id and wr.author_id = any (${people}::uuid[]) and wr.state = 'published') -- visible: its head
  or exists (select from spaces wd join memberships wm on wm.space_id = wd.id -- visible: the space it stands in
    where wd.id = entries.space_id and wd.kind = 'direct' and wm.person_id = any (${people}::uuid[])))`

const zoneOf = async (ctx: Ctx) =>
  (await ctx.db.selectFrom('people').select('time_zone').where('id', '=', ctx.actor.id).executeTakeFirst())?.time_zone || 'UTC'

/** When a day begins where the actor lives; in milliseconds since 1970. */
function beginning(day: string, timeZone: string): number {
  const midnight = Date.parse(day)
  const ahead = (at: number) => Date.parse(new Date(at).toLocaleString('sv-SE', { timeZone }).replace(' ', 'T') + 'Z') - at
  return Math.max(0, midnight - ahead(midnight - ahead(midnight)))
}
