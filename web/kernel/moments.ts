import type { TFunction } from 'i18next'

const HOUR = 3_600_000

/** What a clock in a time zone shows at a moment, as the milliseconds that it would be in UTC. */
function shownAt(zone: string, at: number): number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' })
  const of = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  return Date.UTC(of.year, of.month - 1, of.day, of.hour, of.minute, of.second)
}

/** The moment at which a clock in a time zone shows this: `2026-12-01T09:00`. Where it is skipped in spring, an hour later. */
export function momentAt(zone: string, shown: string): Date {
  const wanted = Date.parse(`${shown}Z`)
  let at = wanted
  // Twice: the offset may be another one on the other side of a change.
  for (let n = 0; n < 2; n++) at = wanted - (shownAt(zone, at) - at)
  return new Date(at)
}

/** What a clock in a time zone shows, as the field of a form has it: `2026-12-01T09:00`. */
export const shownIn = (zone: string, at: number): string => new Date(shownAt(zone, at)).toISOString().slice(0, 16)

export type Moment = { name: 'later_today' | 'tomorrow' | 'monday'; at: Date }

/** When somebody may want something later: today while there is some of it left, tomorrow and on Monday at nine, by the clock of a time zone. */
export function usualMoments(zone: string, now = Date.now()): Moment[] {
  const clock = new Date(shownAt(zone, now))
  const day = (days: number) => momentAt(zone, `${new Date(clock.getTime() + days * 24 * HOUR).toISOString().slice(0, 10)}T09:00`)
  const soon = new Date(Math.ceil((now + 3 * HOUR) / (HOUR / 2)) * (HOUR / 2))
  const isToday = shownIn(zone, soon.getTime()).slice(0, 10) === clock.toISOString().slice(0, 10)
  const toMonday = (8 - clock.getUTCDay()) % 7 || 7
  return [
    ...(isToday ? [{ name: 'later_today' as const, at: soon }] : []),
    { name: 'tomorrow', at: day(1) },
    ...(toMonday > 1 ? [{ name: 'monday' as const, at: day(toMonday) }] : []),
  ]
}

/** "Mon, 30 Nov, 09:00", by the clock of a time zone. */
export const sayMoment = (t: TFunction, at: string | number | Date, timeZone: string): string =>
  new Date(at).toLocaleString(t('kernel:locale'), { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone })
