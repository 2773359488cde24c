import { sql } from 'kysely'
import { wordsBeside } from '../../core/entries/beside.ts'
import { findKind } from '../../core/entries/kinds.ts'
import { type Ctx, type Host, inTransaction, SYSTEM } from '../../kernel/context.ts'
import { ZERO_ID } from '../../kernel/ids.ts'
import { defineJob } from '../../kernel/jobs.ts'
import { read } from '../../kernel/reading.ts'
import { fold } from './fold.ts'
import { countWords } from './known-words.ts'
import { pairsOf } from './pairs.ts'

type Source = { id: string; space_id: string; kind: string; title: string; body: string; beside: string }
type Row = { entry_id: string; space_id: string; text: string; plain: string | null; pairs: string }

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

/** What the index holds for an entry. */
async function rowOf({ id, space_id, title, body, beside }: Source): Promise<Row> {
  const plain = await read('plainText', body)
  const text = fold(`${title}\n${plain}${beside && `\n${beside}`}`)
  return { entry_id: id, space_id, text, plain: oneLine(plain) === oneLine(body) ? null : plain, pairs: pairsOf(text).join('\n') }
}

/** Long texts take milliseconds each; requests are answered in between. */
async function rowsOf(entries: Source[]): Promise<Row[]> {
  const rows: Row[] = []
  let since = performance.now()
  for (const entry of entries) {
    rows.push(await rowOf(entry))
    if (performance.now() - since < 10) continue
    await new Promise((resolve) => setImmediate(resolve))
    since = performance.now()
  }
  return rows
}

/** Brings the index up to date for these entries, as they are now. */
export async function indexEntries(ctx: Ctx, ids: string[]): Promise<void> {
  await takeTurns(ctx)
  // not content: it goes into the index, which is read through the predicate
  const entries = await ctx.db.selectFrom('entries').select(['id', 'space_id', 'kind', 'title', 'body', wordsBeside('entries').as('beside')])
    .where('id', 'in', ids).where('state', '=', 'published').execute()
  const rows = await rowsOf(entries.filter(isSearched))
  const gone = new Set(ids)
  for (const row of rows) gone.delete(row.entry_id)
  if (gone.size) await remove(ctx, [...gone])
  await write(ctx, rows)
}

const isSearched = (entry: { kind: string }) => findKind(entry.kind)?.searchable ?? false

// Two writers of the index that read an entry at different times could else leave the older text in it.
const takeTurns = (ctx: Ctx) => sql`select pg_advisory_xact_lock(hashtext('entry_search'))`.execute(ctx.db)

const given = (rows: Row[]) => sql`unnest(${rows.map((r) => r.entry_id)}::uuid[], ${rows.map((r) => r.space_id)}::uuid[], ${rows.map((r) => r.text)}::text[],
  ${rows.map((r) => r.plain)}::text[], ${rows.map((r) => r.pairs)}::text[]) as given (entry_id, space_id, text, plain, pairs)`

const pairsGiven = sql`array_to_tsvector(string_to_array(given.pairs, chr(10)))`

async function write(ctx: Ctx, rows: Row[]): Promise<void> {
  if (!rows.length) return
  const worded = await wordedAmong(ctx, rows.map((row) => row.entry_id))
  const { rows: written } = await sql<{ entry_id: string }>`insert into entry_search as s (entry_id, space_id, text, plain, pairs, worded)
    select given.entry_id, given.space_id, given.text, given.plain, ${pairsGiven}, true from ${given(rows)}
    on conflict (entry_id) do update set space_id = excluded.space_id, text = excluded.text, plain = excluded.plain, pairs = excluded.pairs, worded = true
    where not s.worded or (s.space_id, s.text, s.plain, s.pairs) is distinct from (excluded.space_id, excluded.text, excluded.plain, excluded.pairs) returning s.entry_id`.execute(ctx.db)
  const changed = new Set(written.map((row) => row.entry_id))
  await countWords(ctx, worded.filter((row) => changed.has(row.entry_id)), rows.filter((row) => changed.has(row.entry_id)))
  await sql`select gin_clean_pending_list('entry_search_text'), gin_clean_pending_list('entry_search_pairs')`.execute(ctx.db)
}

