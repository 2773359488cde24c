import type { Ctx } from '../../kernel/context.ts'
import { momentAt } from '../../kernel/clock.ts'
import { invalid } from '../../kernel/errors.ts'
import { enqueue } from '../../kernel/jobs.ts'
import { isDay } from './policy.ts'

const [HOUR, DAY] = [3_600_000, 86_400_000]
const FAR = 20 * 366 * DAY

/** The name of the job in jobs.ts. */
export const REMINDING = { name: 'remind-of-task' }

/** By when a task is to be done, as its row has it; `late_at`: from which moment on it is too late · `soon_at`: when that is said before. */
export type Due = { due: string | null; zone: string; late_at: string; soon_at: string | null; told_soon: null; told_late: null }

/**
 * A day ends where whoever gives it lives; with a moment there is nothing to ask.
 * @throws Refusal 422 `due_out_of_reach`
 */
export function dueOf(due: string | null, zone: string, now = Date.now()): Due {
  if (!due) return { due: null, zone, late_at: 'infinity', soon_at: null, told_soon: null, told_late: null }
  // Not of the moment in the zone: clocks of the first centuries are no matter of tasks.
  if (!(Math.abs(Date.parse(due) - now) <= FAR)) throw invalid('due_out_of_reach', 'A task is due within twenty years.')
  const late = isDay(due) ? momentAt(zone, `${dayAfter(due)}T00:00`).getTime() : Date.parse(due)
  const soon = [late - DAY, ...(isDay(due) ? [] : [late - HOUR])].find((at) => at > now)
  const iso = (at: number) => new Date(at).toISOString()
  return { due: isDay(due) ? due : iso(late), zone, late_at: iso(late), soon_at: soon ? iso(soon) : null, told_soon: null, told_late: null }
}

const dayAfter = (day: string) => new Date(Date.parse(`${day}T00:00Z`) + DAY).toISOString().slice(0, 10)

/** Has those whose task it is told at its moments; what was queued before is moved. */
export async function queueReminders(ctx: Ctx, id: string, { late_at, soon_at }: Pick<Due, 'late_at' | 'soon_at'>): Promise<void> {
  if (late_at === 'infinity') return
  if (soon_at) await enqueue(ctx.db, REMINDING, { task: id }, { key: `task ${id} soon`, runAt: new Date(soon_at) })
  await enqueue(ctx.db, REMINDING, { task: id }, { key: `task ${id} late`, runAt: new Date(late_at) })
}

/** In which time zone somebody's days begin and end. */
export async function zoneOf(ctx: Ctx): Promise<string> {
  const person = await ctx.db.selectFrom('people').select('time_zone').where('id', '=', ctx.actor.id).executeTakeFirst()
  return person?.time_zone || 'UTC'
}
