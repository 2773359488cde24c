import { sql } from 'kysely'
import type { EntryView } from '../../core/entries/schema.ts'
import { findEntry } from '../../core/entries/queries.ts'
import { inReadableSpace } from '../../core/spaces/visibility.ts'
import { tellWaiting } from '../../core/waiting/commands.ts'
import { defineWaiting } from '../../core/waiting/kinds.ts'
import { type Ctx, inTransaction, SYSTEM } from '../../kernel/context.ts'
import { allow, conflict } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { defineJob } from '../../kernel/jobs.ts'
import { demandReview } from './begin.ts'
import { enterDecision } from './commands.ts'
import { decisionReviewed } from './events.ts'
import { canReview } from './policy.ts'

// What was decided holds until it is decided anew; on its day somebody is to look whether it should.
const isDue = sql<boolean>`d.state = 'decided' and d.review_on <= (now() at time zone 'utc')::date`

/** Whose it is to look: who proposed it, who decided it alone, and who hosts its space. */
const reviewers = sql`select e.author_id as id union select d.decider_id
  union select m.person_id from memberships m where m.space_id = e.space_id and m.role = 'host'`

defineWaiting('decision_review', (ctx) => sql`
  select d.entry_id::text as id, d.review_on::timestamp at time zone 'utc' as at, e.space_id as space, array[e.author_id] as people, jsonb_build_object('title', e.title) as facts
  -- visible: inReadableSpace stands in the where clause
  from decisions d join entries e on e.id = d.entry_id and e.state = 'published'
  where ${isDue} and ${ctx.actor.id}::uuid in (${reviewers}) and ${inReadableSpace(ctx, 'e')(null as never)}
    -- not content: where nobody writes any more nothing is looked at again
    and exists (select from spaces sp where sp.id = e.space_id and sp.state = 'active')`)

/**
 * Says that what was decided was looked at and holds, and on which day it is looked at again.
 * @param next a day (YYYY-MM-DD) to come, or null
 * @throws Refusal 403, 404, 409, 422
 */
export async function review(ctx: Ctx, id: string, next: string | null): Promise<EntryView> {
  const { entry, row, space } = await enterDecision(ctx, id)
  allow(canReview(ctx.actor, entry, space, row.decider_id), 'Who proposed or decided it, and hosts, say that it still holds.', 'not_yours_to_review')
  if (row.state !== 'decided') throw conflict('nothing_to_review', 'Nothing that holds was decided here.')
  if (next) demandReview(next)
  await ctx.db.updateTable('decisions').set({ review_on: next, reviewed_at: sql`now()` }).where('entry_id', '=', id).execute()
  await emit(ctx, decisionReviewed, { space_id: entry.space, entry_id: id }, {})
  await tellReviewers(ctx, [id])
  return findEntry(ctx, id)
}

async function tellReviewers(ctx: Ctx, decisions: string[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`select distinct r.id from decisions d
    -- not content: only whose it is
    join entries e on e.id = d.entry_id cross join lateral (${reviewers}) r
    where d.entry_id = any (${decisions}::uuid[]) and r.id is not null`.execute(ctx.db)
  await tellWaiting(ctx, rows.map(({ id }) => id))
}

/** Just after midnight UTC: tells the browsers of those who are to look today. What waits is derived from its day, so nothing is lost without it. */
export const tellReviews = defineJob<object>('tell-decision-reviews', (host) => inTransaction(host, SYSTEM, async (ctx) => {
  const { rows } = await sql<{ id: string }>`select d.entry_id as id from decisions d where ${isDue} and d.review_on = (now() at time zone 'utc')::date limit 1000`.execute(ctx.db)
  await tellReviewers(ctx, rows.map(({ id }) => id))
}))
