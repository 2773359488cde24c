import { sql } from 'kysely'
import type { RemoveHook } from '../../core/entries/hooks.ts'
import type { WrittenEntry } from '../../core/entries/parts.ts'
import { findEntry } from '../../core/entries/queries.ts'
import { findReadableSpace } from '../../core/spaces/queries.ts'
import { countReaders } from '../../core/spaces/readers.ts'
import type { Ctx } from '../../kernel/context.ts'
import { allow, conflict, invalid } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { enqueue } from '../../kernel/jobs.ts'
import { decisionAmended } from './events.ts'
import { canSupersede, FEWEST_OPTIONS, MOST_OPTIONS, type Option, remindAt } from './policy.ts'
import type { DecisionInput } from './shapes.ts'

/** The names of the jobs in jobs.ts. */
export const [CLOSING, REMINDING] = [{ name: 'close-decision' }, { name: 'remind-of-decision' }]

/** Keeps what is proposed with a decision that is being written. @throws Refusal 403, 404, 409, 422 */
export async function keepDecision(ctx: Ctx, entry: WrittenEntry, input: DecisionInput): Promise<void> {
  const options = demandOptions(input.options.map((text, i) => ({ id: String(i + 1), text })))
  demandMoment(input.closes_at)
  if (input.review_on) demandReview(input.review_on)
  const decider = input.method === 'decider' ? (input.decider ?? null) : null
  if (input.method === 'decider' && !decider) throw invalid('decider_needed', 'Say who decides this.')
  if (input.deciders && !input.deciders.length) throw invalid('decider_needed', 'Say who decides this, or leave it to the members of the space.')
  const named = [...new Set([...(input.deciders ?? []), ...(decider ? [decider] : [])])]
  if (named.length && (await countReaders(ctx, entry.space.id, named)) < named.length)
    throw invalid('cannot_decide_here', 'Only people who may read this space can decide something in it.')
  if (input.supersedes) await announceSuccessor(ctx, entry, input.supersedes)
  await ctx.db.insertInto('decisions').values({
    entry_id: entry.id, method: input.method, options: JSON.stringify(options), deciders: input.deciders ? [...new Set(input.deciders)] : null, decider_id: decider,
    closes_at: input.closes_at, zone: await zoneOf(ctx), review_on: input.review_on ?? null, supersedes: input.supersedes ?? null, superseded_by: null,
    reminded_at: null, closed_at: null, counted: null, outcome: null, outcome_by: null, outcome_at: null,
  }).execute()
  if (input.supersedes) await ctx.db.updateTable('decisions').set({ superseded_by: entry.id }).where('entry_id', '=', input.supersedes).execute()
  await queue(ctx, entry.id, input.closes_at)
}

/** Has it closed at its moment, and those who owe something reminded before; what was queued before is moved. */
export async function queue(ctx: Ctx, id: string, closesAt: string): Promise<void> {
  const closes = Date.parse(closesAt)
  await enqueue(ctx.db, CLOSING, { id }, { key: `close ${id}`, runAt: new Date(closes) })
  await enqueue(ctx.db, REMINDING, { id }, { key: `remind of ${id}`, runAt: new Date(remindAt(Date.now(), closes)) })
}

/** @throws Refusal 422 for what leaves nothing to choose */
export function demandOptions(options: Option[]): Option[] {
  if (options.some(({ text }) => !text)) throw invalid('empty_option', 'Each option needs some words.')
  if (options.length < FEWEST_OPTIONS) throw invalid('too_few_options', 'There is nothing to decide with fewer than two options.')
  if (options.length > MOST_OPTIONS) throw invalid('too_many_options', `At most ${MOST_OPTIONS} options can be compared.`)
  if (new Set(options.map(({ text }) => text.toLowerCase())).size < options.length) throw invalid('same_option', 'Two options say the same.')
  return options
}

const DAY = 86_400_000

/** @throws Refusal 422 */
export function demandMoment(at: string): void {
  const ahead = Date.parse(at) - Date.now()
  if (!(ahead > 0)) throw invalid('closes_in_past', 'It has to close at a moment that is still to come.')
  if (ahead > 2 * 366 * DAY) throw invalid('closes_too_late', 'A decision closes within two years.')
}

/** @throws Refusal 422 */
export function demandReview(on: string): void {
  const ahead = Date.parse(on) - Date.now()
  if (ahead < -DAY || ahead > 10 * 366 * DAY) throw invalid('review_out_of_reach', 'The review is on a day of the next ten years.')
}

async function zoneOf(ctx: Ctx): Promise<string> {
  const person = await ctx.db.selectFrom('people').select('time_zone').where('id', '=', ctx.actor.id).executeTakeFirst()
  return person?.time_zone || 'UTC'
}

/** What was decided shows from now on that somebody proposes to decide it anew; it holds until that is decided. */
async function announceSuccessor(ctx: Ctx, entry: WrittenEntry, id: string): Promise<void> {
  const old = await findEntry(ctx, id)
  if (!old.decision) throw invalid('not_a_decision', 'Only a decision can be decided anew.')
  if (old.space !== entry.space.id) throw invalid('decided_elsewhere', 'What was decided in another space is decided anew there.')
  const row = await ctx.db.selectFrom('decisions').select(['state', 'decider_id', 'superseded_by']).where('entry_id', '=', id).executeTakeFirstOrThrow()
  allow(canSupersede(ctx.actor, old, await findReadableSpace(ctx, old.space), row.decider_id), 'Who proposed or decided it, and hosts, put this to decision anew.', 'not_yours_to_supersede')
  if (row.state === 'open') throw conflict('still_open', 'This is not decided yet.')
  if (row.state === 'superseded') throw conflict('superseded_already', 'Another decision has taken the place of this one. Decide that one anew.')
  if (row.superseded_by && (await isPending(ctx, row.superseded_by))) throw conflict('successor_proposed', 'A new decision on this is proposed already.')
  await emit(ctx, decisionAmended, { space_id: old.space, entry_id: id }, {})
}

const isPending = async (ctx: Ctx, id: string): Promise<boolean> =>
  Boolean(await ctx.db.selectFrom('decisions').where('entry_id', '=', id).where(sql<boolean>`state = 'open'`).select('entry_id').executeTakeFirst())

/** What was proposed and is taken back takes the place of nothing. */
export const letGoOfSuccessor: RemoveHook = async (ctx, { id, space, kind }) => {
  if (kind !== 'decision') return
  const freed = await ctx.db.updateTable('decisions').set({ superseded_by: null }).where('superseded_by', '=', id).where('state', '<>', 'superseded').returning('entry_id').execute()
  for (const { entry_id } of freed) await emit(ctx, decisionAmended, { space_id: space, entry_id }, {})
}
