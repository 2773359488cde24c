import { sql } from 'kysely'
import { enterEntry } from '../../core/entries/commands.ts'
import { findEntry } from '../../core/entries/queries.ts'
import type { EntryView } from '../../core/entries/schema.ts'
import { findReadableSpace } from '../../core/spaces/queries.ts'
import type { SpaceView } from '../../core/spaces/schema.ts'
import type { Ctx } from '../../kernel/context.ts'
import { allow, conflict, invalid } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { votingClosed } from './arguments.ts'
import { demandMoment, demandOptions, demandReview, queue } from './begin.ts'
import { decisionAmended, outcomeTold, positionTaken } from './events.ts'
import { positionsTaken } from './links.ts'
import { canAmend, canConclude, type Choice, flawOf, plainChoice } from './policy.ts'
import { actingDecider, hasOutcome, isOpen, rowOf, type Row } from './rows.ts'
import { settle, tally } from './settle.ts'
import type { AmendInput, OutcomeInput, PositionInput } from './shapes.ts'
import { judgeSummary } from './summaries.ts'
import { countOwed, isAsked } from './voices.ts'

type Entered = { entry: EntryView; row: Row; space: SpaceView }

/** A decision that nobody else changes meanwhile. @throws Refusal 404, 422 */
export async function enterDecision(ctx: Ctx, id: string): Promise<Entered> {
  const entry = await enterEntry(ctx, id)
  if (!entry.decision) throw invalid('not_a_decision', 'There is nothing to be decided here.')
  return { entry, row: await rowOf(ctx, id), space: await findReadableSpace(ctx, entry.space) }
}

/** Takes a position, or another one than before, which needs a reason. @throws Refusal 403, 404, 409, 422 */
export async function takePosition(ctx: Ctx, id: string, { choice, reason }: PositionInput): Promise<EntryView> {
  const { entry, row, space } = await enterDecision(ctx, id)
  await demandVoice(ctx, row, space)
  const flaw = flawOf(row.method, row.options, choice)
  if (flaw) throw invalid(flaw, flaw === 'unknown_option' ? 'There is no such option.' : 'This is not what is asked: see how it is decided.')
  const plain = plainChoice(row.method, choice)
  const before = await ctx.db.selectFrom('decision_positions').select(['choice', 'reason', 'changes']).where('entry_id', '=', id).where('person_id', '=', ctx.actor.id).executeTakeFirst()
  const isOther = !!before && !isSame(row.method, before.choice, plain)
  const given = reason ?? (isOther ? '' : before?.reason ?? '')
  if (!given && (isOther || plain.objects?.length)) throw invalid('reason_needed', isOther ? 'Say why you change your position.' : 'Say why you object.')
  if (before && !isOther && given === before.reason) return entry
  await ctx.db.insertInto('decision_positions').values({ entry_id: id, person_id: ctx.actor.id, choice: JSON.stringify(plain), reason: given })
    .onConflict((c) => c.columns(['entry_id', 'person_id']).doUpdateSet({ choice: JSON.stringify(plain), reason: given, changes: (before?.changes ?? 0) + Number(isOther), at: sql`now()` })).execute()
  return positionChanged(ctx, entry)
}

/** Takes one's position back; one owes it again. @throws Refusal 403, 404, 409 */
export async function withdrawPosition(ctx: Ctx, id: string): Promise<EntryView> {
  const { entry, row, space } = await enterDecision(ctx, id)
  await demandVoice(ctx, row, space)
  const { numUpdatedRows } = await ctx.db.updateTable('decision_positions').set({ choice: null, reason: '', accepts: false, changes: sql`changes + 1`, at: sql`now()` })
    .where('entry_id', '=', id).where('person_id', '=', ctx.actor.id).where('choice', 'is not', null).executeTakeFirst()
  return numUpdatedRows ? positionChanged(ctx, entry) : entry
}

const isSame = (method: Row['method'], one: Choice | null, other: Choice) => !!one && JSON.stringify(plainChoice(method, one)) === JSON.stringify(other)

async function demandVoice(ctx: Ctx, row: Row, space: SpaceView): Promise<void> {
  allow(space.state === 'active', 'This space is archived: it can be read, but nobody writes in it.', 'archived')
  allow(await isAsked(ctx, row.entry_id), 'Others decide this: its members, or who was named.', 'not_asked')
  if (!isOpen(row)) throw votingClosed()
}

async function positionChanged(ctx: Ctx, { id, space }: EntryView): Promise<EntryView> {
  await judgeSummary(ctx, id)
  await emit(ctx, positionTaken, { space_id: space, entry_id: id }, {})
  return findEntry(ctx, id)
}

