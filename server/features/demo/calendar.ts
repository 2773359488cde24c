const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The day that scripts count from. Before 10:00 UTC it is yesterday, so that the newest night is over when the story ends. */
const baseOf = (anchor: number) => Math.floor((anchor - 10 * HOUR) / DAY) * DAY

const weekday = (ms: number) => new Date(ms).getUTCDay()
const isWeekend = (ms: number) => weekday(ms) % 6 === 0

/** The day `n` working days after (or before) the one of `ms`, at the same time of day. */
export function addWorkingDays(ms: number, n: number): number {
  const step = n < 0 ? -DAY : DAY
  for (let left = Math.abs(n); left > 0;) if (!isWeekend((ms += step))) left--
  return ms
}

/**
 * The moment a script names, relative to the anchor, in milliseconds since 1970.
 * @param at `now-2h10m`, `-12 09:12` (working days before), `sat-2 18:00` (the last Saturday but one)
 */
export function momentOf(at: string, anchor: number): number {
  if (at.startsWith('now-')) return Math.floor((anchor - lengthOf(at.slice(4))) / MINUTE) * MINUTE
  const [day, time] = at.split(' ')
  const [hours, minutes] = time.split(':').map(Number)
  const base = baseOf(anchor)
  const start = /^s/.test(day) ? weekendBefore(base, day.startsWith('sat') ? 6 : 0, Number(day.slice(4))) : addWorkingDays(base, Number(day))
  return start + hours * HOUR + minutes * MINUTE
}

function weekendBefore(base: number, day: number, n: number): number {
  const back = (weekday(base) - day + 7) % 7 || 7
  return base - (back + 7 * (n - 1)) * DAY
}

/** A moment some time later: `1d2h30m`, where days are working days. */
export function later(ms: number, after: string): number {
  const days = /(\d+)d/.exec(after)
  return (days ? addWorkingDays(ms, Number(days[1])) : ms) + lengthOf(after)
}

const lengthOf = (text: string) =>
  Number(/(\d+)h/.exec(text)?.[1] ?? 0) * HOUR + Number(/(\d+)m/.exec(text)?.[1] ?? 0) * MINUTE

const say = (locale: string, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
const weekdayIn = (locale: string) => say(locale, { weekday: 'long' })
const dateIn = (locale: string) => say(locale, { day: 'numeric', month: 'long' })
const words: Record<string, Intl.DateTimeFormat> = {
  day: weekdayIn('en-GB'), tag: weekdayIn('de'), 曜: weekdayIn('ja'), date: dateIn('en-GB'), datum: dateIn('de'), 日: dateIn('ja'),
}

/**
 * Puts days into words, as they are called at the time of the entry.
 * @example nameDays('until {day+2}', monday) // 'until Wednesday'; {date+2}, and {tag+2} {datum+2} {曜+2} {日+2}
 */
export const nameDays = (text: string, ms: number): string =>
  text.replace(/\{(day|tag|曜|date|datum|日)([+-]\d+)\}/g, (_, word, n) => words[word].format(addWorkingDays(ms, Number(n))))
