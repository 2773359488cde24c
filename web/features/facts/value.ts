import type { Value } from '../../../server/features/facts/policy.ts'
import { i18n } from '../../kernel/i18n.ts'

const locale = () => i18n.t('kernel:locale')

/** A value as one reads it: −42 °C, 3 December 2026, open. */
export function sayValue(value: Value): string {
  if (value.type === 'date') return new Date(`${value.date}T12:00:00`).toLocaleDateString(locale(), { dateStyle: 'long' })
  if (value.type !== 'number') return value.text
  const number = new Intl.NumberFormat(locale(), { maximumFractionDigits: 9 }).format(value.number).replace('-', '−')
  return value.unit ? `${number}${value.unit === '%' && locale().startsWith('en') ? '' : '\u00a0'}${value.unit}` : number
}

const NUMBER = /^([-−+]?\d[\d.,'’\u00a0\u202f ]*?)\s*([^\d\s.,][^\d]{0,19})?$/u

/** What somebody means by what they type: a number with its unit, a date, or words. */
export function readValue(typed: string): Value | null {
  const text = typed.trim()
  if (!text) return null
  const date = dateIn(text)
  if (date) return { type: 'date', date }
  const [, digits, unit = ''] = NUMBER.exec(text) ?? []
  const number = digits === undefined ? NaN : numberIn(digits)
  return Number.isFinite(number) ? { type: 'number', number, unit: unit.trim() } : { type: 'text', text }
}

function dateIn(text: string): string | null {
  const found = /^(?<y>\d{4})-(?<m>\d{1,2})-(?<d>\d{1,2})$/.exec(text) ?? /^(?<d>\d{1,2})\.\s?(?<m>\d{1,2})\.\s?(?<y>\d{4})$/.exec(text)
  if (!found?.groups) return null
  const { y, m, d } = found.groups
  const date = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`
  const at = new Date(`${date}T00:00:00Z`)
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== date ? null : date
}

/** The last point or comma is the decimal one, but for one that is followed by three digits and written so for thousands here. */
function numberIn(digits: string): number {
  const plain = digits.replace(/[\s'’]/g, '').replace('−', '-')
  const thousands = locale().startsWith('de') ? '.' : ','
  const parts = plain.split(/[.,]/)
  const signs = plain.replace(/[^.,]/g, '')
  if (!signs) return Number(plain)
  const isGrouped = parts.slice(1).every((part) => part.length === 3) && [...signs].every((sign) => sign === thousands)
  return Number(isGrouped ? parts.join('') : `${parts.slice(0, -1).join('')}.${parts.at(-1)}`)
}
