import { fold } from './fold.ts'

/** Days, the first inclusive and the last exclusive, as YYYY-MM-DD. */
export type Span = { from: string; to: string }

const DAY = 86_400_000
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10)
const timeOf = (day: string) => Date.parse(day)
const isDay = (text: string) => /^(19[7-9]\d|[2-9]\d{3})-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && dayOf(Date.parse(text)) === text

const WEEKDAYS = ['monday|montag', 'tuesday|dienstag', 'wednesday|mittwoch', 'thursday|donnerstag', 'friday|freitag', 'saturday|samstag|sonnabend', 'sunday|sonntag']
const MONTHS = ['january|januar|janner', 'february|februar|feber', 'march|marz', 'april', 'may|mai', 'june|juni', 'july|juli', 'august', 'september', 'october|oktober', 'november', 'december|dezember']
const UNITS = { day: 'days?|tage?n?', week: 'weeks?|wochen?', month: 'months?|monate?n?', year: 'years?|jahre?n?' }
const THIS = 'this|diese[nrms]?'
const LAST = 'last|letzte[nrms]?|vorige[nrms]?|vergangene[nrms]?'

const whole = (pattern: string) => new RegExp(`^(?:${pattern})$`)
const indexIn = (names: string[], text: string) => names.findIndex((one) => whole(one).test(text))

/** The first words of a date that is written as two: `after:last week` needs no quotes. */
export const beginsDate = new RegExp(`^(?:${THIS}|${LAST})$`, 'i')

/**
 * The days that somebody names: `2025-11-03`, `2025-11`, `2025`, `today`, `yesterday`, `last week`, `this month`, `monday`,
 * `march`, `3 days` (ago); the same in German. Weeks begin on Monday; a weekday or a month is the last one that there was.
 * @param today the day where the one who asks lives
 */
export function spanOf(written: string, today: string): Span | null {
  const text = fold(written)
  if (isDay(text)) return days(text, 1)
  const [, year, month] = /^((?:19[7-9]|[2-9]\d\d)\d)(?:-(0[1-9]|1[0-2]))?$/.exec(text) ?? []
  if (year) return month ? monthFrom(Number(year), Number(month) - 1) : { from: `${year}-01-01`, to: `${Number(year) + 1}-01-01` }
  const back = [whole('today|heute'), whole('yesterday|gestern'), whole('vorgestern')].findIndex((one) => one.test(text))
  if (back >= 0) return days(before(today, back), 1)
  return weekday(text, today) ?? named(text, today) ?? unit(text, today) ?? ago(text, today)
}

const before = (day: string, count: number) => dayOf(timeOf(day) - count * DAY)
const days = (from: string, count: number): Span => ({ from, to: before(from, -count) })
const monthFrom = (year: number, month: number): Span => ({ from: dayOf(Date.UTC(year, month, 1)), to: dayOf(Date.UTC(year, month + 1, 1)) })
// Monday is 0.
const placeInWeek = (day: string) => (new Date(timeOf(day)).getUTCDay() + 6) % 7

function weekday(text: string, today: string): Span | null {
  const at = indexIn(WEEKDAYS, text.replace(new RegExp(`^(?:${LAST}) `), ''))
  return at < 0 ? null : days(before(today, (placeInWeek(today) - at + 7) % 7 || 7), 1)
}

function named(text: string, today: string): Span | null {
  const at = indexIn(MONTHS, text)
  if (at < 0) return null
  const [year, month] = today.split('-').map(Number)
  return monthFrom(at < month ? year : year - 1, at)
}

function unit(text: string, today: string): Span | null {
  const [, which, name] = new RegExp(`^(${THIS}|${LAST}) (.+)$`).exec(text) ?? []
  if (!which) return null
  const back = whole(LAST).test(which) ? 1 : 0
  const [year, month] = today.split('-').map(Number)
  if (whole(UNITS.week).test(name)) return days(before(today, placeInWeek(today) + 7 * back), 7)
  if (whole(UNITS.month).test(name)) return monthFrom(year, month - 1 - back)
  return whole(UNITS.year).test(name) ? { from: `${year - back}-01-01`, to: `${year - back + 1}-01-01` } : null
}

/** `3 days`, `2 Wochen`: the day so long ago. */
function ago(text: string, today: string): Span | null {
  const [, count, name] = /^(?:vor )?(\d{1,3}) ?([a-z]+)(?: ago)?$/.exec(text) ?? []
  if (!count) return null
  const [year, month, day] = today.split('-').map(Number)
  if (whole(UNITS.day).test(name)) return days(before(today, Number(count)), 1)
  if (whole(UNITS.week).test(name)) return days(before(today, 7 * Number(count)), 1)
  if (whole(UNITS.month).test(name)) return days(dayOf(Date.UTC(year, month - 1 - Number(count), day)), 1)
  return whole(UNITS.year).test(name) ? days(dayOf(Date.UTC(year - Number(count), month - 1, day)), 1) : null
}
