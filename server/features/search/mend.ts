import type { Ctx } from '../../kernel/context.ts'
import { fold } from './fold.ts'
import type { Query } from './grammar.ts'
import { findHits, type Hits } from './hits.ts'
import { isWord, wordsAlike } from './known-words.ts'
import type { Scope } from './scope.ts'

const MOST_WORDS = 3

export type Mended = { query: Query; hits: Hits; words: Map<string, string> }

/**
 * What may have been meant where nothing was found: the words that occur nowhere in what the actor may read and asked for,
 * each by one that does and is a typing error away. Only what then finds something.
 */
export async function mend(ctx: Ctx, query: Query, scope: Scope, limit: number): Promise<Mended | null> {
  const wrong: string[] = []
  for (const term of query.loose.filter(isWord).slice(0, MOST_WORDS + 1))
    if (!(await findHits(ctx, { terms: [term], without: [] }, scope, null, 1)).ids.length) wrong.push(term)
  if (!wrong.length || wrong.length > MOST_WORDS) return null
  const found: [string, string[]][] = []
  for (const term of wrong) found.push([term, await wordsAlike(ctx, term, scope)])
  if (found.some(([, words]) => !words.length)) return null
  // One after the other is tried for the first; for others the likeliest stands.
  for (const first of found[0][1]) {
    const words = new Map(found.map(([term, [best]], at) => [term, at ? best : first]))
    const mended = { ...query, terms: query.terms.map((term) => words.get(term) ?? term) }
    const hits = await findHits(ctx, mended, scope, null, limit)
    if (hits.ids.length) return { query: mended, hits, words }
  }
  return null
}

/** The query as it was written, with these words in the place of others. */
export const rewrite = (q: string, words: Map<string, string>): string =>
  q.replace(/(?<![^\s])[^\s":]+(?![^\s])/gu, (written) => words.get(fold(written)) ?? written)
