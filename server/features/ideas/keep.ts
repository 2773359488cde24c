import { sql } from 'kysely'
import type { Forget } from '../../core/entries/forget.ts'
import type { RemoveHook } from '../../core/entries/hooks.ts'
import { findSource, leaveTrace } from '../../core/entries/made-of.ts'
import type { WrittenEntry } from '../../core/entries/parts.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tables } from '../../kernel/db.ts'
import { emit } from '../../kernel/events.ts'
import { timeOf } from '../../kernel/ids.ts'
import { ideaRecounted } from './events.ts'
import { isMadeAlready } from './queries.ts'

/** Keeps a new idea, which its proposer carries on, and leaves a trace of it where it comes from. */
export async function keepIdea(ctx: Ctx, entry: WrittenEntry, { from }: { from?: string }): Promise<void> {
  const source = from ? await findSource(ctx, entry, from, { before: { code: 'already_an_idea', has: isMadeAlready } }) : null
  await ctx.db.insertInto('ideas').values({
    entry_id: entry.id, space_id: entry.space.id, since: new Date(timeOf(entry.id)).toISOString(), owner_id: ctx.actor.id, from_id: source?.id ?? null,
    offered_to: null, offered_at: null, ask_at: null, merged_into: null, merged_at: null,
  }).execute()
  if (source) await leaveTrace(ctx, entry, source)
}

export const keepStep = async (ctx: Ctx, entry: WrittenEntry, { step }: { step: Omit<Tables['idea_steps'], 'entry_id'> }): Promise<void> =>
  void (await ctx.db.insertInto('idea_steps').values({ ...step, entry_id: entry.id }).execute())

/** What a step says of its idea goes with it, and comes back. */
export const countAgain: RemoveHook = async (ctx, { id, kind, space }) => {
  if (kind !== 'idea_step') return
  const row = await ctx.db.selectFrom('idea_steps').select('idea_id').where('entry_id', '=', id).executeTakeFirst()
  if (row) await emit(ctx, ideaRecounted, { space_id: space, entry_id: row.idea_id }, {})
}

/** Of what is gone for good neither words nor voices are kept. */
export const forgetIdeas: Forget = async (ctx, entries) => {
  await ctx.db.updateTable('idea_steps').set({ measured: '' }).where('entry_id', 'in', entries).execute()
  const gone = await ctx.db.deleteFrom('idea_supports').where('idea_id', 'in', entries).returning('idea_id').execute()
  if (gone.length) await ctx.db.updateTable('ideas').set({ support: sql`0` }).where('entry_id', 'in', gone.map(({ idea_id }) => idea_id)).execute()
}
