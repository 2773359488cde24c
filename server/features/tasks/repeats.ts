import { RRuleTemporal } from 'rrule-temporal'
import { Temporal } from 'temporal-polyfill'
import { momentAt, shownIn } from '../../kernel/clock.ts'
import { invalid } from '../../kernel/errors.ts'
import { isDay } from './policy.ts'

const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']
const PARTS = new Set(['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'BYDAY', 'BYMONTHDAY', 'BYMONTH', 'BYSETPOS', 'BYWEEKNO', 'BYYEARDAY', 'WKST'])
/** A rule for a day that hardly ever comes, or never, is looked for no longer. */
const MOST_TRIES = 2000
const DAY = 86_400_000

/** `repeats`: the rule (RFC 5545) as it is kept · `starts`: what a clock shows at its first time, a day or with a time */
export type Series = { repeats: string; starts: string }

/** What a clock shows when something is due: a day stays one. */
const shown = (due: string, zone: string): string => (isDay(due) ? due : shownIn(zone, Date.parse(due)))

/**
 * A rule that begins with a due date.
 * @throws Refusal 422 `repeats_needs_due`, `rule_not_understood`, `rule_never_comes`
 */
export function seriesOf(rule: string, due: string | null, zone: string): Series {
  if (!due) throw invalid('repeats_needs_due', 'What repeats needs a date on which it is due first.')
  const parts = rule.toUpperCase().replace(/^RRULE:/, '').split(';').filter(Boolean).map((part) => part.split('=') as [string, string])
  const by = new Map(parts)
  const isKnown = by.size === parts.length && parts.every(([name, value]) => PARTS.has(name) && /^[A-Z\d,+-]+$/.test(value ?? '')) && FREQUENCIES.includes(by.get('FREQ') ?? '')
  if (!isKnown) throw notUnderstood()
  const until = by.get('UNTIL')
  if (until) by.set('UNTIL', localUntil(until, zone))
  const series = { repeats: [...by].map(([name, value]) => `${name}=${value}`).join(';'), starts: shown(due, zone) }
  if (!nextOf(series, series.starts)) throw neverComes()
  return series
}

const notUnderstood = () => invalid('rule_not_understood', 'This is no rule of the form FREQ=WEEKLY;BYDAY=MO (RFC 5545), by days, weeks, months or years.')
const neverComes = () => invalid('rule_never_comes', 'By this rule there is no other time.')

/** The end of a rule as a clock shows it, like everything else of it. */
function localUntil(until: string, zone: string): string {
  const [, day, time, utc] = /^(\d{8})(T\d{6})?(Z)?$/.exec(until) ?? []
  if (!day) throw notUnderstood()
  if (!utc) return until
  const at = Date.parse(`${day.replace(/(\d{4})(\d\d)(\d\d)/, '$1-$2-$3')}${time.replace(/T(\d\d)(\d\d)(\d\d)/, 'T$1:$2:$3')}Z`)
  return Number.isNaN(at) ? until : `${shownIn(zone, at).replace(/[-:]/g, '')}59`
}

/**
 * When it is due next: after the time it was due, and not in the past. What was missed meanwhile does not come one by one.
 * @returns a day or a moment, as it began; null when it was the last time
 */
export function nextDue(series: Series, due: string, zone: string, now = Date.now()): string | null {
  const [last, present] = [shown(due, zone), shownIn(zone, isDay(series.starts) ? now - DAY : now)]
  const next = nextOf(series, last > present ? last : present)
  return next && !isDay(next) ? momentAt(zone, next).toISOString() : next
}

/**
 * By the clock alone, as if there were no time zones: the library leaves out a time that is skipped in spring, which RFC 5545 (3.3.5) puts
 * an hour later, and a day has no zone at all. Afterwards `momentAt` says when a clock shows it.
 */
function nextOf({ repeats, starts }: Series, after: string): string | null {
  const begins = `${starts.replace(/[-:]/g, '')}${isDay(starts) ? 'T000000' : '00'}`
  try {
    const rule = new RRuleTemporal({ rruleString: `DTSTART;TZID=UTC:${begins}\nRRULE:${repeats.replace(/(UNTIL=\d{8}T\d{6})Z?/, '$1Z')}`, maxIterations: MOST_TRIES })
    const next = rule.next(Temporal.Instant.from(`${isDay(starts) ? `${after.slice(0, 10)}T00:00` : after}:00Z`).toZonedDateTimeISO('UTC'))
    return next ? next.toString().slice(0, isDay(starts) ? 10 : 16) : null
  } catch (error) {
    throw /iterations/i.test((error as Error).message) ? neverComes() : notUnderstood()
  }
}
