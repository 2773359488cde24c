import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'

/** How many of the words that most people use are asked for: in each language they are those that join others. */
const ASKED = 1500
/** In so many texts a language is one of the network's. */
const SPOKEN = 3

export const segmenter = new Intl.Segmenter('und', { granularity: 'word' })

/** All words of a text, each once. */
export const allWords = (text: string): Set<string> =>
  new Set([...segmenter.segment(text)].flatMap(({ segment, isWordLike }) => (isWordLike ? segment.toLowerCase() : [])))

export type Languages = {
  /** in which language a text is, as far as its words tell; otherwise by its script */
  languageOf: (words: Set<string>) => string
  /** whether a word only joins others, in a language that is written here */
  isJoining: (word: string) => boolean
}

/**
 * What can be known of the languages of these texts by the lists of joining words (the, und, pour, и …) that PostgreSQL brings along for its
 * search, one for each language. Nothing of ours says which languages there are.
 */
export async function knowLanguages(ctx: Pick<Ctx, 'db'>, texts: Set<string>[]): Promise<Languages> {
  const times = new Map<string, number>()
  for (const words of texts) for (const word of words) times.set(word, (times.get(word) ?? 0) + 1)
  const frequent = [...times].sort((a, b) => b[1] - a[1]).slice(0, ASKED).map(([word]) => word)
  const { rows } = await sql<{ language: string; word: string }>`
    with lists as (select d.oid::regdictionary as list, split_part(d.dictname, '_', 1) as language from pg_ts_dict d
      where d.dictnamespace = 'pg_catalog'::regnamespace and d.dictinitoption like '%stopwords%')
    select language, word from lists, unnest(${frequent}::text[]) word where ts_lexize(list, word) = '{}'`.execute(ctx.db)
  const joining = new Map<string, Set<string>>()
  for (const { language, word } of rows) joining.set(language, (joining.get(language) ?? new Set()).add(word))
  const languageOf = (words: Set<string>) => {
    let best = { language: '', hits: 0 }
    for (const [language, list] of joining) {
      let hits = 0
      for (const word of words) if (list.has(word)) hits++
      if (hits > best.hits) best = { language, hits }
    }
    return best.language || scriptOf(words)
  }
  const found = new Map<string, number>()
  for (const words of texts) found.set(languageOf(words), (found.get(languageOf(words)) ?? 0) + 1)
  const here = [...joining].filter(([language]) => (found.get(language) ?? 0) >= SPOKEN).map(([, list]) => list)
  return { languageOf, isJoining: (word) => here.some((list) => list.has(word)) }
}

const SCRIPTS = ['Han', 'Katakana', 'Hiragana', 'Hangul', 'Cyrillic', 'Greek', 'Arabic', 'Hebrew', 'Thai', 'Devanagari'].map((name) => [name, new RegExp(`\\p{sc=${name}}`, 'u')] as const)

/** The script most of its words are written in; Japanese is written in three. */
function scriptOf(words: Set<string>): string {
  const counts = SCRIPTS.map(([name, pattern]) => [name, [...words].filter((word) => pattern.test(word)).length] as const)
  const [name, most] = counts.reduce((best, one) => (one[1] > best[1] ? one : best), ['Latin', 0] as const)
  if (!most) return 'Latin'
  return counts.some(([kana, n]) => n > 0 && (kana === 'Hiragana' || kana === 'Katakana')) ? 'Japanese' : name
}
