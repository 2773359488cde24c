import { sql } from 'kysely'
import { visibleEntries } from '../../core/entries/visibility.ts'
import { findReadableSpace } from '../../core/spaces/queries.ts'
import type { Ctx } from '../../kernel/context.ts'
import { type Page, type PageQuery, toPage, uuidCursor } from '../../kernel/pages.ts'
import { presentOf } from './present.ts'
import type { Present } from './schema.ts'

export type FactQuery = PageQuery & { state?: 'holds' | 'disputed' | 'stale'; since?: string; q?: string }

const STATES = {
  holds: sql<boolean>`(not s.disputed and s.stale_at > now())`,
  disputed: sql<boolean>`s.disputed`,
  stale: sql<boolean>`(not s.disputed and s.stale_at <= now())`,
}
const MOST_WORDS = 8

/** What holds in a space, subject by subject; what changed last comes first, of what changed since some change the first of it. `position`: up to which change the actor has looked. @throws Refusal 404 */
export async function listFacts(ctx: Ctx, space: string, { limit, before, after, state, since, q = '' }: FactQuery): Promise<Page<Present> & { position: string | null }> {
  await findReadableSpace(ctx, space)
  const cursor = uuidCursor(before ?? after)
  let query = visibleEntries(ctx).innerJoin('fact_subjects as s', 's.fact_id', 'entries.id').where('s.space_id', '=', space)
    .select([presentOf(ctx.actor, 's').as('present'), 's.changed']).orderBy('s.changed', since ? 'asc' : 'desc').limit(limit + 1)
  if (state) query = query.where(STATES[state])
  if (since) query = query.where('s.changed', '>', since)
  if (cursor) query = query.where('s.changed', since ? '>' : '<', cursor)
  for (const word of q.trim().split(/\s+/).slice(0, MOST_WORDS)) if (word) query = query.where(sql<boolean>`concat_ws(' ', s.about, s.place, entries.title) ilike ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`)
  const page = toPage(await query.execute(), limit, ({ changed }) => changed, ({ present }) => present as Present)
  return { ...page, position: await findPosition(ctx, space) }
}

async function findPosition(ctx: Ctx, space: string): Promise<string | null> {
  const row = await ctx.db.selectFrom('fact_positions').select('seen_to').where('person_id', '=', ctx.actor.id).where('space_id', '=', space).executeTakeFirst()
  return row?.seen_to ?? null
}

/** Remembers for the actor alone up to which change of a space's facts they have looked; it only goes on. @throws Refusal 404 */
export async function lookedAt(ctx: Ctx, space: string, to: string): Promise<void> {
  await findReadableSpace(ctx, space)
  await ctx.db.insertInto('fact_positions').values({ person_id: ctx.actor.id, space_id: space, seen_to: to })
    .onConflict((c) => c.columns(['person_id', 'space_id']).doUpdateSet({ seen_to: sql`greatest(fact_positions.seen_to, excluded.seen_to)` })).execute()
}
