import { randomBytes } from 'node:crypto'

let lastMs = 0
let lastFraction = 0

// How far another machine's clock may be ahead of ours and still be followed; what lies further off is history with a wrong date.
const MOST_AHEAD_MS = 3_600_000

/**
 * A new UUIDv7 (RFC 9562, method 3) for now: ascending within this process, also inside one millisecond.
 * @param above an id that the new one has to lie above, whatever the clock says: another process, or this one before its
 *   clock was set back, may have made it
 */
export function newId(above: string | null = null): string {
  const now = Date.now()
  if (above) follow(timeOf(above), Number.parseInt(above.slice(15, 18), 16), now)
  if (now > lastMs) [lastMs, lastFraction] = [now, 0]
  else if (++lastFraction > 0xfff) [lastMs, lastFraction] = [lastMs + 1, 0]
  return format(lastMs, lastFraction, randomBytes(8))
}

function follow(ms: number, fraction: number, now: number): void {
  const isAhead = ms > lastMs || (ms === lastMs && fraction > lastFraction)
  if (isAhead && ms - now < MOST_AHEAD_MS) [lastMs, lastFraction] = [ms, fraction]
}

/**
 * A UUIDv7 for a moment of its own, so that imported history sorts where it belongs.
 * @param ms milliseconds since 1970, may carry a fraction (Slack's microseconds), which becomes the 12 bits after it
 * @param entropy at least 8 bytes; give the same ones to get the same id again
 */
export function idAt(ms: number, entropy: Uint8Array = randomBytes(8)): string {
  const whole = Math.floor(ms)
  return format(whole, Math.floor((ms - whole) * 4096), entropy)
}

/** The lowest id of a moment: `id < idFloor(t)` is "before t"; of one before 1970, the lowest there is. */
export const idFloor = (ms: number): string => format(Math.max(0, Math.floor(ms)), 0, new Uint8Array(8))

/** The moment an id carries, in milliseconds since 1970. */
export const timeOf = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)

export const isUuid = (value: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value)

/** The id below every other: "nothing read yet". */
export const ZERO_ID = '00000000-0000-0000-0000-000000000000'

/** The id above every other: a walk from the newest on begins below it. */
export const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

function format(ms: number, fraction: number, random: Uint8Array): string {
  const time = ms.toString(16).padStart(12, '0')
  const tail = Buffer.from(random.subarray(0, 8))
  tail[0] = (tail[0] & 0x3f) | 0x80
  const hex = tail.toString('hex')
  const version = '7' + fraction.toString(16).padStart(3, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}-${hex.slice(0, 4)}-${hex.slice(4)}`
}
