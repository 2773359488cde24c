import { currentMe, useMe } from './session.tsx'

/** The time zone of this computer, e.g. Europe/Vienna. */
export const ownTimeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

const known = new Map<string, boolean>()

/** Whether this browser can tell the time there: zones are renamed, and a new one is not in an older browser. */
export function isKnownZone(zone: string): boolean {
  if (!known.has(zone)) known.set(zone, isFormattable(zone))
  return known.get(zone)!
}

function isFormattable(timeZone: string) {
  try {
    return Boolean(Intl.DateTimeFormat('en', { timeZone }))
  } catch {
    return false
  }
}

const zoneOf = (zone: string | null | undefined) => (zone && isKnownZone(zone) ? zone : ownTimeZone())

/** The time zone that somebody chose, else that of their computer. */
export const useTimeZone = () => zoneOf(useMe().time_zone)

/** The same outside of components. */
export const myTimeZone = () => zoneOf(currentMe()?.time_zone)
