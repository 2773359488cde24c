import type { z } from 'zod'
import { enterEntry, publish } from '../../core/entries/commands.ts'
import type { Forget } from '../../core/entries/forget.ts'
import type { EachWriteHook, RemoveHook } from '../../core/entries/hooks.ts'
import type { WrittenEntry } from '../../core/entries/parts.ts'
import { findEntry } from '../../core/entries/queries.ts'
import type { EntryInput, EntryView } from '../../core/entries/schema.ts'
import { findReadableSpace } from '../../core/spaces/queries.ts'
import type { Ctx } from '../../kernel/context.ts'
import { allow, conflict, invalid } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { factConfirmed, factSettled } from './events.ts'
import { canConfirm } from './policy.ts'
import type { ConfirmationInput, FactInput } from './input.ts'
import { settle, sideName, subjectOf } from './settle.ts'

/** Clocks of phones differ a little. */
const SKEW = 5 * 60_000

/** When something was seen, now where that is not said. @throws Refusal 422 for what lies ahead */
function seenAt(given: string | undefined): string {
  if (given && Date.parse(given) > Date.now() + SKEW) throw invalid('seen_in_future', 'Nobody has seen yet what is to come. Say when it was seen, or from when on it holds.')
  return given ?? new Date().toISOString()
}

/** Keeps a new fact with what it is about, and says anew what holds of that. */
export async function keepFact(ctx: Ctx, entry: WrittenEntry, input: FactInput): Promise<void> {
  const seen_at = seenAt(input.seen_at)
  if (input.valid_until && input.valid_until <= seen_at) throw invalid('valid_too_short', 'It cannot end to hold before it was seen.')
  const other = await findAnswered(ctx, entry, input)
  const { subject, place } = other?.fact ?? { subject: input.subject || entry.title.trim(), place: input.place }
  const value = input.value ?? null
  const side = sideName(value, entry.title)
  if (input.contradicts && side === other?.fact?.side) throw invalid('says_the_same', 'This says the same. Confirm it instead.')
  const subject_id = await subjectOf(ctx, entry.space.id, subject, place)
  await ctx.db.insertInto('facts').values({
    entry_id: entry.id, subject_id, subject, place, value: value && JSON.stringify(value), side, source: input.source, confidence: input.confidence,
    seen_at, valid_until: input.valid_until ?? null, contradicts: input.contradicts ?? null, supersedes: input.supersedes ?? null,
  }).execute()
  await settle(ctx, subject_id)
  if (other) await emit(ctx, factSettled, { space_id: other.space, entry_id: other.id }, {})
}

/** The fact that a new one answers. */
async function findAnswered(ctx: Ctx, entry: WrittenEntry, { contradicts, supersedes }: FactInput): Promise<EntryView | null> {
  if (contradicts && supersedes) throw invalid('one_or_other', 'It was never so, or it is so no longer: say one of both.')
  const id = contradicts ?? supersedes
  if (!id) return null
  const other = await findEntry(ctx, id)
  if (other.kind !== 'fact' || other.state !== 'published') throw invalid('not_a_fact', 'This is no fact.')
  if (other.space !== entry.space.id) throw invalid('said_elsewhere', 'A fact is answered in its own space, for the same readers.')
  return other
}

type Post = z.output<typeof EntryInput>

/** Says that it is otherwise, beside the fact that says so. */
export const contradict = async (ctx: Ctx, id: string, input: Post): Promise<EntryView> => answer(ctx, id, { ...input, contradicts: id, supersedes: undefined })

/** Says what is so now, in place of what was. */
export const supersede = async (ctx: Ctx, id: string, input: Post): Promise<EntryView> => answer(ctx, id, { ...input, supersedes: id, contradicts: undefined })

const answer = async (ctx: Ctx, id: string, input: Post) => publish(ctx, (await findEntry(ctx, id)).space, { ...input, kind: 'fact' })

/** A fact that the actor may confirm, and which nobody else changes meanwhile. */
async function enterFact(ctx: Ctx, id: string): Promise<EntryView> {
  const entry = await enterEntry(ctx, id)
  if (entry.kind !== 'fact' || !entry.fact) throw invalid('not_a_fact', 'This is no fact.')
  const space = await findReadableSpace(ctx, entry.space)
  allow(canConfirm(entry, space, ctx.actor), 'Only who may write in the space confirms what is so there.')
  return entry
}

