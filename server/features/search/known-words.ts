import { sql } from 'kysely'
import { visibleSpaces } from '../../core/spaces/visibility.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Scope } from './scope.ts'

const LONGEST = 30
const SHORTEST = 4
const MOST_OF_TEXT = 2000
// Numbers and names with signs in them are not guessed at, and what has no spaces is no word by itself.
const word = new RegExp(`^(?:(?![\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}])[\\p{L}\\p{M}]){${SHORTEST},${LONGEST}}$`, 'u')

/** Whether this is a word that can be mistyped. */
export const isWord = (text: string): boolean => word.test(text)

/** The words of a folded text, each once. */
export function wordsIn(folded: string): Set<string> {
  const found = new Set<string>()
  for (const [token] of folded.matchAll(/[\p{L}\p{M}\p{N}_]+/gu)) if (isWord(token) && found.size < MOST_OF_TEXT) found.add(token)
  return found
}

type Text = { space_id: string; text: string }

/** Counts the words of what came into the index, and of what left it. */
export async function countWords(ctx: Ctx, gone: Text[], come: Text[]): Promise<void> {
  const counts = new Map<string, Map<string, number>>()
  const add = ({ space_id, text }: Text, step: number) => {
    const mine = counts.get(space_id) ?? counts.set(space_id, new Map()).get(space_id)!
    for (const one of wordsIn(text)) mine.set(one, (mine.get(one) ?? 0) + step)
  }
  for (const one of gone) add(one, -1)
  for (const one of come) add(one, 1)
  const rows = [...counts].flatMap(([space, words]) => [...words].filter(([, n]) => n).map(([one, n]) => ({ space, one, n })))
  const given = (some: typeof rows) => sql`unnest(${some.map(({ space }) => space)}::uuid[], ${some.map(({ one }) => one)}::text[], ${some.map(({ n }) => n)}::int[]) as g (space_id, word, n)`
  const [more, less] = [rows.filter(({ n }) => n > 0), rows.filter(({ n }) => n < 0)]
  if (more.length) await sql`insert into search_words as w (space_id, word, entries) select g.space_id, g.word, g.n from ${given(more)} join spaces s on s.id = g.space_id -- not content: their words are read through the predicate
    on conflict (space_id, word) do update set entries = w.entries + excluded.entries`.execute(ctx.db)
  if (!less.length) return
  await sql`delete from search_words w using ${given(less)} where (w.space_id, w.word) = (g.space_id, g.word) and w.entries + g.n <= 0`.execute(ctx.db)
  await sql`update search_words w set entries = w.entries + g.n from ${given(less)} where (w.space_id, w.word) = (g.space_id, g.word)`.execute(ctx.db)
}

const CANDIDATES = 40
const TRIED = 5

/**
 * Words a typing error away from this one, the nearest and most used first, of the spaces that are asked for and that the
 * actor may read. What is written elsewhere has no part in it, not even in which of them are left out.
 */
export async function wordsAlike(ctx: Ctx, term: string, scope: Scope): Promise<string[]> {
  const length = [...term].length
  let spaces = visibleSpaces(ctx).select('spaces.id').where(sql<boolean>`spaces.id = w.space_id`)
  if (scope.spaces) spaces = spaces.where('spaces.id', 'in', scope.spaces)
  if (scope.notSpaces.length) spaces = spaces.where('spaces.id', 'not in', scope.notSpaces)
  const { rows } = await sql<{ word: string; n: number }>`
    select w.word, sum(w.entries)::int as n from search_words w
    where w.word % ${term} and length(w.word) between ${length - 2} and ${length + 2} and exists (${spaces})
    group by 1 order by similarity(w.word, ${term}) desc, n desc, w.word limit ${CANDIDATES}`.execute(ctx.db)
  const most = length < 6 ? 1 : 2
  return rows.map((row) => ({ ...row, errors: errorsBetween(term, row.word) })).filter(({ word: one, errors }) => one !== term && errors <= most)
    .sort((a, b) => a.errors - b.errors || b.n - a.n).slice(0, TRIED).map((row) => row.word)
}

/** How many letters are missing, too many, wrong, or have changed places (optimal string alignment). */
export function errorsBetween(a: string, b: string): number {
  const [from, to] = [[...a], [...b]]
  let [earlier, last] = [[] as number[], to.map((_, j) => j + 1)]
  last.unshift(0)
  for (let i = 1; i <= from.length; i++) {
    const now = [i]
    for (let j = 1; j <= to.length; j++) {
      const isSame = from[i - 1] === to[j - 1]
      now[j] = Math.min(last[j] + 1, now[j - 1] + 1, last[j - 1] + Number(!isSame))
      const isTurned = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      if (isTurned) now[j] = Math.min(now[j], earlier[j - 2] + 1)
    }
    [earlier, last] = [last, now]
  }
  return last[to.length]
}
