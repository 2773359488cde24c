import type { Entry } from '../../kernel/types.ts'
import { dayOf } from './say.ts'

type When = 'overdue' | 'today' | 'tomorrow' | 'this_week' | 'next_week' | 'later' | 'no_date'
/** `day`: for the days of this week that are still to come, which one. */
export type Day<T> = { name: When; day?: string; tasks: T[] }

const DAY = 86_400_000
/** A day so many days later. */
export const plusDays = (day: string, days: number) => new Date(Date.parse(`${day}T00:00Z`) + days * DAY).toISOString().slice(0, 10)

/** Tasks that come by their due dates, under headings: what is overdue, the days until Sunday, next week, later. Weeks begin on Monday. */
export function byDays<T extends Entry>(items: T[], today: string, zone: string, now: number): Day<T>[] {
  const monday = plusDays(today, 7 - ((new Date(`${today}T00:00Z`).getUTCDay() + 6) % 7))
  const days: Day<T>[] = []
  for (const item of items) {
    const { due, late_at } = item.task!
    const [name, day] = whenOf(due && dayOf(due, zone), !!late_at && Date.parse(late_at) <= now, today, monday)
    const last = days.at(-1)
    if (last?.name === name && last.day === day) last.tasks.push(item)
    else days.push({ name, day, tasks: [item] })
  }
  return days
}

function whenOf(day: string | null, isLate: boolean, today: string, monday: string): [When, string?] {
  if (!day) return ['no_date']
  if (isLate || day < today) return ['overdue']
  if (day === today) return ['today']
  if (day === plusDays(today, 1)) return ['tomorrow']
  if (day < monday) return ['this_week', day]
  return day < plusDays(monday, 7) ? ['next_week'] : ['later']
}

/** The days of a month as a calendar shows them, whole weeks from Monday on; and the months before and after it. */
export function monthOf(month: string): { days: string[]; before: string; after: string } {
  const first = `${month}-01`
  const monday = plusDays(first, -((new Date(`${first}T00:00Z`).getUTCDay() + 6) % 7))
  const after = plusDays(first, 31).slice(0, 7)
  const weeks = Math.ceil((Date.parse(`${after}-01T00:00Z`) - Date.parse(`${monday}T00:00Z`)) / (7 * DAY))
  return { days: Array.from({ length: weeks * 7 }, (_, n) => plusDays(monday, n)), before: plusDays(first, -1).slice(0, 7), after }
}
