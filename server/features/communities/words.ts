import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'

const ENTRIES = 400
const PEOPLE = 3
const WORDS = 3

const segmenter = new Intl.Segmenter('und', { granularity: 'word' })

/** The words of a text that can name something, each once: no numbers, no short ones but in scripts where two signs say much; in Japanese none in Hiragana alone, which joins words. */
export function wordsOf(text: string): Set<string> {
  const found = new Set<string>()
  const plain = text.replace(/https?:\S+|@[\w.-]+|:[\w+-]+:/g, ' ')
  for (const { segment, isWordLike } of segmenter.segment(plain)) {
    const least = /[\p{sc=Han}\p{sc=Katakana}\p{sc=Hangul}]/u.test(segment) ? 2 : 4
    if (isWordLike && [...segment].length >= least && /^[\p{L}\p{M}ー’'-]+$/u.test(segment) && !/^\p{sc=Hiragana}+$/u.test(segment)) found.add(segment.toLowerCase())
  }
  return found
}

/**
 * The words that set each group apart: used by at least three of its people, and by many of them compared with all
 * people. Only from what everybody in the network can read, so a name tells nobody what they could not know.
 * @param groups people of each group
 * @returns up to three words for each
 */
export async function wordsOfGroups(ctx: Pick<Ctx, 'db'>, groups: string[][]): Promise<string[][]> {
  const everybody = new Map<string, number>()
  const people = groups.reduce((sum, group) => sum + group.length, 0)
  const used: Map<string, number>[] = []
  for (const group of groups) {
    const { rows } = await sql<{ author_id: string; text: string }>`
      select e.author_id, left(e.title || ' ' || e.body, 2000) as text from unnest(${group}::uuid[]) g(id) cross join lateral (
        -- visible: spaces that everybody in the network reads
        select author_id, title, body from entries e join spaces s on s.id = e.space_id and s.visibility = 'open' and s.kind = 'community'
        where e.author_id = g.id and e.state = 'published' and e.kind <> 'notice' order by e.id desc limit ${Math.ceil(ENTRIES / group.length) + 20}) e`.execute(ctx.db)
    // They call each other by name; that is not what they talk about.
    const called = await ctx.db.selectFrom('people').select(['name', 'handle']).where('id', 'in', group).execute()
    const names = wordsOf(called.map(({ name, handle }) => `${name} ${handle}`).join(' '))
    const byPerson = new Map<string, Set<string>>()
    for (const { author_id, text } of rows) {
      const mine = byPerson.get(author_id) ?? new Set()
      for (const word of wordsOf(text)) if (!names.has(word)) mine.add(word)
      byPerson.set(author_id, mine)
    }
    const counts = new Map<string, number>()
    for (const words of byPerson.values()) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
    for (const [word, n] of counts) everybody.set(word, (everybody.get(word) ?? 0) + n)
    used.push(counts)
  }
  return used.map((counts, i) => {
    // How much likelier it is here than elsewhere (with one user more in each, so that rare words do not win by chance),
    // and how many here use it.
    const size = groups[i].length
    const rate = (n: number, of: number) => (n + 1) / (of + 2)
    const score = (word: string, n: number) => Math.log(1 + n) * Math.log(rate(n, size) / rate(everybody.get(word)! - n, people - size))
    return [...counts].filter(([, n]) => n >= PEOPLE).map(([word, n]) => [word, score(word, n)] as const)
      .filter(([, s]) => s > 0).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, WORDS).map(([word]) => word)
  })
}