async function remove(ctx: Ctx, ids: string[]): Promise<void> {
  const worded = await wordedAmong(ctx, ids)
  await ctx.db.deleteFrom('entry_search').where('entry_id', 'in', ids).execute()
  await countWords(ctx, worded, [])
}

/** Of these what stands in the index with its words counted. */
const wordedAmong = (ctx: Ctx, ids: string[]) =>
  // not content: its words are counted
  ctx.db.selectFrom('entry_search').select(['entry_id', 'space_id', 'text']).where('entry_id', 'in', ids).where('worded', '=', true).execute()

/** How the index differs from the entries: not in it, in it with other words, in it without an entry to be found. */
export type Differences = { entries: number; missing: number; stale: number; extra: number }

/** Compares the index with the entries. What was written in the last moment may count as missing while the server runs. */
export const checkSearch = (host: Host): Promise<Differences> => compare(host, false)

/** Makes the index what the entries say; searching goes on meanwhile. @returns what was put right */
export const reindex = (host: Host): Promise<Differences> => compare(host, true)

const BATCH = 1000

async function compare(host: Host, repair: boolean): Promise<Differences> {
  const sum: Differences = { entries: 0, missing: 0, stale: 0, extra: 0 }
  for (let last = ZERO_ID, more = true; more;) {
    await inTransaction(host, SYSTEM, async (ctx) => {
      if (repair) await takeTurns(ctx)
      // not content: it is compared with the index, or goes into it
      const entries = await ctx.db.selectFrom('entries').select(['id', 'space_id', 'kind', 'title', 'body', 'state', wordsBeside('entries').as('beside')])
        .where('id', '>', last).orderBy('id').limit(BATCH).execute()
      more = entries.length === BATCH
      const rows = await rowsOf(entries.filter((entry) => entry.state === 'published' && isSearched(entry)))
      const upTo = more ? entries.at(-1)!.id : null
      const found = await differences(ctx, rows, last, upTo)
      sum.entries += rows.length
      for (const kind of ['missing', 'stale', 'extra'] as const) sum[kind] += found[kind]
      if (repair && found.extra) await removeOthers(ctx, rows, last, upTo)
      if (repair && found.missing + found.stale) await write(ctx, rows)
      last = upTo ?? last
    })
  }
  return sum
}

const between = (last: string, upTo: string | null) => sql`s.entry_id > ${last} ${upTo ? sql`and s.entry_id <= ${upTo}` : sql``}`

async function differences(ctx: Ctx, rows: Row[], last: string, upTo: string | null) {
  // not content: numbers, for whoever runs the server
  const held = sql`select * from entry_search s where ${between(last, upTo)}`
  const { rows: [found] } = await sql<Omit<Differences, 'entries'>>`
    select count(*) filter (where s.entry_id is null) as missing, count(*) filter (where given.entry_id is null) as extra,
      count(*) filter (where s.entry_id = given.entry_id and (not s.worded or (s.space_id, s.text, s.plain, s.pairs)
        is distinct from (given.space_id, given.text, given.plain, ${pairsGiven}))) as stale
    from ${given(rows)} full join (${held}) s on s.entry_id = given.entry_id`.execute(ctx.db)
  return found
}

async function removeOthers(ctx: Ctx, rows: Row[], last: string, upTo: string | null): Promise<void> {
  // not content: only which of them are no entries to be found
  const { rows: others } = await sql<{ entry_id: string }>`select s.entry_id from entry_search s
    where ${between(last, upTo)} and not s.entry_id = any (${rows.map((row) => row.entry_id)}::uuid[])`.execute(ctx.db)
  if (others.length) await remove(ctx, others.map((row) => row.entry_id))
}

/** Makes the whole index anew, beside those who search: after an update that folds words in another way. */
export const indexAnew = defineJob<object>('index-anew', async (host) => void await reindex(host), { queue: 'heavy' })
