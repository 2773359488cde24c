import type { RawBuilder, SelectQueryBuilder } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { type Page, toPage } from '../../kernel/pages.ts'
import { keptFor, type KeptEntries, type Moment, momentSince, newsOf } from './kept.ts'
import { hasPersonalFacts } from './kinds.ts'
import { entryParts, MEMBERS, type Viewer } from './parts.ts'
import { readEntries, showEntry } from './queries.ts'
import type { EntryView } from './schema.ts'
import { visibleEntries } from './visibility.ts'

type Query = SelectQueryBuilder<any, any, any>
/** Columns beside the entry, by name. */
type Columns = Record<string, RawBuilder<unknown>>
type Values<C extends Columns> = { [K in keyof C]: C[K] extends RawBuilder<infer V> ? V : never }
/** `entry` is null where it stopped being readable between two statements. */
type Read<C extends Columns> = Values<C> & { entry: EntryView | null }

const named = (columns: Columns, before = '') => Object.entries(columns).map(([name, column]) => column.as(before + name)) as any[]

/**
 * A page of the entries of a query that holds them by right: what is the same for all members comes from what this process
 * keeps where it can; the statement itself says who may read, and what is the reader's own.
 * @param query holds `entries` through the visibility predicate, in order, one more than the page
 * @param beside what else is read of each; `key` is what the page's cursor is made of
 */
export async function pageOfEntries<C extends Columns & { key: RawBuilder<string> }, Shown>(
  ctx: Ctx, query: Query, limit: number, beside: C, show: (entry: EntryView, more: Values<C>) => Shown,
): Promise<Page<Shown>> {
  const page = toPage(await entriesWith(ctx, query, beside), limit, (row) => row.key as string, (row) => (row.entry ? show(row.entry, row) : null))
  return { ...page, items: page.items.filter((item) => item !== null) }
}

/** All entries of such a query, with what else is read of each. */
export async function entriesWith<C extends Columns>(ctx: Ctx, query: Query, beside: C): Promise<Read<C>[]> {
  const kept = keptFor(ctx)
  if (!kept) {
    const rows = await readEntries(ctx, query.select(named(beside, '+')))
    return rows.map((row) => ({ ...besideOf<C>(row), entry: showEntry(columnsOf(row, false)) }))
  }
  const { heard } = kept
  const rows = await query.select(['entries.id', 'entries.kind', ...named(beside, '+'), ...named(ownParts(ctx), 'own '), momentSince(heard).as('moment')] as any).execute()
  if (rows.length) kept.hear(await newsOf(ctx, heard, (rows[0] as Lean).moment))
  const entries = await entriesOf(ctx, kept, rows as Lean[])
  return rows.map((row) => ({ ...besideOf<C>(row), entry: entries.get(row.id) ?? null }))
}

// One row holds the columns of the entry and, marked so, those beside it.
const besideOf = <C extends Columns>(row: Record<string, unknown>) => columnsOf(row, true) as Values<C>
const columnsOf = (row: Record<string, unknown>, isBeside: boolean) => Object.fromEntries(Object.entries(row)
  .filter(([name]) => name.startsWith('+') === isBeside).map(([name, value]) => [isBeside ? name.slice(1) : name, value]))

type Lean = { id: string; kind: string; moment: Moment } & Record<string, unknown>

const ownParts = (ctx: Ctx): Columns =>
  Object.fromEntries(entryParts().flatMap(({ name, mine }) => (mine ? [[name, mine.column(ctx.actor.id, 'entries')]] : [])))

async function entriesOf(ctx: Ctx, kept: KeptEntries, rows: Lean[]): Promise<Map<string, EntryView>> {
  const found = new Map<string, EntryView>()
  const missing: string[] = []
  const personal: string[] = []
  for (const { id, kind, moment } of rows) {
    const entry = kept.find(id, moment)
    if (entry) found.set(id, entry)
    else (hasPersonalFacts(kind) ? personal : missing).push(id)
  }
  const [all, mine] = await Promise.all([readAnew(ctx, kept, missing), readAs(ctx, personal, ctx.actor)])
  for (const entry of all) found.set(entry.id, entry)
  for (const row of rows) if (found.has(row.id)) found.set(row.id, withOwn(found.get(row.id)!, row))
  for (const row of mine) found.set(row.id, showEntry(row))
  return found
}

/** Composes entries as all members see them, and keeps them. */
async function readAnew(ctx: Ctx, kept: KeptEntries, ids: string[]): Promise<EntryView[]> {
  const { heard } = kept
  const rows = await readAs(ctx, ids, MEMBERS, { moment: momentSince(heard) })
  if (!rows.length) return []
  const entries = rows.map(({ moment: _, ...row }) => showEntry(row))
  const news = await newsOf(ctx, heard, rows[0].moment)
  kept.hear(news)
  kept.keep(entries, news)
  return entries
}

const readAs = async (ctx: Ctx, ids: string[], viewer: Viewer, more: Columns = {}): Promise<any[]> =>
  ids.length ? readEntries(ctx, visibleEntries(ctx).where('entries.id', 'in', ids).select(named(more)) as any, viewer) : []

function withOwn(entry: EntryView, row: Lean): EntryView {
  if (entry.state !== 'published') return entry
  const shown: Record<string, unknown> = { ...entry }
  for (const { name, mine } of entryParts()) if (mine) shown[name] = mine.put(shown[name] as never, row[`own ${name}`] as never)
  return shown as never
}
