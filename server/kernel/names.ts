import { z } from 'zod'

// Joiners decide how letters of these scripts are shown; a name without them is another name.
const joined = ['Arab', 'Syrc', 'Mong', 'Nkoo', 'Deva', 'Beng', 'Guru', 'Gujr', 'Orya', 'Taml', 'Telu', 'Knda', 'Mlym', 'Sinh', 'Khmr', 'Mymr', 'Tibt']
  .map((script) => `\\p{scx=${script}}`).join('')
const picture = '\\p{Extended_Pictographic}'

/** Where a sign that cannot be seen belongs to what is seen: joined letters, joined and coloured emoji, flags, variants of Han. */
const belongs = [
  `(?<=[${joined}])[\\u200c\\u200d](?=[${joined}])`,
  '(?<=[\\p{scx=Deva}\\p{scx=Beng}\\p{scx=Mlym}\\p{scx=Sinh}]\\p{M})\\u200d',
  `(?<=${picture}\\ufe0f?|\\p{Emoji_Modifier})\\u200d(?=${picture})`,
  `(?<=${picture})[\\ufe0e\\ufe0f]`,
  '(?<=[#*0-9])\\ufe0f(?=\\u20e3)',
  '(?<=\\p{sc=Han})[\\u{e0100}-\\u{e01ef}]',
  '(?<=\\u{1f3f4})[\\u{e0030}-\\u{e0039}\\u{e0061}-\\u{e007a}]{1,6}\\u{e007f}',
].join('|')

// What is ignored by every font, turns the direction of writing, or is blank though it counts as a letter or symbol.
const unseen = '[\\p{Default_Ignorable_Code_Point}\\p{Bidi_Control}\\p{Co}\\u2800\\ufff9-\\ufffb]'
const unseenSigns = new RegExp(`(${belongs})|${unseen}`, 'gu')

// Any letter takes a few accents; letters of some scripts are built of more.
const accents = '[\\u0300-\\u036f\\u0483-\\u0489\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f]'
const tooManyMarks = new RegExp(`(?<=${accents}{4})${accents}+|(?<=\\p{M}{8})\\p{M}+`, 'gu')

const controls = /[\p{Cc}\p{Zl}\p{Zp}]/gu

/** A text without signs that cannot be seen or that turn the direction of writing, and without piles of accents. Line ends stay. */
const visible = (text: string): string =>
  text.toWellFormed().normalize('NFC').replace(unseenSigns, '$1').replace(tooManyMarks, '').trim()

/** Text in which there is something to see; else nothing. */
const seen = (text: string): string => (/[\p{L}\p{N}\p{P}\p{S}]/u.test(text) ? text.replace(/^\p{M}+/u, '') : '')

/**
 * A name from elsewhere as it may stand here: one line, nothing in it that cannot be seen.
 *
 *     cleanName('Ol\u200bga\u202e\n')  // 'Olga'
 */
export const cleanName = (text: string): string => seen(visible(text.replace(controls, ' ')).replace(/\s{2,}/g, ' '))

/** One line of plain text that somebody gives: cleaned of what cannot be seen, refused with control characters in it. */
export const line = (max: number) =>
  z.string().overwrite((text) => seen(visible(text))).max(max)
    .refine((text) => text.search(controls) < 0, { message: 'must be one line of text' })

/** Plain text of several lines that stands beside a name. */
export const lines = (max: number) =>
  z.string().overwrite((text) => seen(visible(text))).max(max)
    .refine((text) => text.replace(/[\t\n\r]/g, '').search(controls) < 0, { message: 'must not hold control characters' })

/** What a terminal would obey or not show, in a text for people: written out as `\u202e`, which is the same to a program that reads JSON. */
export const printable = (text: string): string =>
  text.toWellFormed().replace(/(?![\n\t])[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\u00ad\u200b-\u200f\u2060-\u206f\u3164\ufeff\uffa0]/gu,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
