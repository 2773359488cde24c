import { sql } from 'kysely'
import { findEntry } from '../../core/entries/queries.ts'
import type { EntryView } from '../../core/entries/schema.ts'
import { cardOf } from '../../core/people/queries.ts'
import { findReadableSpace } from '../../core/spaces/queries.ts'
import { mayMeet } from '../../core/spaces/visibility.ts'
import type { Ctx } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { cursorsOf, type PageQuery, toPage } from '../../kernel/pages.ts'
import { boxOf } from './box.ts'
import { isOpen, isVoter, rowOf } from './rows.ts'
import type { PollView, VoteView } from './shapes.ts'

/** An entry that is a poll and was not removed. @throws Refusal 404 */
async function findOne(ctx: Ctx, id: string): Promise<EntryView> {
  const entry = await findEntry(ctx, id)
  if (!entry.poll) throw notFound()
  return entry
}

/** What the actor has to do with a poll. @throws Refusal 404 */
export async function findPoll(ctx: Ctx, id: string): Promise<PollView> {
  const entry = await findOne(ctx, id)
  const own = <Table extends 'poll_votes' | 'poll_ballots'>(table: Table) => ctx.db.selectFrom(table as 'poll_votes').where('entry_id', '=', id).where('person_id', '=', ctx.actor.id)
  const [row, space, mine, ballot] = await Promise.all([
    rowOf(ctx, id), findReadableSpace(ctx, entry.space), own('poll_votes').select('choice').executeTakeFirst(), own('poll_ballots').select('entry_id').executeTakeFirst(),
  ])
  const open = isOpen(row)
  // It is there for whoever looks, or that it comes would tell of the first vote.
  const box = open && row.anonymous ? await boxOf(ctx, id) : null
  return { mine: mine?.choice ?? null, ballot: !!ballot, key: open ? row.key : null, box, may: { vote: open && (await isVoter(ctx, space)) } }
}

/** Who chose what, the newest first; nobody where that is not told. Guests are shown those whom they meet there. @throws Refusal 404 */
export async function listVotes(ctx: Ctx, id: string, { limit, before, after }: PageQuery) {
  const { space, poll } = await findOne(ctx, id)
  const cursors = cursorsOf(ctx, `votes ${id}`)
  const from = cursors.open(before ?? after)
  let query = ctx.db.selectFrom('poll_votes as v').innerJoin('people', 'people.id', 'v.person_id').crossJoin(sql<{ id: string }>`(select ${space}::uuid as id)`.as('at'))
    .where('v.entry_id', '=', id).where(sql<boolean>`${poll!.count !== null}`).where(sql<boolean>`(people.id = ${ctx.actor.id} or ${mayMeet(ctx.actor, 'people.id', 'at.id')})`)
    .select(['v.person_id', 'v.choice', 'v.at', sql<string>`v.at::text`.as('sorted'), cardOf('people').as('person')])
    .orderBy('v.at', 'desc').orderBy('v.person_id').limit(limit + 1)
  if (from) query = query.where(sql<boolean>`(v.at < ${from[0]}::timestamptz or (v.at = ${from[0]}::timestamptz and v.person_id > ${from[1]}::uuid))`)
  return toPage(await query.execute(), limit, (row) => cursors.seal(row.sorted, row.person_id), ({ person, choice, at }): VoteView => ({ person, chosen: choice, at }))
}
