import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { isSpoken } from './kinds.ts'
import { allWords, knowLanguages, type Languages, segmenter } from './languages.ts'

const ENTRIES = 400
const PEOPLE = 3
const WORDS = 3
const SAMPLE = 80
// Of so many who write in a language, what more than so much of them say says nothing.
const [MANY, COMMON] = [8, 0.75]

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

/** How often a word is used, and by how many, among people who write in the language of what it stands in. */
type Use = { word: string; language: string; people: number; times: number }
type Spoken = { uses: Use[]; /** people by the language they write in */ writers: Map<string, number> }

/**
 * The words that set each group apart: used by at least three of its people, by many of them compared with all people who write in that
 * language, and again and again by the same ones, as the words of a subject are (S. M. Katz, "Distribution of content words and
 * phrases in text and language modelling", 1996). Words that only join others are none, in any language: see languages.ts. Only from
 * what everybody in the network can read, so a name tells nobody what they could not know.
 * @param groups people of each group
 * @param most how many words for each
 */
export async function wordsOfGroups(ctx: Pick<Ctx, 'db'>, groups: string[][], most = WORDS): Promise<string[][]> {
  const texts: Text[][] = []
  for (const people of groups.map(sample)) texts.push(await textsOf(ctx, people))
  const languages = await knowLanguages(ctx, texts.flat().map(({ words }) => words))
  const spoken = texts.map((some) => count(some, languages))
  const sumOf = (key: (use: Use) => string, value: (one: Spoken) => [string, number][]) => {
    const sum = new Map<string, number>()
    for (const one of spoken) for (const [name, n] of value(one)) sum.set(name, (sum.get(name) ?? 0) + n)
    return (use: Use) => sum.get(key(use)) ?? 0
  }
  const usersOf = sumOf(keyOf, ({ uses }) => uses.map((use) => [keyOf(use), use.people]))
  const writersOf = sumOf(({ language }) => language, ({ writers }) => [...writers])
  return spoken.map(({ uses, writers }) => {
    // With one user more here and there, so that rare words do not win by chance.
    const rate = (n: number, of: number) => (n + 1) / (of + 2)
    const score = (use: Use) => {
      const [all, here] = [writersOf(use), writers.get(use.language)!]
      // What nearly everybody says who writes in it is how they speak, whatever it is about.
      if (all >= MANY && usersOf(use) > all * COMMON) return 0
      return Math.log(1 + use.people) * Math.log(1 + use.times / use.people) * Math.log(rate(use.people, here) / rate(usersOf(use) - use.people, all - here))
    }
    const scores = new Map<string, number>()
    for (const use of uses) if (use.people >= PEOPLE) scores.set(use.word, Math.max(scores.get(use.word) ?? 0, score(use)))
    return [...scores].filter(([, s]) => s > 0).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, most).map(([word]) => word)
  })
}

const keyOf = ({ word, language }: Use) => `${language} ${word}`

/** Some of them, from first to last: what a large group talks about shows in a part of it. */
const sample = (people: string[]): string[] =>
  people.length <= SAMPLE ? people : Array.from({ length: SAMPLE }, (_, i) => people[Math.floor((i * people.length) / SAMPLE)])

/** All words of an entry, those that can name something, and those of them that stand in its title, which count twice. */
type Text = { author: string; words: Set<string>; naming: string[] }

async function textsOf(ctx: Pick<Ctx, 'db'>, people: string[]): Promise<Text[]> {
  const { rows } = await sql<{ author_id: string; title: string; body: string }>`
    select e.author_id, e.title, left(e.body, 2000) as body from unnest(${people}::uuid[]) g(id) cross join lateral (
      -- visible: spaces that everybody in the network reads
      select author_id, title, body from entries e join spaces s on s.id = e.space_id and s.visibility = 'open' and s.kind = 'community'
      where e.author_id = g.id and e.state = 'published' and ${isSpoken('e')} order by e.id desc limit ${Math.ceil(ENTRIES / people.length) + 20}) e`.execute(ctx.db)
  // They call each other by name; that is not what they talk about.
  const called = await ctx.db.selectFrom('people').select(['name', 'handle']).where('id', 'in', people).execute()
  const names = wordsOf(called.map(({ name, handle }) => `${name} ${handle}`).join(' '))
  return rows.map(({ author_id, title, body }) => ({
    author: author_id, words: allWords(`${title} ${body}`), naming: [title, `${title} ${body}`].flatMap((text) => [...wordsOf(text)]).filter((word) => !names.has(word)),
  }))
}

function count(texts: Text[], { languageOf, isJoining }: Languages): Spoken {
  const byAuthor = new Map<string, Map<string, Omit<Use, 'people'>>>()
  const writers = new Map<string, Set<string>>()
  for (const { author, words, naming } of texts) {
    const language = languageOf(words)
    writers.set(language, (writers.get(language) ?? new Set()).add(author))
    const mine = byAuthor.get(author) ?? new Map<string, Omit<Use, 'people'>>()
    for (const word of naming) {
      if (isJoining(word)) continue
      const use = mine.get(`${language} ${word}`) ?? { word, language, times: 0 }
      mine.set(`${language} ${word}`, { ...use, times: use.times + 1 })
    }
    byAuthor.set(author, mine)
  }
  const uses = new Map<string, Use>()
  for (const mine of byAuthor.values()) for (const [key, use] of mine) {
    const sum = uses.get(key)
    uses.set(key, { ...use, people: (sum?.people ?? 0) + 1, times: (sum?.times ?? 0) + use.times })
  }
  return { uses: [...uses.values()], writers: new Map([...writers].map(([language, people]) => [language, people.size])) }
}
