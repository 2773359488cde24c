import { longestBody } from '../../kernel/text.ts'

/**
 * How texts are compared: case, width, composition and accents do not count, nor do invisible signs, the shape of an
 * apostrophe, and how many spaces or line ends stand between words.
 *
 *     fold('ＡＢＣ  Straße\n')  // 'abc strasse'
 */
export const fold = (text: string): string => flat(text).replace(blank, ' ').trim()

// Signs that are not seen: soft hyphens, joiners, marks of direction, variants of emoji, …
const unseen = '\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u3164'
  + '\\ufe00-\\ufe0f\\ufeff\\uffa0\\u{e0000}-\\u{e0fff}'
const unseenSigns = new RegExp(`[${unseen}]+`, 'gu')
const blank = /[\s\p{Cc}]+/gu

const flat = (text: string): string => {
  const plain = text.replace(unseenSigns, '').normalize('NFKC').slice(0, longest).toWellFormed().toLowerCase().normalize('NFKC')
  return (accented.test(plain) ? plain.normalize('NFD').replace(marked, withoutAccents).normalize('NFC') : plain).replace(letters, (letter) => LETTERS[letter] ?? '')
}

// Some single signs stand for whole sentences; no text that is written with words comes near this.
const longest = 2 * longestBody

// Whether there may be something to take apart; most text has nothing.
const accented = /[\u0300-\u06ed\u1e00-\u1fff\u00c0-\u024f]/
const marked = /(\p{L})(\p{M}+)/gu

// Marks that people leave out when they search: accents, the vowels of Hebrew and Arabic, what stands on an alif. Those of other
// scripts are vowels that nobody leaves out; and й is no и with an accent but a letter, while ё is written е.
const accents = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]/g
const accentsOfCyrillic = /[\u0300-\u0305\u0307\u0309-\u036f]/g
const withoutAccents = (_: string, letter: string, marks: string) =>
  letter + marks.replace(letter !== 'е' && /\p{sc=Cyrillic}/u.test(letter) ? accentsOfCyrillic : accents, '')

// Letters that no composition makes of plain ones, and whose plain form is what people type.
const LETTERS: Record<string, string> = {
  ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ð: 'd', þ: 'th', đ: 'd', ħ: 'h', ı: 'i', ł: 'l', ŋ: 'n', ŧ: 't', ς: 'σ', '‘': '\'', '’': '\'', ʼ: '\'',
  ة: 'ه', ى: 'ي', ی: 'ي', ک: 'ك',
}
// With the stroke that lengthens Arabic words, which stands for nothing.
const letters = new RegExp(`[${Object.keys(LETTERS).join('')}]|\\u0640(?!\\p{M})`, 'gu')

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
