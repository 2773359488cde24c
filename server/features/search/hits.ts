import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { pairQuery } from './pairs.ts'
import { inScope, type Scope } from './scope.ts'

export type Words = { terms: string[]; without: string[] }
export type Hits = { ids: string[]; total: number }

/** Counting stops here. */
export const MOST_COUNTED = 1000

// So many entries with the words are looked at one by one, whoever may read them; a page and its count then cost one
// statement. Words that more entries have are looked for from the newest entry on.
const FEW = 2000
const MANY = 20_000

/**
 * The newest entries that the actor may read and that have the words, one more than `limit` if there are as many, and
 * how many there are. Rare words are found by the index, common ones by walking from the newest entry back; which they
 * are is found out by asking the index for a few. docs/decisions/0006 has the measurements.
 */
export async function findHits(ctx: Ctx, words: Words, scope: Scope, before: string | null, limit: number): Promise<Hits> {
  let counted = 0
  if (words.terms.length) {
    for (let most = FEW; ;) {
      const { found, seen, ids } = await narrow(ctx, words, scope, before, limit, most)
      if (found <= most) return { ids, total: Math.min(seen, MOST_COUNTED) }
      counted = seen
      if (seen >= MOST_COUNTED || most >= MANY || isNarrow(scope)) break
      most = Math.min(MANY, Math.ceil(most * 1.5 * MOST_COUNTED / Math.max(seen, 1)))
    }
  }
  const ids = await walk(ctx, words, scope, before, limit)
  return { ids, total: counted >= MOST_COUNTED ? MOST_COUNTED : await count(ctx, words, scope) }
}

// With one of these there is another index to begin with.
const isNarrow = (scope: Scope) => scope.authors !== null || scope.spaces !== null

const pattern = (term: string) => `%${term.replace(/[\\%_]/g, '\\$&')}%`

/** What the index row `s` must satisfy. */
function hasWords({ terms, without }: Words): RawBuilder<boolean> {
  const pairs = terms.map(pairQuery).filter((query) => query !== null)
  return sql<boolean>`${sql.join([
    ...terms.map((term) => sql`s.text like ${pattern(term)}`),
    ...without.map((term) => sql`s.text not like ${pattern(term)}`),
    ...pairs.map((query) => sql`s.pairs @@ ${query}::tsquery`), sql`true`,
  ], sql` and `)}`
}

type Narrowed = { found: number; seen: number; ids: string[] }

/** Takes up to `most` entries with the words in any order, then those of them that the actor may read and asked for. */
async function narrow(ctx: Ctx, words: Words, scope: Scope, before: string | null, limit: number, most: number): Promise<Narrowed> {
  const visible = (inScope(ctx, scope) as SelectQueryBuilder<any, any, any>).innerJoin('found', 'found.entry_id', 'entries.id').select('entries.id')
  // visible: nothing of `found` leaves the statement but through inScope; its number only chooses the way to search
  const candidates = sql`select s.entry_id from entry_search s where ${hasWords(words)} limit ${most + 1}`
  const { rows } = await sql<Narrowed>`
    with found as materialized (${candidates}),
    seen as materialized (${visible})
    select (select count(*) from found) as found, (select count(*) from seen) as seen,
      array(select id from seen ${before ? sql`where id < ${before}` : sql``} order by id desc limit ${limit + 1}) as ids`.execute(ctx.db)
  return rows[0]
}

/** Looks at what the actor may read, the newest first, in steps that grow, until a page is full. */
async function walk(ctx: Ctx, words: Words, scope: Scope, before: string | null, limit: number): Promise<string[]> {
  const ids: string[] = []
  let below = before
  for (let step = 500; ids.length <= limit; step = Math.min(step * 8, 100_000)) {
    const next = inScope(ctx, scope).$if(below !== null, (query) => query.where('entries.id', '<', below!))
      .select('entries.id').orderBy('entries.id', 'desc').limit(step)
    // Asked for one by one (lateral): a plan that reads the whole index table instead costs a second.
    // visible: for entries that inScope let pass
    const match = sql`select from entry_search s where s.entry_id = looked.id and ${hasWords(words)} offset 0`
    const { rows } = await sql<{ last: string | null; looked: number; ids: string[] }>`
      with looked as materialized (${next})
      select (select id from looked order by id limit 1) as last, (select count(*) from looked) as looked,
        array(select looked.id from looked, lateral (${match}) s order by looked.id desc limit ${limit + 1 - ids.length}) as ids`.execute(ctx.db)
    ids.push(...rows[0].ids)
    if (rows[0].looked < step) break
    below = rows[0].last
  }
  return ids
}

/** How many the actor may read, up to the most that is counted. */
async function count(ctx: Ctx, words: Words, scope: Scope): Promise<number> {
  // visible: joined to what inScope lets pass
  const first = inScope(ctx, scope).innerJoin('entry_search as s', 's.entry_id', 'entries.id').where(hasWords(words))
    .select('entries.id').limit(MOST_COUNTED)
  const { rows } = await sql<{ n: number }>`select count(*) as n from (${first}) first`.execute(ctx.db)
  return rows[0].n
}
