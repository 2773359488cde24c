import { findKind } from '../../core/entries/kinds.ts'
import { fold } from './fold.ts'

/** The longest query. */
export const longestQuery = 400
const mostTerms = 12

/** A name in a modifier, and whether it is one of those to leave out (`-from:ann`). */
export type Named = { name: string; not: boolean }

/** What somebody looks for. Terms are folded; every one must occur in an entry, as a part of its title and words. */
export type Query = {
  terms: string[]; without: string[]
  from: Named[]; in: Named[]; kinds: string[]; hasFile: boolean
  /** days, YYYY-MM-DD: entries before the beginning of one, after the end of the other */
  before: string | null; after: string | null
}

// A sign for "not", a word and a colon, then words in quotes (also unclosed) or anything up to the next space.
const part = /(-?)(?:([a-z]{1,10}):)?(?:"([^"]*)(?:"|$)|(\S+))/giy

/**
 * Reads a query: words, "phrases", -words, and the modifiers from: in: before: after: has: kind:. Never refuses; what
 * is no modifier it knows is a word like any other.
 *
 *     parseQuery('from:ann "dry room" -oven')
 *     // { terms: ['dry room'], without: ['oven'], from: [{ name: 'ann', not: false }], … }
 */
export function parseQuery(text: string): Query {
  const query: Query = { terms: [], without: [], from: [], in: [], kinds: [], hasFile: false, before: null, after: null }
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
    if (modifier && value && isModifier(query, modifier.toLowerCase(), value.trim(), not)) continue
    addTerm(query, not, phrase !== undefined && !modifier ? phrase : not ? whole.slice(1) : whole)
  }
  return query
}

function addTerm(query: Query, not: boolean, text: string): void {
  const term = fold(text)
  const list = not ? query.without : query.terms
  if (term && !list.includes(term) && query.terms.length + query.without.length < mostTerms) list.push(term)
}

/** Takes a modifier into the query; false when it is none. */
function isModifier(query: Query, modifier: string, value: string, not: boolean): boolean {
  if (modifier === 'from' || modifier === 'in') {
    if (query[modifier].length < mostTerms) query[modifier].push({ name: value, not })
    return true
  }
  if (not) return false
  if ((modifier === 'before' || modifier === 'after') && isDay(value)) {
    query[modifier] = value
    return true
  }
  if (modifier === 'has' && /^files?$/i.test(value)) return query.hasFile = true
  if (modifier === 'kind' && findKind(value.toLowerCase())?.searchable) return query.kinds.push(value.toLowerCase()) > 0
  return false
}

const isDay = (text: string) =>
  /^(19[7-9]\d|[2-9]\d{3})-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)

/** True for a query that asks for nothing. */
export const isEmpty = (query: Query): boolean =>
  !query.terms.length && !query.without.length && !query.from.length && !query.in.length && !query.kinds.length && !query.hasFile
    && !query.before && !query.after