/** Changes what can be chosen while nobody has taken a position, or lets it close later, or be reviewed on another day. @throws Refusal 403, 404, 409, 422 */
export async function amend(ctx: Ctx, id: string, change: AmendInput): Promise<EntryView> {
  const { entry, row, space } = await enterDecision(ctx, id)
  allow(canAmend(ctx.actor, entry, space), 'Only who proposed this can change it.', 'authors_only')
  if (!isOpen(row)) throw votingClosed()
  const isTouched = Boolean(await ctx.db.selectFrom('decision_positions').select('entry_id').where('entry_id', '=', id).where('choice', 'is not', null).limit(1).executeTakeFirst())
  if (change.options) {
    if (isTouched) throw positionsTaken()
    await ctx.db.updateTable('decisions').set({ options: JSON.stringify(demandOptions(await numbered(ctx, row, change.options))) }).where('entry_id', '=', id).execute()
  }
  if (change.closes_at) {
    demandMoment(change.closes_at)
    if (isTouched && Date.parse(change.closes_at) < Date.parse(row.closes_at)) throw positionsTaken()
    await ctx.db.updateTable('decisions').set({ closes_at: change.closes_at, reminded_at: null }).where('entry_id', '=', id).execute()
    await queue(ctx, id, change.closes_at)
  }
  if (change.review_on) demandReview(change.review_on)
  if (change.review_on !== undefined) await ctx.db.updateTable('decisions').set({ review_on: change.review_on }).where('entry_id', '=', id).execute()
  await emit(ctx, decisionAmended, { space_id: entry.space, entry_id: id }, {})
  return findEntry(ctx, id)
}

// An option that is new gets a number that none has had, not even one that is gone: there may be arguments about it.
async function numbered(ctx: Ctx, { entry_id, options }: Row, wanted: { id?: string; text: string }[]) {
  if (wanted.some(({ id }, i) => id !== undefined && (!options.some((option) => option.id === id) || wanted.findIndex((one) => one.id === id) !== i)))
    throw invalid('unknown_option', 'There is no such option.')
  const argued = await ctx.db.selectFrom('decision_arguments').select('option_id').distinct().where('decision_id', '=', entry_id).execute()
  let last = Math.max(0, ...options.map(({ id }) => Number(id)), ...argued.map(({ option_id }) => Number(option_id)))
  return wanted.map(({ id, text }) => ({ id: id ?? String(++last), text }))
}

/**
 * Tells the outcome with its reason and what was rejected: once, after closing, or before where everybody has spoken. It says what was
 * counted; only between those that tied, or as the named decider, one chooses.
 * @throws Refusal 403, 404, 409, 422
 */
export async function conclude(ctx: Ctx, id: string, { option, reason, rejected }: OutcomeInput): Promise<EntryView> {
  const { entry, row, space } = await enterDecision(ctx, id)
  const decider = await actingDecider(ctx, row, entry.space)
  allow(canConclude(ctx.actor, entry, space, decider), 'The outcome is told by who decides, who proposed it, or a host.', 'not_yours_to_conclude')
  if (hasOutcome(row)) throw conflict('concluded_already', 'Somebody has told the outcome already. What was decided is changed by a new decision.')
  if (row.state === 'superseded') throw conflict('superseded_already', 'Another decision has taken the place of this one.')
  if (!reason) throw invalid('reason_needed', 'Say why.')
  if (option !== null && !row.options.some((one) => one.id === option)) throw invalid('unknown_option', 'There is no such option.')
  if (!decider && isOpen(row) && !(await isSpoken(ctx, id))) throw conflict('still_open', 'It is open until everybody has spoken, or until it closes.')
  const counted = row.counted ?? (await tally(ctx, row))
  if (!decider && !(counted.winner ? option === counted.winner : option === null || counted.tied.includes(option)))
    throw invalid('not_what_was_counted', 'The outcome is what was counted. Between those that tied you may choose; else nothing is decided.')
  await settle(ctx, row, entry.space, counted, option)
  await ctx.db.updateTable('decisions').set({ outcome: JSON.stringify({ option, reason, rejected }), outcome_by: ctx.actor.id, outcome_at: sql`now()` }).where('entry_id', '=', id).execute()
  await emit(ctx, outcomeTold, { space_id: entry.space, entry_id: id }, {})
  return findEntry(ctx, id)
}

async function isSpoken(ctx: Ctx, id: string): Promise<boolean> {
  const { owed, asked } = await countOwed(ctx, id)
  return asked > 0 && owed === 0
}
