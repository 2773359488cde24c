import { sql } from 'kysely'
import { lockSpace } from '../../core/spaces/enter.ts'
import type { Ctx } from '../../kernel/context.ts'
import { emit } from '../../kernel/events.ts'
import { count, type Count } from './count.ts'
import { decisionClosed, decisionReminded, decisionSuperseded } from './events.ts'
import { type Row, rowOf } from './rows.ts'

/** Counts the voices as they are. */
export async function tally(ctx: Pick<Ctx, 'db'>, { entry_id, method, options }: Row): Promise<Count> {
  const rows = await ctx.db.selectFrom('decision_positions').select('choice').where('entry_id', '=', entry_id).where('choice', 'is not', null).execute()
  return count(method, options, rows.map(({ choice }) => choice!))
}

/** Ends a decision with what was counted. What it was to take the place of holds no longer, once something is decided. */
export async function settle(ctx: Ctx, { entry_id, supersedes }: Row, space: string, counted: Count, option: string | null): Promise<void> {
  await ctx.db.updateTable('decisions').set({ state: option ? 'decided' : 'undecided', counted: JSON.stringify(counted), closed_at: sql`coalesce(closed_at, now())` }).where('entry_id', '=', entry_id).execute()
  if (!option || !supersedes) return
  const { numUpdatedRows } = await ctx.db.updateTable('decisions').set({ state: 'superseded', superseded_by: entry_id }).where('entry_id', '=', supersedes).where('state', '<>', 'superseded').executeTakeFirst()
  if (numUpdatedRows) await emit(ctx, decisionSuperseded, { space_id: space, entry_id: supersedes }, {})
}

/** The space of a decision that is there and open, with nobody else changing it, and whether its moment has come; null where there is nothing to do. */
async function lockOpen(ctx: Ctx, id: string): Promise<{ space: string; isDue: boolean } | null> {
  // visible: nobody reads it, its moment has come
  const entry = await ctx.db.selectFrom('entries').select('space_id').where('id', '=', id).where('kind', '=', 'decision').executeTakeFirst()
  if (!entry) return null
  await lockSpace(ctx, entry.space_id)
  // visible: as above
  const open = await ctx.db.selectFrom('entries').innerJoin('decisions as d', 'd.entry_id', 'entries.id').where('entries.id', '=', id)
    .where('entries.state', '=', 'published').where('d.state', '=', 'open').select(sql<boolean>`d.closes_at <= clock_timestamp()`.as('isDue')).executeTakeFirst()
  return open ? { space: entry.space_id, isDue: open.isDue } : null
}

/** Closes one whose moment has come, and counts. Whether it has, its row says: it may have been moved or concluded. */
export async function close(ctx: Ctx, id: string): Promise<void> {
  const open = await lockOpen(ctx, id)
  // By the clock of the database, which runs the jobs.
  if (!open?.isDue) return
  const row = await rowOf(ctx, id)
  const counted = await tally(ctx, row)
  await settle(ctx, row, open.space, counted, counted.winner)
  await emit(ctx, decisionClosed, { space_id: open.space, entry_id: id }, {})
}

/** Tells those who still owe something that it closes soon; once for each closing time. */
export async function remind(ctx: Ctx, id: string): Promise<void> {
  const open = await lockOpen(ctx, id)
  if (!open) return
  const { numUpdatedRows } = await ctx.db.updateTable('decisions').set({ reminded_at: sql`now()` }).where('entry_id', '=', id).where('reminded_at', 'is', null).executeTakeFirst()
  if (numUpdatedRows) await emit(ctx, decisionReminded, { space_id: open.space, entry_id: id }, {})
}
