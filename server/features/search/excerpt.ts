import { fold, foldWithPlaces } from './fold.ts'

/** A piece of an entry around what was found; `marks` are places in `text` (UTF-16 units, end exclusive). */
export type Excerpt = { text: string; marks: [number, number][] }

const length = 220
const lead = 60
// Longer texts are looked at through a window: finding the place of every letter costs more than folding.
const span = 900

/**
 * The part of a text where the terms are found first, on one line, with every one of them marked in it; its beginning
 * where there is none of them.
 * @param terms folded
 *
 *     excerptOf('The dry room\nis fine', ['room is'])  // { text: 'The dry room is fine', marks: [[8, 15]] }
 */
export function excerptOf(words: string, terms: string[]): Excerpt {
  const line = words.toWellFormed().replace(/\s+/g, ' ').trim()
  const from = line.length <= span ? 0 : Math.max(0, firstPlace(line, terms) - span / 3)
  const part = line.slice(atLetter(line, from), atLetter(line, from + span))
  const marks = marksIn(part, terms)
  const start = marks.length && part.length > length ? wordStart(part, marks[0][0] - lead) : 0
  const end = atLetter(part, start + length)
  const before = from + start > 0 ? '… ' : ''
  const shift = before.length - start
  return {
    text: before + part.slice(start, end) + (end < part.length || from + part.length < line.length ? ' …' : ''),
    marks: marks.filter(([a]) => a < end).map(([a, b]) => [a + shift, Math.min(b, end) + shift]),
  }
}

/** Where the terms stand in a text, in order, those that touch as one. */
export function marksIn(text: string, terms: string[]): [number, number][] {
  const folded = foldWithPlaces(text)
  const found: [number, number][] = []
  for (const term of terms)
    for (let at = folded.text.indexOf(term); at >= 0; at = folded.text.indexOf(term, at + term.length))
      found.push([folded.from[at], folded.to[at + term.length - 1]])
  found.sort(([a], [b]) => a - b)
  const merged: [number, number][] = []
  for (const [start, end] of found) {
    const last = merged.at(-1)
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else merged.push([start, end])
  }
  return merged
}

/** About where in a long line the first term stands, without a map of every letter. */
function firstPlace(line: string, terms: string[]): number {
  const folded = fold(line)
  const first = Math.min(...terms.map((term) => folded.indexOf(term)).filter((at) => at >= 0))
  if (!Number.isFinite(first)) return 0
  for (let at = 0, done = 0; at < line.length;) {
    const next = atLetter(line, at + 256)
    // The spaces at the ends of a block count, which `fold` takes away.
    done += fold(`|${line.slice(at, next)}|`).length - 2
    if (done > first) return at
    at = next
  }
  return 0
}

const inside = /[\udc00-\udfff]|\p{M}|\u200d|\ufe0f/u

/** The nearest place at or before `at` that is not inside a letter. */
function atLetter(text: string, at: number): number {
  let place = Math.min(Math.max(0, at), text.length)
  while (place > 0 && place < text.length && (inside.test(text[place]) || text[place - 1] === '\u200d') && at - place < 32) place -= 1
  return place
}

/** The beginning of a word near `at`, where words have spaces. */
function wordStart(text: string, at: number): number {
  if (at <= 0) return 0
  const space = text.indexOf(' ', at)
  return space >= 0 && space < at + lead / 2 ? space + 1 : atLetter(text, at)
}
