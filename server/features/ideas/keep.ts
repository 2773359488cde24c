import { sql } from 'kysely'
import type { Forget } from '../../core/entries/forget.ts'
import type { RemoveHook } from '../../core/entries/hooks.ts'
import { findKind } from '../../core/entries/kinds.ts'
import type { WrittenEntry } from '../../core/entries/parts.ts'
import { findEntry } from '../../core/entries/queries.ts'
import type { EntryView } from '../../core/entries/schema.ts'
import { writeEntry } from '../../core/entries/write.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tables } from '../../kernel/db.ts'
import { conflict, invalid } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { timeOf } from '../../kernel/ids.ts'
import { ideaRecounted } from './events.ts'
import { isMadeAlready } from './queries.ts'

/** Keeps a new idea, which its proposer carries on, and leaves a trace of it where it comes from. */
export async function keepIdea(ctx: Ctx, entry: WrittenEntry, { from }: { from?: string }): Promise<void> {
  const source = from ? await findSource(ctx, entry, from) : null
  await ctx.db.insertInto('ideas').values({
    entry_id: entry.id, space_id: entry.space.id, since: new Date(timeOf(entry.id)).toISOString(), owner_id: ctx.actor.id, from_id: source?.id ?? null,
    offered_to: null, offered_at: null, ask_at: null, merged_into: null, merged_at: null,
  }).execute()
  if (!source) return
  await writeEntry(ctx, {
    space: { ...entry.space, newest: entry.id }, kind: findKind('idea_trace')!, title: '', body: 'made an idea of this', files: [],
    root: source.root ?? source.id, parent: source.id, more: { idea: entry.id },
  })
}

async function findSource(ctx: Ctx, entry: WrittenEntry, from: string): Promise<EntryView> {
  const source = await findEntry(ctx, from)
  if (source.space !== entry.space.id) throw invalid('said_elsewhere', 'An idea is made of what was said in the same space, for the same readers.')
  if (source.idea || source.state !== 'published' || !findKind(source.kind)?.spoken) throw invalid('not_a_source', 'No idea can be made of this.')
  if (await isMadeAlready(ctx, from)) throw conflict('already_an_idea', 'An idea was made of this before. The line below it leads there.')
  return source
}

export const keepTrace = async (ctx: Ctx, entry: WrittenEntry, { idea }: { idea: string }): Promise<void> =>
  void (await ctx.db.insertInto('idea_traces').values({ entry_id: entry.id, idea_id: idea }).execute())

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
