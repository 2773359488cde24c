import { IconCircle, IconCircleCheck, IconCircleDot, IconCircleX } from '@tabler/icons-react'
import { isDay, type State } from '../../../server/features/tasks/policy.ts'
import { i18n } from '../../kernel/i18n.ts'
import { shownIn } from '../../kernel/moments.ts'

export const STATE_ICON = { open: IconCircle, doing: IconCircleDot, done: IconCircleCheck, dropped: IconCircleX } satisfies Record<State, unknown>

/** The day on which something is due by the clock of a time zone. */
export const dayOf = (due: string, zone: string): string => (isDay(due) ? due : shownIn(zone, Date.parse(due)).slice(0, 10))

/** "Thu, 3 Dec", "Thu, 3 Dec, 09:00": the year only where it is another one. */
export function sayDue(due: string, zone: string): string {
  const day = { weekday: 'short', day: 'numeric', month: 'short', year: due.startsWith(String(new Date().getFullYear())) ? undefined : 'numeric' } as const
  const locale = i18n.t('kernel:locale')
  if (isDay(due)) return new Date(`${due}T12:00:00Z`).toLocaleDateString(locale, { ...day, timeZone: 'UTC' })
  return new Date(due).toLocaleString(locale, { ...day, hour: '2-digit', minute: '2-digit', timeZone: zone })
}

const [HOUR, WORKDAY] = [60, 8 * 60]
/** How much work somebody thinks it is: "30 min", "2.5 h". */
export function sayEstimate(minutes: number): string {
  const [unit, size] = minutes < HOUR ? ['minute', 1] as const : minutes < 5 * WORKDAY ? ['hour', HOUR] as const : ['day', WORKDAY] as const
  return new Intl.NumberFormat(i18n.t('kernel:locale'), { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }).format(minutes / size)
}

/** The rules that a form offers, by the names of their texts; others come by the API. */
export const RULES = {
  daily: 'FREQ=DAILY', workdays: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', weekly: 'FREQ=WEEKLY', fortnightly: 'FREQ=WEEKLY;INTERVAL=2', monthly: 'FREQ=MONTHLY',
  month_end: 'FREQ=MONTHLY;BYMONTHDAY=-1', yearly: 'FREQ=YEARLY',
} as const

/** A rule in words, where it is a usual one; else that there is one. */
export function sayRule(rule: string): string {
  const name = Object.entries(RULES).find(([, one]) => one === rule)?.[0] ?? 'other'
  return i18n.t(`task-cards:repeats.${name}`)
}
