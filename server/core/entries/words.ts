import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { isSpoken } from './kinds.ts'

const ENTRIES = 400
const PEOPLE = 3
const WORDS = 3
const SAMPLE = 80

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

type Used = Map<string, { people: number; times: number }>

/**
 * The words that set each group apart: used by at least three of its people, by many of them compared with all people,
 * and again and again by the same ones, as the words of a subject are (S. M. Katz, "Distribution of content words and
 * phrases in text and language modelling", 1996). Only from what everybody in the network can read, so a name tells nobody
 * what they could not know.
 * @param groups people of each group
 * @param most how many words for each
 */
export async function wordsOfGroups(ctx: Pick<Ctx, 'db'>, groups: string[][], most = WORDS): Promise<string[][]> {
  const samples = groups.map(sample)
  const used: Used[] = []
  for (const people of samples) used.push(await wordsUsedBy(ctx, people))
  const everybody = new Map<string, number>()
  for (const words of used) for (const [word, { people }] of words) everybody.set(word, (everybody.get(word) ?? 0) + people)
  const total = samples.reduce((sum, people) => sum + people.length, 0)
  return used.map((words, i) => {
    const size = samples[i].length
    // With one user more here and there, so that rare words do not win by chance.
    const rate = (n: number, of: number) => (n + 1) / (of + 2)
    const score = (word: string, people: number, times: number) =>
      Math.log(1 + people) * Math.log(1 + times / people) * Math.log(rate(people, size) / rate(everybody.get(word)! - people, total - size))
    return [...words].filter(([, { people }]) => people >= PEOPLE).map(([word, { people, times }]) => [word, score(word, people, times)] as const)
      .filter(([, s]) => s > 0).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, most).map(([word]) => word)
  })
}

/** Some of them, from first to last: what a large group talks about shows in a part of it. */
const sample = (people: string[]): string[] =>
  people.length <= SAMPLE ? people : Array.from({ length: SAMPLE }, (_, i) => people[Math.floor((i * people.length) / SAMPLE)])

/** How many of these people use each word, and in how many entries; one that stands in a title counts twice. */
async function wordsUsedBy(ctx: Pick<Ctx, 'db'>, people: string[]): Promise<Used> {
  const { rows } = await sql<{ author_id: string; title: string; body: string }>`
    select e.author_id, e.title, left(e.body, 2000) as body from unnest(${people}::uuid[]) g(id) cross join lateral (
      -- visible: spaces that everybody in the network reads
      select author_id, title, body from entries e join spaces s on s.id = e.space_id and s.visibility = 'open' and s.kind = 'community'
      where e.author_id = g.id and e.state = 'published' and ${isSpoken('e')} order by e.id desc limit ${Math.ceil(ENTRIES / people.length) + 20}) e`.execute(ctx.db)
  // They call each other by name; that is not what they talk about.
  const called = await ctx.db.selectFrom('people').select(['name', 'handle']).where('id', 'in', people).execute()
  const names = wordsOf(called.map(({ name, handle }) => `${name} ${handle}`).join(' '))
  const byPerson = new Map<string, Map<string, number>>()
  for (const { author_id, title, body } of rows) {
    const mine = byPerson.get(author_id) ?? new Map<string, number>()
    for (const text of [title, `${title} ${body}`]) for (const word of wordsOf(text)) if (!names.has(word)) mine.set(word, (mine.get(word) ?? 0) + 1)
    byPerson.set(author_id, mine)
  }
  const used: Used = new Map()
  for (const words of byPerson.values()) {
    for (const [word, times] of words) {
      const sum = used.get(word) ?? { people: 0, times: 0 }
      used.set(word, { people: sum.people + 1, times: sum.times + times })
    }
  }
  return used
}
