import { cleanName } from '../../kernel/names.ts'
import type { XmlRow } from './xml-rows.ts'

/** Text that a database can hold: no NUL, no half of a surrogate pair, no control signs but tab and line end. */
export const words = (value: string | undefined): string =>
  (value ?? '').toWellFormed().replace(/\r\n?/g, '\n').replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g, '')

/** One line of at most `length` characters, as a name may stand here. */
export const line = (value: string | undefined, length: number): string =>
  [...cleanName((value ?? '').slice(0, length * 8))].slice(0, length).join('').trim()

/** A number of an id or a count; null where there is none. */
export const number = (value: string | undefined): number | null => (/^-?\d{1,15}$/.test(value ?? '') ? Number(value) : null)

const DAY_MS = 86_400_000
// No such site is older.
const EARLIEST = Date.UTC(1990, 0)

/** The moment of a time of a dump, which is UTC and does not say so; null for one that nobody can have lived through. */
export function moment(value: string | undefined): number | null {
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?Z?$/.test(value ?? '') ? Date.parse(`${value!.replace('Z', '').slice(0, 23)}Z`) : NaN
  return at > EARLIEST && at < Date.now() + DAY_MS ? at : null
}

/** A score as the database holds one. */
export const scoreOf = (value: string | undefined): number | null => {
  const score = number(value)
  return score === null ? null : Math.max(-2e9, Math.min(2e9, score))
}

/** The tags of a question: `<a><b>`, or `|a|b|` in newer dumps. */
export const tagsOf = (value: string | undefined): string[] => (value ?? '').split(/[<>|]/).map((tag) => line(tag, 60)).filter((tag) => tag !== '')

const SIGNS: Record<string, string> = { '#': '-sharp', '+': '-plus' }

/** A tag as a topic may be written: letters and digits, `-` and `_` between them; '' where none are left. `c++` is `c-plus-plus`. */
export function topicOf(tag: string): string {
  const topic = tag.replace(/[#+]/g, (sign) => SIGNS[sign]).replace(/[^\p{L}\p{N}\p{M}_-]+/gu, '-').replace(/^-+|[-_]+$/g, '').slice(0, 64)
  return /\p{L}/u.test(topic) ? topic : ''
}

/** Who wrote a post or comment: an id of Users.xml, or of somebody who was deleted only the name they had then. */
export type Writer = { user: number } | { name: string }

export function writerOf(row: XmlRow, by: 'Owner' | ''): Writer {
  const user = number(row[`${by}UserId`])
  return user === null ? { name: line(row[`${by === 'Owner' ? 'Owner' : 'User'}DisplayName`], 100) } : { user }
}