const subjectId = async (ctx: Ctx, id: string) =>
  (await ctx.db.selectFrom('facts').select('subject_id').where('entry_id', '=', id).executeTakeFirstOrThrow()).subject_id

/** Says that the actor saw it so, too, at a time; of several times the newest stays. */
export async function confirm(ctx: Ctx, id: string, input: z.output<typeof ConfirmationInput>): Promise<EntryView> {
  const seen_at = seenAt(input.seen_at)
  const { fact, space } = await enterFact(ctx, id)
  if (fact!.mine && Date.parse(fact!.mine) >= Date.parse(seen_at)) return findEntry(ctx, id)
  await ctx.db.insertInto('fact_confirmations').values({ entry_id: id, person_id: ctx.actor.id, seen_at })
    .onConflict((c) => c.columns(['entry_id', 'person_id']).doUpdateSet({ seen_at })).execute()
  return settled(ctx, id, space, seen_at)
}

/** Takes that back. */
export async function unconfirm(ctx: Ctx, id: string): Promise<EntryView> {
  const entry = await enterFact(ctx, id)
  const { numDeletedRows } = await ctx.db.deleteFrom('fact_confirmations').where('entry_id', '=', id).where('person_id', '=', ctx.actor.id).executeTakeFirst()
  return numDeletedRows ? settled(ctx, id, entry.space, null) : entry
}

async function settled(ctx: Ctx, id: string, space: string, seen_at: string | null): Promise<EntryView> {
  await settle(ctx, await subjectId(ctx, id))
  await emit(ctx, factConfirmed, { space_id: space, entry_id: id }, { seen_at })
  return findEntry(ctx, id)
}

/** What a fact without a value says is its title: that changes as long as nobody else spoke for it, or against it. */
export const followWords: EachWriteHook = async (ctx, { entry, isNew }) => {
  if (isNew || entry.kind !== 'fact') return false
  const { value, side, subject, place, subject_id } = await ctx.db.selectFrom('facts').select(['value', 'side', 'subject', 'place', 'subject_id']).where('entry_id', '=', entry.id).executeTakeFirstOrThrow()
  const next = value ? side : sideName(null, entry.title)
  if (next === side) return true
  const { fact } = await findEntry(ctx, entry.id)
  if (fact!.confirmations > 0 || fact!.contradicted_by || fact!.superseded_by) throw conflict('already_answered', 'Others answered this as it stands. Say what is so now in a fact that takes its place.')
  // What it is about was its own words, or it was said beside them and stays.
  const isOwn = sideName(null, subject) === side
  const about = isOwn ? entry.title.trim() : subject
  const to = isOwn ? await subjectOf(ctx, entry.space.id, about, place) : subject_id
  await ctx.db.updateTable('facts').set({ side: next, subject: about, subject_id: to }).where('entry_id', '=', entry.id).execute()
  const left = to !== subject_id && (await settle(ctx, subject_id))
  await settle(ctx, to)
  if (left) await emit(ctx, factSettled, { space_id: entry.space.id, entry_id: left }, {})
  return true
}

/** What was said of its subject counts no more, or again; those who hold it as it was hear so by the fact that holds now, and what it answers. */
async function settleAround(ctx: Ctx, id: string, space: string): Promise<void> {
  const row = await ctx.db.selectFrom('facts').select(['subject_id', 'contradicts', 'supersedes']).where('entry_id', '=', id).executeTakeFirstOrThrow()
  const holding = await settle(ctx, row.subject_id)
  for (const other of new Set([holding, row.contradicts, row.supersedes]))
    if (other && other !== id) await emit(ctx, factSettled, { space_id: space, entry_id: other }, {})
}

export const settleRemoved: RemoveHook = async (ctx, { id, kind, space }) => {
  if (kind === 'fact') await settleAround(ctx, id, space)
}

export const settleRestored: RemoveHook = settleRemoved

/** What is gone for good leaves nothing of what it was about, where no other says so. */
export const forgetFacts: Forget = async (ctx, entries) => {
  const subjects = await ctx.db.deleteFrom('facts').where('entry_id', 'in', entries).returning('subject_id').execute()
  if (!subjects.length) return
  await ctx.db.deleteFrom('fact_subjects as s').where('s.id', 'in', subjects.map(({ subject_id }) => subject_id))
    .where((eb) => eb.not(eb.exists(eb.selectFrom('facts as f').whereRef('f.subject_id', '=', 's.id').select('f.entry_id')))).execute()
}
