import { sql } from 'kysely'
import { enterEntry } from '../../core/entries/commands.ts'
import { findEntry } from '../../core/entries/queries.ts'
import type { EntryView } from '../../core/entries/schema.ts'
import { findReadableSpace } from '../../core/spaces/queries.ts'
import type { Ctx } from '../../kernel/context.ts'
import { allow, conflict, invalid, notFound } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { fingerprint, isSigned, signBlinded } from './blind.ts'
import { boxOf, lockBox, putIn } from './box.ts'
import { count } from './count.ts'
import { pollVoted, turnoutMoved } from './events.ts'
import { type Choice, flawOf, plainChoice, TURNOUT_STEP } from './policy.ts'
import { isOpen, isVoter, type Row, rowOf } from './rows.ts'
import type { BallotInput } from './shapes.ts'

/** An open poll in which the actor may vote, and which nobody else changes meanwhile. @throws Refusal 403, 404, 409, 422 */
async function enterPoll(ctx: Ctx, id: string): Promise<{ entry: EntryView; row: Row }> {
  const entry = await enterEntry(ctx, id)
  if (!entry.poll) throw invalid('not_a_poll', 'There is nothing to vote on here.')
  const space = await findReadableSpace(ctx, entry.space)
  demandActive(space)
  allow(await isVoter(ctx, space), 'Those vote who may answer here.', 'no_voter')
  const row = await rowOf(ctx, id)
  demandOpen(row)
  return { entry, row }
}

const demandActive = ({ state }: { state: string }): void => allow(state === 'active', 'This space is archived: it can be read, but nobody writes in it.', 'archived')

function demandOpen(row: Row): void {
  if (!isOpen(row)) throw conflict('poll_closed', 'This poll is closed.')
}

/** @throws Refusal 422 */
function plain({ method, options }: Row, choice: Choice): Choice {
  const flaw = flawOf(method, options, choice)
  if (flaw) throw invalid(flaw, flaw === 'unknown_option' ? 'There is no such option.' : 'This is not what is asked: see how many can be chosen.')
  return plainChoice(method, options, choice)
}

/** Votes by name, or otherwise than before. @throws Refusal 403, 404, 409, 422 */
export async function vote(ctx: Ctx, id: string, given: Choice): Promise<EntryView> {
  const { entry, row } = await enterPoll(ctx, id)
  if (row.anonymous) throw conflict('ballot_needed', 'This poll is anonymous. Get a ballot, and put it in without saying who you are.')
  const choice = JSON.stringify(plain(row, given))
  const before = await ctx.db.selectFrom('poll_votes').select('choice').where('entry_id', '=', id).where('person_id', '=', ctx.actor.id).executeTakeFirst()
  if (before && JSON.stringify(before.choice) === choice) return entry
  await ctx.db.insertInto('poll_votes').values({ entry_id: id, person_id: ctx.actor.id, choice })
    .onConflict((c) => c.columns(['entry_id', 'person_id']).doUpdateSet({ choice, at: sql`now()` })).execute()
  const votes = await ctx.db.selectFrom('poll_votes').select('choice').where('entry_id', '=', id).execute()
  const counted = count(row.method, row.options, votes.map((one) => one.choice))
  await ctx.db.updateTable('polls').set({ counted: JSON.stringify(counted), turnout: votes.length }).where('entry_id', '=', id).execute()
  await emit(ctx, pollVoted, { space_id: entry.space, entry_id: id }, {})
  return findEntry(ctx, id)
}

/**
 * Gives the actor their ballot for an anonymous poll: signs a token that only they know, once. Who asks again with the same one, because
 * the answer was lost, gets the same. @throws Refusal 403, 404, 409, 422
 */
export async function giveBallot(ctx: Ctx, id: string, blinded: Buffer): Promise<{ signature: string }> {
  const { row } = await enterPoll(ctx, id)
  if (!row.anonymous) throw conflict('no_ballot_needed', 'In this poll one votes by name.')
  const request = fingerprint(blinded)
  const before = await ctx.db.selectFrom('poll_ballots').select('request').where('entry_id', '=', id).where('person_id', '=', ctx.actor.id).executeTakeFirst()
  if (before && !before.request.equals(request)) throw conflict('ballot_given', 'You have got your ballot for this poll, and everybody gets one.')
  const { secret } = await ctx.db.selectFrom('poll_keys').select('secret').where('entry_id', '=', id).executeTakeFirstOrThrow()
  const signature = signBlinded(secret, blinded).toString('base64url')
  if (!before) await ctx.db.insertInto('poll_ballots').values({ entry_id: id, person_id: ctx.actor.id, request }).execute()
  return { signature }
}

/**
 * Puts an anonymous vote into the box: whoever holds a token that was signed has one. Nobody is known here, and must not be; without a
 * signature there is nothing here for anybody. @throws Refusal 404, 409, 422
 */
export async function castBallot(ctx: Ctx, id: string, { token, signature, chosen }: BallotInput): Promise<{ box: string }> {
  // visible: a signature was given to those who may read it
  const entry = await ctx.db.selectFrom('entries').innerJoin('polls', 'polls.entry_id', 'entries.id').select(['entries.space_id', 'polls.key']).where('entries.id', '=', id).executeTakeFirst()
  if (!entry?.key || !isSigned(entry.key, token, signature)) throw notFound()
  // What closes it comes to the box as well: it is open until this is done.
  await lockBox(ctx)
  // visible: as above
  const there = await ctx.db.selectFrom('entries').innerJoin('spaces', 'spaces.id', 'entries.space_id').select('spaces.state').where('entries.id', '=', id).where('entries.state', '=', 'published').executeTakeFirst()
  if (!there) throw notFound()
  demandActive(there)
  const row = await rowOf(ctx, id)
  demandOpen(row)
  const turnout = await putIn(ctx, id, token, plain(row, chosen))
  const told = turnout - (turnout % TURNOUT_STEP)
  if (told > row.turnout) {
    await ctx.db.updateTable('polls').set({ turnout: told }).where('entry_id', '=', id).execute()
    await emit(ctx, turnoutMoved, { space_id: entry.space_id, entry_id: id }, {})
  }
  return { box: await boxOf(ctx, id) }
}
