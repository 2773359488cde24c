/** The words and phrases of a search, without its operators: what to mark in what was found. */
export function wordsOf(q: string): string[] {
  const words: string[] = []
  for (const [, phrase, word] of q.matchAll(/"([^"]{1,200})"|(\S+)/g)) {
    if (phrase) words.push(phrase)
    else if (!/^-|^(?:from|in|before|after|kind|has|is):/i.test(word)) words.push(word.replaceAll('"', ''))
  }
  return words.filter(Boolean)
}

export type Part = { text: string; isHit: boolean }

const MOST = 12

/** Cuts a text where it has one of the words, whatever their case; no pattern is built from what was typed. */
export function markedParts(text: string, words: string[]): Part[] {
  const lower = text.toLowerCase()
  // Where lower case has another length ('İ'), places would not fit: then nothing is marked.
  if (lower.length !== text.length) return [{ text, isHit: false }]
  const hits = words.slice(0, MOST).flatMap((word) => places(lower, word.toLowerCase())).sort((a, b) => a[0] - b[0])
  const parts: Part[] = []
  let at = 0
  for (const [from, to] of hits) {
    if (from < at) continue
    if (from > at) parts.push({ text: text.slice(at, from), isHit: false })
    parts.push({ text: text.slice(from, to), isHit: true })
    at = to
  }
  if (at < text.length) parts.push({ text: text.slice(at), isHit: false })
  return parts
}

function places(text: string, word: string): [number, number][] {
  const found: [number, number][] = []
  for (let at = text.indexOf(word); at >= 0 && found.length < 100; at = text.indexOf(word, at + word.length)) found.push([at, at + word.length])
  return found
}
