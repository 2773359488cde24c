import { cleanName } from '../../kernel/names.ts'

/** An object from an export: every field may be missing or of another type than documented. */
export type Raw = Record<string, unknown>

export const raw = (value: unknown): Raw =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Raw) : {}
export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
export const number = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null

/** Text that a database can hold: no NUL, no half of a surrogate pair, no control signs but tab and line end. */
export const string = (value: unknown): string =>
  typeof value === 'string'
    ? value
        .toWellFormed()
        .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g, '')
        .replace(/\r\n?/g, '\n')
    : ''

/** One line of at most `length` characters, as a name may stand here. */
export const line = (value: unknown, length: number): string =>
  [...cleanName(string(value).slice(0, length * 8))].slice(0, length).join('').trim()

/** Slack's time of a message, '1743254920.170959'; some exporters write it as a number. */
export const stamp = (value: unknown): string => {
  const seconds = number(value)
  return seconds === null ? string(value) : seconds.toFixed(6)
}
