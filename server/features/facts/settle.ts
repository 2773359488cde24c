import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { newId } from '../../kernel/ids.ts'
import { type Holding, keyOf, type Sighting, sideOf, standing, type Value, whatHolds } from './policy.ts'
import { MOST_SIDES } from './present.ts'

/** What a side is called outside: the same for the same, and nothing of its words. */
export const sideName = (value: Value | null, claim: string): string => createHash('sha256').update(sideOf(value, claim)).digest('base64url').slice(0, 16)

// The oldest sightings of a subject that thousands of people look at decide nothing any more.
const MOST = 2000

/** The subject of a space that these words name, made where there is none. The space is locked. */
export async function subjectOf(ctx: Ctx, space: string, about: string, place: string): Promise<string> {
  const key = `${keyOf(about)}\n${keyOf(place)}`
  const found = await ctx.db.selectFrom('fact_subjects').select('id').where('space_id', '=', space).where('key', '=', key).executeTakeFirst()
  if (found) return found.id
  const id = newId()
  await ctx.db.insertInto('fact_subjects').values({ id, space_id: space, key, fact_id: null, side: null, stale_at: null, changed: id, calm: null, calm_side: null }).execute()
  return id
}

/** Says anew what holds of a subject; the space is locked. Returns the fact that holds, if any is there. */
export async function settle(ctx: Ctx, id: string): Promise<string | null> {
  const holding = whatHolds(await sightingsOf(ctx, id))
  const before = await ctx.db.selectFrom('fact_subjects').select(['space_id', 'side', 'disputed', 'changed', 'calm', 'calm_side as calmSide']).where('id', '=', id).executeTakeFirstOrThrow()
  if (!holding) {
    await ctx.db.updateTable('fact_subjects').set({ about: '', place: '', fact_id: null, side: null, calm: null, calm_side: null, disputed: false, sure: 0, stale_at: null, sides: '[]', revision }).where('id', '=', id).execute()
    return null
  }
  const [first] = holding.sides
  const newest = await newestChange(ctx, before.space_id)
  const { calm, calmSide, changed, side, disputed } = standing<string | null>(before, holding, () => newId(newest))
  const { subject: about, place } = await ctx.db.selectFrom('facts').select(['subject', 'place']).where('entry_id', '=', first.fact).executeTakeFirstOrThrow()
  await ctx.db.updateTable('fact_subjects').set({
    about, place, fact_id: first.fact, side, disputed, calm, calm_side: calmSide, sure: holding.sure, stale_at: iso(holding.staleAt), sides: JSON.stringify(told(holding)), changed: changed!, revision,
  }).where('id', '=', id).execute()
  return first.fact
}

const revision = sql<number>`revision + 1`

const iso = (ms: number) => new Date(ms).toISOString()

const told = ({ sides }: Holding) => sides.slice(0, MOST_SIDES).map(({ fact, people, share, at, person }, n) => ({ n, fact, people, share, seen_at: iso(at), seen_by: person }))

async function newestChange(ctx: Ctx, space: string): Promise<string | null> {
  const row = await ctx.db.selectFrom('fact_subjects').select('changed').where('space_id', '=', space).orderBy('changed', 'desc').limit(1).executeTakeFirst()
  return row?.changed ?? null
}

/** Everything that was seen of a subject and is there. */
async function sightingsOf(ctx: Ctx, subject: string): Promise<Sighting[]> {
  // visible: in a space that was entered; what is made of it is shown only to those who may read that
  const there = ctx.db.selectFrom('facts as f').innerJoin('entries as e', 'e.id', 'f.entry_id').where('f.subject_id', '=', subject).where('e.state', '=', 'published')
  const said = await there.leftJoin('facts as o', 'o.entry_id', 'f.supersedes').orderBy('f.seen_at', 'desc').orderBy('f.entry_id').limit(MOST)
    .select(['f.entry_id', 'f.side', 'e.author_id', 'f.seen_at', 'f.confidence', 'f.valid_until', 'o.side as ends']).execute()
  const confirmed = await there.innerJoin('fact_confirmations as c', 'c.entry_id', 'f.entry_id').orderBy('c.seen_at', 'desc').orderBy('f.entry_id').orderBy('c.person_id').limit(MOST)
    .select(['f.entry_id', 'f.side', 'c.person_id', 'c.seen_at', 'f.confidence', 'f.valid_until']).execute()
  const until = ({ seen_at, valid_until }: { seen_at: string; valid_until: string | null }) => (valid_until && seen_at < valid_until ? Date.parse(valid_until) : null)
  return [
    ...said.map((row) => ({ fact: row.entry_id, side: row.side, person: row.author_id, at: Date.parse(row.seen_at), sure: row.confidence, until: until(row), ends: row.ends })),
    ...confirmed.map((row) => ({ fact: row.entry_id, side: row.side, person: row.person_id, at: Date.parse(row.seen_at), sure: row.confidence, until: until(row) })),
  ]
}
