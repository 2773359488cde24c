import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { timeOf } from '../../kernel/ids.ts'
import { cursorsOf, type PageQuery, toPage } from '../../kernel/pages.ts'
import { cardOf } from '../people/queries.ts'
import { listConversations } from '../spaces/queries.ts'
import { addFacts } from './kinds.ts'
import { entryParts, noneOf, type Viewer } from './parts.ts'
import type { EntryView } from './schema.ts'
import { visibleEntries } from './visibility.ts'

const ref = (alias: string, column: string) => sql.ref(`${alias}.${column}`)

// Faces beside "9 replies": the authors of the newest replies. Looking at 30 is enough and keeps long threads cheap.
const repliersOf = (entry: string) => sql`case when ${ref(entry, 'reply_count')} = 0 then '[]'::json else
  (select coalesce(json_agg(${cardOf('rp')} order by last.newest desc), '[]') from (
    select r.author_id, max(r.id::text) as newest from (select e.author_id, e.id from entries e
      where e.root_id = ${ref(entry, 'id')} and e.state = 'published' order by e.id desc limit 30) r
    group by r.author_id order by newest desc limit 3) last join people rp on rp.id = last.author_id) end`

const PLAIN = ['id', 'space_id as space', 'kind', 'root_id as root', 'parent_id as parent', 'author_id as author', 'title', 'body',
  'state', 'created_at', 'edited_at', 'reply_count', 'active_id']

/**
 * Adds the columns of an entry as clients see it, in one statement, to a query that holds `entries` (or an alias) by right.
 * @param viewer whose own reactions are marked, and who may not be shown everything
 */
function selectEntry(query: SelectQueryBuilder<any, any, any>, viewer: Viewer, entry = 'entries'): SelectQueryBuilder<any, any, any> {
  return query.select([
    ...PLAIN.map((column) => `${entry}.${column}`),
    sql`(select ${cardOf('author')} from people author where author.id = ${ref(entry, 'author_id')})`.as('by'),
    repliersOf(entry).as('repliers'),
    // What is removed keeps nothing but its place.
    ...entryParts().map((part) => sql`case when ${ref(entry, 'state')} = 'published'
      ${part.onlyIf ? sql`and ${part.onlyIf(entry)}` : sql``} then ${part.column(viewer, entry)} else ${noneOf(part)} end`.as(part.name)),
  ] as any)
}

/**
 * Reads the entries of a query that holds them by right, with what clients see of them; their kinds' own facts are asked for
 * where there are such kinds.
 */
export const readEntries = async (ctx: Pick<Ctx, 'actor' | 'db'>, query: SelectQueryBuilder<any, any, any>, viewer: Viewer = ctx.actor): Promise<any[]> =>
  addFacts(ctx, await selectEntry(query, viewer).execute(), viewer)

/** The same of an entry that is being inserted: nobody has answered, and no feature has added anything to it yet. */
export const newEntry = () => [
  ...PLAIN.map((column) => `entries.${column}`),
  sql`(select ${cardOf('author')} from people author where author.id = entries.author_id)`.as('by'),
  sql`'[]'::json`.as('repliers'), ...entryParts().map((part) => noneOf(part).as(part.name)),
] as any[]

export const showEntry = (row: any): EntryView => ({ ...row, active_at: new Date(timeOf(row.active_id)).toISOString() })

/** @throws Refusal 404 */
export async function findEntry(ctx: Ctx, id: string): Promise<EntryView> {
  const [row] = await readEntries(ctx, entriesBy(ctx).where('entries.id', '=', id))
  if (!row) throw notFound()
  return showEntry(row)
}

/** Entries the actor may read, for readEntries. */
const entriesBy = (ctx: Ctx) => visibleEntries(ctx) as SelectQueryBuilder<any, any, any>

/** Which thread an entry is in; for what only needs to know that. @throws Refusal 404 */
export async function findThreadOf(ctx: Ctx, id: string): Promise<{ root: string; space: string; active: string }> {
  const row = await visibleEntries(ctx).where('entries.id', '=', id).select(['id', 'root_id', 'space_id']).executeTakeFirst()
  if (!row) throw notFound()
  const root = row.root_id ?? row.id
  // visible: the head of the same thread, in the same space
  const head = await ctx.db.selectFrom('entries').select('active_id').where('id', '=', root).executeTakeFirstOrThrow()
  return { root, space: row.space_id, active: head.active_id > row.id ? head.active_id : row.id }
}

/** The texts an entry had before, the newest first. */
export async function listVersions(ctx: Ctx, id: string, { limit, before, after }: PageQuery) {
  const entry = await findEntry(ctx, id)
  if (entry.state !== 'published') throw notFound()
  const cursors = cursorsOf(ctx, `versions ${id}`)
  const from = cursors.open(before ?? after)
  let query = ctx.db.selectFrom('entry_versions').select(['version', 'title', 'body', 'created_at', 'editor_id as editor'])
    .where('entry_id', '=', id).orderBy('version', 'desc').limit(limit + 1)
  if (from) query = query.where('version', '<', Number(from[0]))
  return toPage(await query.execute(), limit, (row) => cursors.seal(String(row.version)), (row) => row)
}

/**
 * Entries as members or guests get them in live events; whoever delivers them checks who may see them.
 * @param ids of the entries, or a query of them
 */
export async function neutralEntries(ctx: Pick<Ctx, 'actor' | 'db'>, ids: string[] | RawBuilder<unknown>, viewer: Viewer): Promise<Map<string, EntryView>> {
  if (Array.isArray(ids) && !ids.length) return new Map()
  // visible: Live.mayReceive and visibleEvents decide for each receiver
  const query = ctx.db.selectFrom('entries').where(sql<boolean>`entries.id ${Array.isArray(ids) ? sql`= any (${ids})` : sql`in (${ids})`}`)
  return new Map((await readEntries(ctx, query as any, viewer)).map((row) => [row.id, showEntry(row)]))
}

/** Cards of the actor's entries by id; what may not be read is left out. */
export async function entriesById(ctx: Ctx, ids: string[]): Promise<Map<string, EntryView>> {
  if (!ids.length) return new Map()
  const rows = await readEntries(ctx, entriesBy(ctx).where('entries.id', 'in', ids))
  return new Map(rows.map((row: any) => [row.id, showEntry(row)]))
}

/** Direct conversations with the newest line of each. */
export async function listConversationsWithLast(ctx: Ctx, q: PageQuery) {
  const page = await listConversations(ctx, q)
  const spaces = page.items.map((space) => space.id)
  if (!spaces.length) return page
  // visible: conversations of the actor's own memberships, found just now
  const rows = await readEntries(ctx, entriesBy(ctx).where('entries.id', 'in', sql`(select (select e.id from entries e where e.space_id = s.id
    and e.state = 'published' order by e.id desc limit 1) from unnest(${spaces}::uuid[]) s(id))`))
  const last = new Map(rows.map((row: any) => [row.space, showEntry(row)]))
  return { ...page, items: page.items.map((space) => ({ ...space, last: last.get(space.id) ?? null })) }
}
