import type { TFunction } from 'i18next'
import { momentAt, shownAt, shownIn } from '../../server/kernel/clock.ts'

export { momentAt, shownIn }

const HOUR = 3_600_000

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
