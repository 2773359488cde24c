import { type RawBuilder, sql } from 'kysely'
import { findEntry } from '../../core/entries/queries.ts'
import { pageOfEntries } from '../../core/entries/reading.ts'
import type { EntryView } from '../../core/entries/schema.ts'
import { visibleEntries } from '../../core/entries/visibility.ts'
import { cardOf } from '../../core/people/queries.ts'
import type { PersonCard } from '../../core/people/schema.ts'
import { cardsOfSpaces, findReadableSpace } from '../../core/spaces/queries.ts'
import { mayMeet } from '../../core/spaces/visibility.ts'
import type { Ctx } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { cursorsOf, type PageQuery, uuidCursor, toPage } from '../../kernel/pages.ts'
import { canAmend, canConclude, canSupersede } from './policy.ts'
import { actingDecider, hasOutcome, isOpen, rowOf } from './rows.ts'
import { tally } from './settle.ts'
import type { DecisionFacts, DecisionView, PositionView } from './shapes.ts'
import { countOwed, isAsked } from './voices.ts'

export type RegisterQuery = PageQuery & { state?: DecisionFacts['state'] }

function register(ctx: Ctx, { limit, before, after, state }: RegisterQuery) {
  const cursor = uuidCursor(before ?? after)
  let query = visibleEntries(ctx).where('entries.kind', '=', 'decision').where('entries.state', '=', 'published').innerJoin('decisions as d', 'd.entry_id', 'entries.id')
    .orderBy('entries.id', 'desc').limit(limit + 1)
  if (state) query = query.where('d.state', '=', state)
  if (cursor) query = query.where('entries.id', '<', cursor)
  return query
}

/** The decisions of a space, the newest first. @throws Refusal 404 */
export async function listDecisions(ctx: Ctx, space: string, q: RegisterQuery) {
  const [page] = await Promise.all([
    pageOfEntries(ctx, register(ctx, q).where('entries.space_id', '=', space) as never, q.limit, { key: sql<string>`entries.id` }, (entry): EntryView => entry),
    findReadableSpace(ctx, space),
  ])
  return page
}

/** The decisions of all spaces that the actor may read, the newest first. */
export async function listAllDecisions(ctx: Ctx, q: RegisterQuery) {
  const page = await pageOfEntries(ctx, register(ctx, q) as never, q.limit, { key: sql<string>`entries.id` }, (entry): EntryView => entry)
  const spaces = await cardsOfSpaces(ctx, [...new Set(page.items.map(({ space }) => space))])
  return { ...page, items: page.items.flatMap((entry) => (spaces.has(entry.space) ? [{ ...entry, space_card: spaces.get(entry.space)! }] : [])) }
}

/** An entry that is a decision and was not removed. @throws Refusal 404 */
async function findOne(ctx: Ctx, id: string): Promise<EntryView> {
  const entry = await findEntry(ctx, id)
  if (!entry.decision) throw notFound()
  return entry
}

/** Of these people the cards that the actor may be shown there. */
async function cardsMet(ctx: Ctx, space: string, ids: string[]): Promise<PersonCard[]> {
  if (!ids.length) return []
  const rows = await ctx.db.selectFrom('people').crossJoin(sql<{ id: string }>`(select ${space}::uuid as id)`.as('at')).where('people.id', 'in', ids)
    .where(sql<boolean>`(people.id = ${ctx.actor.id} or ${mayMeet(ctx.actor, 'people.id', 'at.id')})`).select(cardOf('people').as('card')).orderBy('people.name').execute()
  return rows.map(({ card }) => card)
}

