import { enterEntry } from '../../core/entries/commands.ts'
import { findKind } from '../../core/entries/kinds.ts'
import type { RemoveHook } from '../../core/entries/hooks.ts'
import { findSource, leaveTrace } from '../../core/entries/made-of.ts'
import type { WrittenEntry } from '../../core/entries/parts.ts'
import { findEntry } from '../../core/entries/queries.ts'
import type { EntryView } from '../../core/entries/schema.ts'
import { findReadableSpace } from '../../core/spaces/queries.ts'
import type { Ctx } from '../../kernel/context.ts'
import { allow, invalid } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { answerSettled, questionSettled } from './events.ts'
import { canSettle } from './policy.ts'
import { isAskedAlready } from './queries.ts'

/** Keeps a new question, and leaves a trace of it where it comes from. */
export async function keepQuestion(ctx: Ctx, entry: WrittenEntry, { from }: { from?: string }): Promise<void> {
  const source = from ? await findSource(ctx, entry, from, { before: { code: 'already_asked', has: isAskedAlready } }) : null
  await ctx.db.insertInto('questions').values({ entry_id: entry.id, accepted_id: null, duplicate_of: null, from_id: source?.id ?? null }).execute()
  if (source) await leaveTrace(ctx, entry, source)
}

/** A question that the actor may settle, and which nobody else changes meanwhile. */
async function enterQuestion(ctx: Ctx, id: string): Promise<EntryView> {
  const entry = await enterEntry(ctx, id)
  if (entry.kind !== 'question') throw invalid('not_a_question', 'This is no question.')
  const space = await findReadableSpace(ctx, entry.space)
  allow(canSettle(ctx.actor, entry, space), 'Only who asked this or a host of the space may settle it, where people can write.', 'askers_only')
  return entry
}

/** Says which reply answers a question; another one takes the place of the one before. */
export async function accept(ctx: Ctx, id: string, replyId: string): Promise<EntryView> {
  const entry = await enterQuestion(ctx, id)
  const reply = await findEntry(ctx, replyId)
  if (reply.root !== id || reply.state !== 'published' || !findKind(reply.kind)?.spoken) throw invalid('not_an_answer', 'An answer is one of the replies to the question.')
  return entry.question?.accepted === replyId ? entry : settle(ctx, entry, replyId)
}

/** Takes back which reply answers a question: it is open again. */
export async function unaccept(ctx: Ctx, id: string): Promise<EntryView> {
  const entry = await enterQuestion(ctx, id)
  return entry.question?.accepted ? settle(ctx, entry, null) : entry
}

async function settle(ctx: Ctx, { id, space, question }: EntryView, accepted_id: string | null): Promise<EntryView> {
  await ctx.db.updateTable('questions').set({ accepted_id }).where('entry_id', '=', id).execute()
  if (question?.accepted) await emit(ctx, answerSettled, { space_id: space, entry_id: question.accepted }, { accepted: false })
  if (accepted_id) await emit(ctx, answerSettled, { space_id: space, entry_id: accepted_id }, { accepted: true })
  await emit(ctx, questionSettled, { space_id: space, entry_id: id }, { link: false })
  return findEntry(ctx, id)
}

/** What is removed answers nothing any more. */
export const takeAnswerBack: RemoveHook = async (ctx, { id, space }) => {
  const open = await ctx.db.updateTable('questions').set({ accepted_id: null }).where('accepted_id', '=', id).returning('entry_id').execute()
  if (open.length) await emit(ctx, answerSettled, { space_id: space, entry_id: id }, { accepted: false })
  for (const { entry_id } of open) await emit(ctx, questionSettled, { space_id: space, entry_id }, { link: false })
}

/** Links a question to the one that it repeats, which the actor must be able to read; only who may read both is shown that. */
export async function markDuplicate(ctx: Ctx, id: string, otherId: string): Promise<EntryView> {
  const entry = await enterQuestion(ctx, id)
  const other = await findEntry(ctx, otherId)
  if (!other.question || otherId === id) throw invalid('not_a_question', 'A duplicate repeats another question.')
  if (other.question.duplicate_of) throw invalid('duplicate_itself', 'That one is a duplicate, too. Link the question that it repeats.')
  return link(ctx, entry, otherId)
}

export const unmarkDuplicate = async (ctx: Ctx, id: string): Promise<EntryView> => link(ctx, await enterQuestion(ctx, id), null)

async function link(ctx: Ctx, { id, space }: EntryView, otherId: string | null): Promise<EntryView> {
  const { duplicate_of: before } = await ctx.db.selectFrom('questions').select('duplicate_of').where('entry_id', '=', id).executeTakeFirstOrThrow()
  if (before !== otherId) {
    await ctx.db.updateTable('questions').set({ duplicate_of: otherId }).where('entry_id', '=', id).execute()
    if (await isKnownToAll(ctx, space, [before, otherId])) await emit(ctx, questionSettled, { space_id: space, entry_id: id }, { link: true })
  }
  return findEntry(ctx, id)
}

// Who hears of a fact could else tell that there is something they may not read.
async function isKnownToAll(ctx: Ctx, space: string, ids: (string | null)[]): Promise<boolean> {
  // not content: whether these are where everybody reads, or the same people as here
  const row = await ctx.db.selectFrom('entries').innerJoin('spaces', 'spaces.id', 'entries.space_id').select('entries.id')
    .where('entries.id', 'in', ids.filter((id) => id !== null))
    .where((eb) => eb.or([eb('spaces.id', '=', space), eb('spaces.visibility', '=', 'open')])).executeTakeFirst()
  return row !== undefined
}
