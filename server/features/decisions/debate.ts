import { findEntry } from '../../core/entries/queries.ts'
import type { EntryView } from '../../core/entries/schema.ts'
import { canReply } from '../../core/spaces/policy.ts'
import type { Ctx } from '../../kernel/context.ts'
import { allow, conflict, invalid } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { votingClosed } from './arguments.ts'
import { enterDecision } from './commands.ts'
import { summaryChanged } from './events.ts'
import { isOpen } from './rows.ts'
import { judgeSummary, replaceSummary } from './summaries.ts'

/** Proposes what both sides could say of the debate. @throws Refusal 403, 404, 409, 422 */
export async function summarize(ctx: Ctx, id: string, text: string): Promise<EntryView> {
  const { entry, row, space } = await enterDecision(ctx, id)
  allow(canReply(ctx.actor, space, space.my), 'You may read here, but not write.')
  if (!isOpen(row)) throw votingClosed()
  if (!text) throw invalid('empty', 'Write something.')
  if (entry.decision!.summary?.text === text) return entry
  await replaceSummary(ctx, id, text)
  return changed(ctx, entry)
}

/**
 * Says that a summary is fair to one's own side, or that it is not.
 * @param at when the text that is accepted was proposed, so that nobody accepts another one unseen
 * @throws Refusal 403, 404, 409
 */
export async function acceptSummary(ctx: Ctx, id: string, accepts: boolean, at?: string): Promise<EntryView> {
  const { entry, row, space } = await enterDecision(ctx, id)
  allow(canReply(ctx.actor, space, space.my), 'You may read here, but not write.')
  if (!isOpen(row)) throw votingClosed()
  const summary = await ctx.db.selectFrom('decision_summaries').select('at').where('entry_id', '=', id).executeTakeFirst()
  if (!summary || (at && Date.parse(at) !== Date.parse(summary.at))) throw conflict('summary_changed', 'Somebody has proposed another summary. Read that first.')
  const mine = await ctx.db.selectFrom('decision_positions').select('accepts').where('entry_id', '=', id).where('person_id', '=', ctx.actor.id).where('choice', 'is not', null).executeTakeFirst()
  allow(!!mine, 'Take a position first: a summary is accepted by those who are on a side.', 'position_needed')
  if (mine.accepts === accepts) return entry
  await ctx.db.updateTable('decision_positions').set({ accepts }).where('entry_id', '=', id).where('person_id', '=', ctx.actor.id).execute()
  await judgeSummary(ctx, id)
  return changed(ctx, entry)
}

async function changed(ctx: Ctx, { id, space }: EntryView): Promise<EntryView> {
  await emit(ctx, summaryChanged, { space_id: space, entry_id: id }, {})
  return findEntry(ctx, id)
}
