import { sql } from 'kysely'
import { findEntry, readEntries, showEntry } from '../../core/entries/queries.ts'
import type { EntryView } from '../../core/entries/schema.ts'
import { visibleEntries } from '../../core/entries/visibility.ts'
import { cardOf } from '../../core/people/queries.ts'
import type { PersonCard } from '../../core/people/schema.ts'
import { findReadableSpace } from '../../core/spaces/queries.ts'
import { mayMeet } from '../../core/spaces/visibility.ts'
import type { Ctx } from '../../kernel/context.ts'
import { cursorsOf, type Page, type PageQuery, toPage, uuidCursor } from '../../kernel/pages.ts'
import { type Stage, VOICES } from './policy.ts'

const ideas = (ctx: Ctx) => visibleEntries(ctx).where('entries.kind', '=', 'idea').where('entries.state', '=', 'published').innerJoin('ideas as i', 'i.entry_id', 'entries.id')

/** Whether an idea that is still there was made of this. */
export const isMadeAlready = async (ctx: Ctx, from: string): Promise<boolean> =>
  Boolean(await ideas(ctx).where('i.from_id', '=', from).select('entries.id').executeTakeFirst())

export type IdeaQuery = PageQuery & { stage?: Stage | 'merged'; order: 'support' | 'age'; q?: string }
const MOST_WORDS = 8

/** The ideas of a space, of all stages or one, without those that were merged into another; most voices first, or the newest. @throws Refusal 404 */
export async function listIdeas(ctx: Ctx, space: string, { limit, before, after, stage, order, q = '' }: IdeaQuery): Promise<Page<EntryView>> {
  await findReadableSpace(ctx, space)
  const cursors = cursorsOf(ctx, `ideas ${space} ${order}`)
  let query = ideas(ctx).where('i.space_id', '=', space).where('i.merged_into', stage === 'merged' ? 'is not' : 'is', null).limit(limit + 1)
  if (stage && stage !== 'merged') query = query.where('i.stage', '=', stage)
  for (const word of q.trim().split(/\s+/).slice(0, MOST_WORDS)) if (word) query = query.where(sql<boolean>`concat_ws(' ', entries.title, entries.body) ilike ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`)
  const cursor = before ?? after
  if (order === 'age') {
    const from = uuidCursor(cursor)
    if (from) query = query.where('i.entry_id', '<', from)
    return toPage(await readEntries(ctx, query.orderBy('i.entry_id', 'desc') as any), limit, (row: any) => row.id, showEntry)
  }
  const from = cursors.open(cursor)
  if (from) query = query.where(sql<boolean>`(i.support, i.entry_id) < (${Number(from[0])}::int, ${from[1]}::uuid)`)
  const rows = await readEntries(ctx, query.orderBy('i.support', 'desc').orderBy('i.entry_id', 'desc') as any)
  return toPage(rows, limit, (row: any) => cursors.seal(String(row.idea.support), row.id), showEntry)
}

/** Those who support an idea, the first first: support is public to everybody who reads the space. */
export async function listSupporters(ctx: Ctx, id: string, { limit, before, after }: PageQuery): Promise<Page<PersonCard>> {
  const { kind, state, space } = await findEntry(ctx, id)
  if (kind !== 'idea' || state !== 'published') return { items: [], next: null }
  const cursors = cursorsOf(ctx, `supporters ${id}`)
  const from = cursors.open(before ?? after)
  let query = ctx.db.selectFrom('idea_supports as su').innerJoin('people', 'people.id', 'su.person_id').innerJoin('ideas as i', 'i.entry_id', 'su.idea_id').where('su.idea_id', '=', id)
    .where('i.space_id', '=', space).where(mayMeet(ctx.actor, 'su.person_id', 'i.space_id'))
    .select([cardOf('people').as('person'), 'people.id', sql<string>`su.at::text`.as('sorted')]).orderBy('su.at').orderBy('people.id').limit(limit + 1)
  if (from) query = query.where(sql<boolean>`(su.at, people.id) > (${from[0]}::timestamptz, ${from[1]}::uuid)`)
  return toPage(await query.execute(), limit, (row) => cursors.seal(row.sorted, row.id), ({ person }) => person)
}

/** The steps that an idea took, the newest first; what was said of how it worked is among them. */
export async function listSteps(ctx: Ctx, id: string, { limit, before, after }: PageQuery): Promise<Page<EntryView>> {
  await findEntry(ctx, id)
  const cursor = uuidCursor(before ?? after)
  let query = visibleEntries(ctx).innerJoin('idea_steps as st', 'st.entry_id', 'entries.id').where('st.idea_id', '=', id).where('entries.state', '=', 'published')
    .orderBy('entries.id', 'desc').limit(limit + 1)
  if (cursor) query = query.where('entries.id', '<', cursor)
  return toPage(await readEntries(ctx, query as any), limit, (row: any) => row.id, showEntry)
}

export type Voices = { left: number; of: number }

/** How many voices the actor has left in a space: those on ideas that ended have come back. @throws Refusal 404 */
export async function findVoices(ctx: Ctx, space: string): Promise<Voices> {
  await findReadableSpace(ctx, space)
  const { n } = await ideas(ctx).innerJoin('idea_supports as su', 'su.idea_id', 'i.entry_id').where('i.space_id', '=', space).where('su.person_id', '=', ctx.actor.id)
    .where('i.merged_into', 'is', null).where('i.stage', 'not in', ['adopted', 'declined']).select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
  return { left: Math.max(0, VOICES - Number(n)), of: VOICES }
}
