/**
 * How texts are compared: case, width and composition do not count (NFKC, lower case), nor do invisible signs, the shape
 * of an apostrophe, and how many spaces or line ends stand between words.
 *
 *     fold('ＡＢＣ  Straße\n')  // 'abc straße'
 */
export const fold = (text: string): string => flat(text).replace(blank, ' ').trim()

// Signs that are not seen: soft hyphens, joiners, marks of direction, variants of emoji, …
const unseen = '\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u3164'
  + '\\ufe00-\\ufe0f\\ufeff\\uffa0\\u{e0000}-\\u{e0fff}'
const unseenSigns = new RegExp(`[${unseen}]+`, 'gu')
const blank = /[\s\p{Cc}]+/gu

const flat = (text: string): string =>
  text.toWellFormed().replace(unseenSigns, '').normalize('NFKC').toLowerCase().normalize('NFKC').replace(/ς/g, 'σ').replace(/[‘’ʼ]/g, '\'')

// What joins the letter before it when a text is composed. Between two pieces that begin with something else nothing is
// composed, so folding them one by one is folding the whole.
const joins = `\\p{M}${unseen}\\u1161-\\u11ff\\ud7b0-\\ud7ff\\uff9e\\uff9f\\u3131-\\u318e\\uffa0-\\uffdc`
const pieces = new RegExp(`[ -~\\u3041-\\u3096\\u30a1-\\u30fc\\u4e00-\\u9fff]+(?![${joins}])|[\\u1100-\\u1160\\ua960-\\ua97f${joins}]+|[^][${joins}]*`, 'gu')

/** A folded text that knows where each of its UTF-16 units came from. */
export type Folded = { text: string; from: number[]; to: number[] }

/** As `fold`, with the place in the text that each unit of the result stands for: `from` inclusive, `to` exclusive. */
export function foldWithPlaces(text: string): Folded {
  const result: Folded = { text: '', from: [], to: [] }
  const out: string[] = []
  for (const { 0: piece, index } of text.toWellFormed().matchAll(pieces)) {
    const folded = flat(piece)
    // Several marks on one letter may have changed places.
    const oneToOne = folded.length === piece.length && !/\p{M}\p{M}/u.test(folded)
    for (let i = 0; i < folded.length; i++) {
      const isBlank = /[\s\p{Cc}]/u.test(folded[i])
      if (isBlank && (out.length === 0 || out.at(-1) === ' ')) continue
      out.push(isBlank ? ' ' : folded[i])
      result.from.push(oneToOne ? index + i : index)
      result.to.push(oneToOne ? index + i + 1 : index + piece.length)
    }
  }
  if (out.at(-1) === ' ') out.pop()
  result.text = out.join('')
  return result
}
