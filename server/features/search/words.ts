import { type RawBuilder, sql } from 'kysely'
import { pairQuery } from './pairs.ts'

/** What must be in a text and what may not; folded. */
export type Words = { terms: string[]; without: string[] }

/** The condition on `s`, a row of entry_search. */
export const hasWords = ({ terms, without }: Words): RawBuilder<boolean> => sql<boolean>`${sql.join([
  ...terms.map(hasTerm), ...without.map((term) => sql`s.text not like ${pattern(term)}`), sql`true`,
], sql` and `)}`

// Trigrams are made of runs of three letters; pairs serve what has no such run. A term of one or two characters is in
// a text if and only if it is among its pairs, and a second condition would only lead the planner's guesses astray.
function hasTerm(term: string): RawBuilder<boolean> {
  const text = sql<boolean>`s.text like ${pattern(term)}`
  const query = /[\p{L}\p{N}]{3}/u.test(term) ? null : pairQuery(term)
  if (query === null) return text
  const pairs = sql<boolean>`s.pairs @@ ${query}::tsquery`
  return [...term].length > 2 ? sql<boolean>`${text} and ${pairs}` : pairs
}

const pattern = (term: string) => `%${term.replace(/[\\%_]/g, '\\$&')}%`
