import { type SelectQueryBuilder, sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { between, inScope, nameSpaces, type Scope } from './scope.ts'
import { hasShortWay, walk } from './walk.ts'
import { hasWords, type Words } from './words.ts'

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
export async function findHits(ctx: Ctx, words: Words, asked: Scope, before: string | null, limit: number): Promise<Hits> {
  let scope = asked
  for (let most = FEW; words.terms.length;) {
    const { found, seen, ids } = await narrow(ctx, words, scope, before, limit, most)
    if (found <= most) return { ids, total: Math.min(seen, MOST_COUNTED) }
    if (seen >= MOST_COUNTED) return { ids: await walk(ctx, words, scope, before, limit + 1), total: MOST_COUNTED }
    // Who may read little of what there is begins with their own spaces, if these are few.
    if (seen < found / 20) scope = await nameSpaces(ctx, scope)
    if (most >= MANY || hasShortWay(scope)) break
    most = Math.min(MANY, Math.ceil(most * 1.5 * MOST_COUNTED / Math.max(seen, 1)))
  }
  if (scope.spaces?.length === 0) return { ids: [], total: 0 }
  const all = await walk(ctx, words, scope, null, MOST_COUNTED)
  const ids = (before ? all.filter((id) => id < before) : all).slice(0, limit + 1)
  const isPage = ids.length > limit || all.length < MOST_COUNTED
  return { ids: isPage ? ids : await walk(ctx, words, scope, before, limit + 1), total: all.length }
}

type Narrowed = { found: number; seen: number; ids: string[] }

/** Takes up to `most` entries with the words in any order, then those of them that the actor may read and asked for. */
async function narrow(ctx: Ctx, words: Words, scope: Scope, before: string | null, limit: number, most: number): Promise<Narrowed> {
  // visible: nothing of `found` leaves the statement but through inScope; its number only chooses the way to search
  const found = sql`select s.entry_id from entry_search s where ${hasWords(words)} and ${between('s.entry_id', scope)} limit ${most + 1}`
  const seen = (inScope(ctx, scope) as SelectQueryBuilder<any, any, any>).innerJoin('found', 'found.entry_id', 'entries.id').select('entries.id')
  // If there are more than that, all that is of use is that there are enough.
  const { rows } = await sql<Narrowed>`with found as materialized (${found}),
    seen as materialized (${seen} limit (select case when count(*) > ${most} then ${MOST_COUNTED}::bigint end from found))
    select (select count(*) from found) as found, (select count(*) from seen) as seen,
      array(select id from seen ${before ? sql`where id < ${before}` : sql``} order by id desc limit ${limit + 1}) as ids`.execute(ctx.db)
  return rows[0]
}
