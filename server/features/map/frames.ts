import { sql } from 'kysely'
import { loadTies, loadTiesOfMonth } from '../../core/ties/queries.ts'
import type { Host } from '../../kernel/context.ts'

const MONTHS = 12

/** Ties among people by their place in one list. */
export type Frame = { from: Uint32Array; to: Uint32Array; weights: Float64Array }
export type Frames = {
  people: string[]
  /** the months that are over, of the last year in which anybody had ties, `2026-10` */
  months: string[]
  /** one for each month, and last all of it, what is recent counting most */
  frames: Frame[]
}

/** The network as it was from month to month, and as it is. @param today `2026-11-22` */
export async function loadFrames(ctx: Pick<Host, 'db' | 'config'>, today: string): Promise<Frames> {
  const { rows } = await sql<{ first: string; last: string }>`select to_char(min(week), 'YYYY-MM') as first, to_char(max(week), 'YYYY-MM') as last from ties`.execute(ctx.db)
  const months = rows[0].first ? monthsUntil(rows[0], today.slice(0, 7)) : []
  const places = new Map<string, number>()
  const frames: Frame[] = []
  for (const month of [...months, null]) {
    const { people, from, to, weights } = month ? await loadTiesOfMonth(ctx, month) : await loadTies(ctx, today)
    const place = people.map((id) => places.get(id) ?? (places.set(id, places.size), places.size - 1))
    frames.push({ from: from.map((v) => place[v]), to: to.map((v) => place[v]), weights })
  }
  return { people: [...places.keys()], months, frames }
}

function monthsUntil({ first, last }: { first: string; last: string }, current: string): string[] {
  const months: string[] = []
  const [year, month] = last.split('-').map(Number)
  for (let back = 0; months.length < MONTHS; back++) {
    const one = new Date(Date.UTC(year, month - 1 - back, 1)).toISOString().slice(0, 7)
    if (one < first) break
    if (one < current) months.unshift(one)
  }
  return months
}