/** How the voices stand, and what the actor has to do with it. @throws Refusal 404 */
export async function findDecision(ctx: Ctx, id: string): Promise<DecisionView> {
  const entry = await findOne(ctx, id)
  const [row, space, asks, { owed }, mine, summary] = [
    await rowOf(ctx, id), await findReadableSpace(ctx, entry.space), await isAsked(ctx, id), await countOwed(ctx, id),
    await ctx.db.selectFrom('decision_positions').select(['choice', 'reason', 'changes', 'accepts']).where('entry_id', '=', id).where('person_id', '=', ctx.actor.id).executeTakeFirst(),
    await ctx.db.selectFrom('decision_summaries as s').where('s.entry_id', '=', id).select(['s.by_id', 's.at',
      sql<number>`(select count(*)::int from decision_positions p where p.entry_id = s.entry_id and p.accepts and p.choice is not null)`.as('accepted_by')]).executeTakeFirst(),
  ]
  const decider = await actingDecider(ctx, row, entry.space)
  const cards = new Map((await cardsMet(ctx, entry.space, [...(row.deciders ?? []), row.decider_id, row.outcome_by, summary?.by_id].flatMap((one) => one ?? []))).map((card) => [card.id, card]))
  const cardOr = (person: string | null | undefined) => (person ? cards.get(person) ?? null : null)
  const open = isOpen(row)
  const isReady = !open || decider !== null || (owed === 0 && (entry.decision?.taken ?? 0) > 0)
  return {
    deciders: row.deciders && row.deciders.flatMap((one) => cards.get(one) ?? []), decider: cardOr(row.decider_id), outcome_by: cardOr(row.outcome_by), count: row.counted ?? (await tally(ctx, row)),
    owed: open ? owed : 0, mine: mine ? { choice: mine.choice, reason: mine.reason, changes: mine.changes } : null,
    may: {
      speak: asks && open && space.state === 'active', conclude: isReady && !hasOutcome(row) && row.state !== 'superseded' && canConclude(ctx.actor, entry, space, decider),
      amend: open && canAmend(ctx.actor, entry, space), accept: open && !!mine?.choice,
      supersede: row.state !== 'open' && row.state !== 'superseded' && space.my.may_post && canSupersede(ctx.actor, entry, space, row.decider_id),
    },
    summary: summary ? { by: cardOr(summary.by_id), at: summary.at, accepts: !!mine?.accepts, accepted_by: summary.accepted_by } : null,
    weighed: await weighedIn(ctx, id),
  }
}

const MOST_WEIGHED = 1000

async function weighedIn(ctx: Ctx, id: string): Promise<string[]> {
  const rows = await ctx.db.selectFrom('argument_weights as w').innerJoin('decision_arguments as a', 'a.entry_id', 'w.entry_id')
    .where('a.decision_id', '=', id).where('w.person_id', '=', ctx.actor.id).select('w.entry_id').orderBy('w.entry_id', 'desc').limit(MOST_WEIGHED).execute()
  return rows.map(({ entry_id }) => entry_id)
}

/** Who says what, the newest first; guests are shown those whom they meet there. @throws Refusal 404 */
export async function listPositions(ctx: Ctx, id: string, { limit, before, after }: PageQuery) {
  const { space } = await findOne(ctx, id)
  const cursors = cursorsOf(ctx, `positions ${id}`)
  const from = cursors.open(before ?? after)
  let query = ctx.db.selectFrom('decision_positions as p').innerJoin('people', 'people.id', 'p.person_id').crossJoin(sql<{ id: string }>`(select ${space}::uuid as id)`.as('at'))
    .where('p.entry_id', '=', id).where('p.choice', 'is not', null).where(sql<boolean>`(people.id = ${ctx.actor.id} or ${mayMeet(ctx.actor, 'people.id', 'at.id')})`)
    .select(['p.person_id', 'p.choice', 'p.reason', 'p.changes', 'p.at', sql<string>`p.at::text`.as('sorted'), cardOf('people').as('person')])
    .orderBy('p.at', 'desc').orderBy('p.person_id').limit(limit + 1)
  if (from) query = query.where(sql<boolean>`(p.at < ${from[0]}::timestamptz or (p.at = ${from[0]}::timestamptz and p.person_id > ${from[1]}::uuid))`)
  return toPage(await query.execute(), limit, (row) => cursors.seal(row.sorted, row.person_id),
    ({ person, choice, reason, changes, at }): PositionView => ({ person, choice: choice!, reason, changes, at }))
}

export type ArgumentQuery = PageQuery & { option?: string; side?: 'for' | 'against' }

/** What speaks for the options and against them, first what most find weighty. @throws Refusal 404 */
export async function listArguments(ctx: Ctx, id: string, { limit, before, after, option, side }: ArgumentQuery) {
  await findOne(ctx, id)
  const cursors = cursorsOf(ctx, `arguments ${id} ${option ?? ''} ${side ?? ''}`)
  const from = cursors.open(before ?? after)
  const weight = sql<number>`(select count(*)::int from argument_weights aw where aw.entry_id = entries.id)`
  let query = visibleEntries(ctx).innerJoin('decision_arguments as a', 'a.entry_id', 'entries.id').where('a.decision_id', '=', id).where('entries.state', '=', 'published')
    .orderBy(weight, 'desc').orderBy('entries.id').limit(limit + 1)
  if (option) query = query.where('a.option_id', '=', option)
  if (side) query = query.where('a.side', '=', side)
  if (from) query = query.where(sql<boolean>`(${weight} < ${from[0]}::int or (${weight} = ${from[0]}::int and entries.id > ${from[1]}::uuid))`)
  const place: RawBuilder<string> = sql<string>`json_build_array(${weight}::text, entries.id)::text`
  const page = await pageOfEntries(ctx, query as never, limit, { key: place }, (entry): EntryView => entry)
  return { ...page, next: page.next && cursors.seal(...(JSON.parse(page.next) as [string, string])) }
}
