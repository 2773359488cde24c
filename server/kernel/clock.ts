/** What a clock in a time zone shows at a moment, as the milliseconds that it would be in UTC. */
export function shownAt(zone: string, at: number): number {
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
