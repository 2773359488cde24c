import { findKind } from '../../core/entries/kinds.ts'
import { beginsDate, spanOf } from './dates.ts'
import { fold } from './fold.ts'

/** The longest query. */
export const longestQuery = 400
const mostTerms = 12

/** A name in a modifier, and whether it is one of those to leave out (`-from:ann`). */
export type Named = { name: string; not: boolean }
/** The modifiers whose values are names, and those that ask for a day. */
export const NAMED = ['from', 'with', 'in'] as const
export type NamedBy = (typeof NAMED)[number]
const DATED = ['before', 'after', 'on'] as const

/** What an entry has, or is. */
export const HAS = ['file', 'image', 'link'] as const
export const IS = ['unread', 'reply', 'thread', 'direct', 'resolved', 'corrected', 'retracted'] as const
export type Has = (typeof HAS)[number]
export type Is = (typeof IS)[number]

/** What somebody looks for. Terms are folded; every one must occur in an entry, as a part of its title and words. */
export type Query = {
  terms: string[]; without: string[]
  /** those of the terms that stand as single words, without quotes: a typing error in one may be mended */
  loose: string[]
  from: Named[]; with: Named[]; in: Named[]
  kinds: string[]; has: Has[]; is: Is[]
  /** days as somebody wrote them (`spanOf`): before the beginning of one, after the end of the other, within the third */
  before: string | null; after: string | null; on: string | null
  /** modifiers that are known with values that are not: `has:gold`, `on:someday` */
  unknown: string[]
}

// A sign for "not", a word and a colon, then words in quotes (also unclosed) or anything up to the next space.
const part = /(-?)(?:([a-z]{1,10}):)?(?:"([^"]*)(?:"|$)|(\S+))/giy
const nextWord = / ([^\s":]+)(?=\s|$)/iy
const anyDay = '2000-01-01'

/**
 * Reads a query: words, "phrases", -words, and the modifiers from: with: in: before: after: on: has: is: kind:. Never refuses;
 * what is no modifier it knows is a word like any other.
 *
 *     parseQuery('from:ann "dry room" -oven')
 *     // { terms: ['dry room'], without: ['oven'], from: [{ name: 'ann', not: false }], … }
 */
export function parseQuery(text: string): Query {
  const query: Query = { terms: [], without: [], loose: [], from: [], with: [], in: [], kinds: [], has: [], is: [], before: null, after: null, on: null, unknown: [] }
  const signs = text.slice(0, longestQuery).toWellFormed().normalize('NFKC').replace(/[“”„‟]/g, '"').replace(/[\s\p{Cc}]+/gu, ' ').trim()
  for (let at = 0; at < signs.length;) {
    if (signs[at] === ' ') {
      at += 1
      continue
    }
    part.lastIndex = at
    const [whole, minus, modifier, phrase, word] = part.exec(signs)!
    at += whole.length
    const value = phrase ?? word
    const not = minus !== '' && !value.startsWith('-')
    const second = modifier && beginsDate.test(value) ? secondWord(signs, at) : ''
    if (modifier && value && isModifier(query, modifier.toLowerCase(), `${value}${second}`.trim(), not)) {
      at += second.length
      continue
    }
    addTerm(query, not, phrase !== undefined && !modifier ? phrase : not ? whole.slice(1) : whole, phrase === undefined)
  }
  return query
}

/** `last week` is one value without quotes as well. */
function secondWord(signs: string, at: number): string {
  nextWord.lastIndex = at
  return nextWord.exec(signs)?.[0] ?? ''
}

function addTerm(query: Query, not: boolean, text: string, isLoose: boolean): void {
  const term = fold(text)
  const list = not ? query.without : query.terms
  if (!term || list.includes(term) || query.terms.length + query.without.length >= mostTerms) return
  list.push(term)
  if (isLoose && !not) query.loose.push(term)
}

/** Takes a modifier into the query; false when it is none. */
function isModifier(query: Query, modifier: string, value: string, not: boolean): boolean {
  if (isOneOf(NAMED, modifier)) {
    if (query[modifier].length < mostTerms) query[modifier].push({ name: value, not })
    return true
  }
  if (not) return false
  if (isOneOf(DATED, modifier)) {
    if (!spanOf(value, anyDay)) query.unknown.push(`${modifier}:${value}`)
    else query[modifier] = value
    return true
  }
  if (modifier === 'has') return take(HAS, query.has, value.replace(/s$/i, '').replace(/^(?:picture|photo|bild)$/i, 'image'), query, `has:${value}`)
  if (modifier === 'kind') return takeKind(query, value)
  if (modifier !== 'is') return false
  return findKind(value.toLowerCase())?.searchable ? takeKind(query, value) : take(IS, query.is, value, query, `is:${value}`)
}

const isOneOf = <T extends string>(all: readonly T[], text: string): text is T => (all as readonly string[]).includes(text)

function take<T extends string>(all: readonly T[], list: T[], value: string, query: Query, written: string): true {
  const found = value.toLowerCase()
  if (isOneOf(all, found)) list.push(found)
  else query.unknown.push(written)
  return true
}

function takeKind(query: Query, value: string): true {
  if (findKind(value.toLowerCase())?.searchable) query.kinds.push(value.toLowerCase())
  else query.unknown.push(`kind:${value}`)
  return true
}

/** True for a query that asks for nothing. */
export const isEmpty = (query: Query): boolean =>
  Object.entries(query).every(([name, value]) => name === 'unknown' || value === null || value.length === 0)
