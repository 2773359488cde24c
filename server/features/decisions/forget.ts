import type { Forget } from '../../core/entries/forget.ts'

/** Of a decision that was removed nothing stays that somebody wrote: what could be chosen, positions, the summary, the outcome. */
export const forgetDecisions: Forget = async (ctx, entries) => {
  await ctx.db.updateTable('decisions').set({ options: '[]', counted: null, outcome: null }).where('entry_id', 'in', entries).execute()
  for (const table of ['decision_positions', 'decision_summaries', 'argument_weights', 'decision_links'] as const)
    await ctx.db.deleteFrom(table).where('entry_id', 'in', entries).execute()
}
