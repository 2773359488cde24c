import { type RawBuilder, sql } from 'kysely'
import { cardsOf } from '../../core/people/queries.ts'
import type { PersonCard } from '../../core/people/schema.ts'
import { cardOfSpace, othersIn, surroundings } from '../../core/spaces/queries.ts'
import { mayRead, visibleSpaces } from '../../core/spaces/visibility.ts'
import { findTieChoices, isInPicture, ownTies } from '../../core/ties/queries.ts'
import type { Ctx } from '../../kernel/context.ts'
import { TOGETHER } from '../../kernel/graph/predict.ts'
import { idFloor } from '../../kernel/ids.ts'
import { type PageQuery, toPage, uuidCursor } from '../../kernel/pages.ts'
import { colleagues, livelySpaces } from './beginning.ts'
import type { Suggestions } from './schema.ts'

const NEAR = 40
const DAYS = 365
const PEOPLE = 8
const SPACES = 5
const NAMED = 3
const DAY_MS = 86_400_000

/**
 * Whom to meet and where to join in, each with its reason. Reasons are made of what the actor may read, of their own
 * ties, and of communities they are part of: nothing else would be theirs to know.
 */
export async function suggest(ctx: Ctx): Promise<Suggestions> {
  if (!(await findTieChoices(ctx)).in_network) return { people: [], spaces: [], near: 'talk' }
  const { near, how } = await nearest(ctx)
  const [people, spaces] = [await suggestPeople(ctx, near), await suggestSpaces(ctx, near)]
  // Of whoever has had to do with nobody nothing is known, and there are other reasons.
  return near.length ? { people, spaces, near: how } : { people: [...people, ...(await colleagues(ctx, people))], spaces: await livelySpaces(ctx), near: how }
}

/**
 * Those the actor has most to do with: whom words of their own go to, or who answered them. Who only turned to them is nobody they talk
 * with: such people count until there are others.
 */
async function nearest(ctx: Ctx): Promise<{ near: string[]; how: 'talk' | 'named' }> {
  const { rows: all } = await sql<{ id: string; is_met: boolean }>`
    select id, exists (select from ties met where (met.from_id = ${ctx.actor.id} and met.to_id = t.id)
      or (met.to_id = ${ctx.actor.id} and met.from_id = t.id and met.open and met.kind <> 'mention')) as is_met from (
      select other as id, sum(ln(1 + count)) as n from ${ownTies(ctx)} own where week > current_date - ${DAYS}::int group by 1) t
    where ${isSuggestible(ctx, 't.id')} order by is_met desc, n desc, id limit ${NEAR}`.execute(ctx.db)
  const met = all.filter((row) => row.is_met)
  const rows = met.length ? met : all
  const known = await cardsById(ctx, rows.map((row) => row.id))
  return { near: rows.map((row) => row.id).filter((id) => known.has(id)), how: met.length ? 'talk' : 'named' }
}

/** Somebody else who is part of the picture; whom the actor may know of is asked where cards are made. */
const isSuggestible = (ctx: Ctx, person: string): RawBuilder<boolean> => sql<boolean>`(${sql.ref(person)} <> ${ctx.actor.id} and ${isInPicture(person)})`

type Candidate = { id: string; through: string[]; community: string[] | null }

async function suggestPeople(ctx: Ctx, near: string[]): Promise<Suggestions['people']> {
  const since = idFloor(Date.now() - DAYS * DAY_MS)
  // As kernel/graph/predict.ts has it, which is tried on real networks by `npm run bench suggestions`: who talks with everybody connects little.
  const { rows } = await sql<Candidate>`
    with near as (select * from unnest(${near}::uuid[]) n(id)),
    met as (
      select n.id as near, p.author_id as other from near n cross join lateral (
        -- visible: only what stands where the actor may read; of that the newest, so that what is said elsewhere pushes nothing out
        select e.parent_id from entries e join spaces s on s.id = e.space_id and ${mayRead(ctx, 's')}
        where e.author_id = n.id and e.id >= ${since} and e.parent_id is not null and e.state = 'published'
        -- visible: as above
        order by e.id desc limit 300) e join entries p on p.id = e.parent_id
      union
      select n.id, r.author_id from near n cross join lateral (
        -- visible: as above
        select h.id from entries h join spaces s on s.id = h.space_id and ${mayRead(ctx, 's')}
        where h.author_id = n.id and h.id >= ${since} and h.root_id is null and h.reply_count > 0
        -- visible: as above
        order by h.id desc limit 60) h join entries r on r.root_id = h.id and r.state = 'published'),
    through as (
      select other as id, array_agg(near order by degree, near) as through, sum(1.0 / degree)::float8 as score
      from (select near, other, count(*) over (partition by near) as degree from met where near <> other and ${isInPicture('met.other')}) m group by 1),
    together as (
      select m.person_id as id, min(c.words) as community, max(m.share) as share from community_members me
      join communities c on c.id = me.community_id join community_members m on m.community_id = c.id
      -- As the communities themselves: not for guests, and not before a search.
      where me.person_id = ${ctx.actor.id} and ${ctx.actor.role !== 'guest'}::boolean and exists (select from community_searches) group by 1)
    select c.id, c.through, c.community from (
      select coalesce(t.id, g.id) as id, coalesce(t.through, '{}') as through, g.community, coalesce(t.score, 0) * case when g.id is null then 1 else ${TOGETHER.times}::float8 end + case when g.id is null then 0 else ${TOGETHER.alone}::float8 end as score
      -- Of those that one acquaintance knows, everybody has too many.
      from through t full join together g on g.id = t.id where cardinality(t.through) >= 2 or g.share >= 0.3) c
    where not (c.id = any(${near}::uuid[])) and ${isSuggestible(ctx, 'c.id')} and ${isWanted(ctx, 'person', 'c.id')}
      -- Asked once for all: asked for each candidate it took most of the time.
      and c.id not in (select other from ${ownTies(ctx)} own)
    order by c.score desc, c.id limit ${PEOPLE}`.execute(ctx.db)
  const cards = await cardsById(ctx, rows.flatMap((row) => [row.id, ...row.through.slice(0, NAMED)]))
  // Also after a no, which is told to nobody.
  const asked = new Set((await ctx.db.selectFrom('introductions').select('to_id').where('from_id', '=', ctx.actor.id).execute()).map((row) => row.to_id))
  return rows.filter((row) => cards.has(row.id)).map(({ id, through, community }) => ({
    person: cards.get(id)!, introduction: asked.has(id) ? 'asked' : null,
    reasons: [
      ...(through.length ? [{ kind: 'through' as const, people: named(cards, through), count: through.length }] : []),
      ...(community ? [{ kind: 'community' as const, words: community }] : []),
    ],
  }))
}

const named = (cards: Map<string, PersonCard>, ids: string[]) => ids.slice(0, NAMED).flatMap((id) => cards.get(id) ?? [])

const isWanted = (ctx: Ctx, kind: 'person' | 'space', id: string): RawBuilder<boolean> => sql<boolean>`not exists (
  select from declined_suggestions ds where ds.person_id = ${ctx.actor.id} and ds.kind = ${kind} and ds.target_id = ${sql.ref(id)})`

async function cardsById(ctx: Ctx, ids: string[]): Promise<Map<string, PersonCard>> {
  return new Map((await cardsOf(ctx, [...new Set(ids)])).map((card) => [card.id, card]))
}

async function suggestSpaces(ctx: Ctx, near: string[]): Promise<Suggestions['spaces']> {
  if (!near.length) return []
  const rows = await visibleSpaces(ctx).where('spaces.kind', '=', 'community').where('spaces.state', '=', 'active')
    .where(sql<boolean>`not exists (select from memberships mm where mm.space_id = spaces.id and mm.person_id = ${ctx.actor.id})`)
    .where(isWanted(ctx, 'space', 'spaces.id'))
    .innerJoin('memberships as m', 'm.space_id', 'spaces.id').where('m.person_id', 'in', near)
    .groupBy('spaces.id').having((eb) => eb(eb.fn.countAll<number>(), '>=', 2))
    // Many of those one knows, in a space that is not simply everybody's.
    .orderBy(sql`count(*) / sqrt(greatest(spaces.member_count, 1))`, 'desc').orderBy('spaces.id').limit(SPACES)
    .select(['spaces.id', 'spaces.kind', 'spaces.visibility', 'spaces.name', 'spaces.purpose', 'spaces.member_count', 'spaces.guest_count', othersIn(ctx).as('others'),
      sql<string[]>`array_agg(m.person_id order by array_position(${near}::uuid[], m.person_id))`.as('people')]).execute()
  const cards = await cardsById(ctx, rows.flatMap((row) => row.people.slice(0, NAMED)))
  const around = await surroundings(ctx)
  return rows.map(({ people, purpose, ...row }) => ({ space: cardOfSpace(row, around), purpose, people: named(cards, people), count: people.length, writers: 0 }))
}

/** Introductions that wait for the actor's answer. */
export async function listIntroductions(ctx: Ctx, { limit, before, after }: PageQuery) {
  const cursor = uuidCursor(before ?? after)
  let query = ctx.db.selectFrom('introductions').selectAll().where((eb) => eb.or([
    eb.and([eb('through_id', '=', ctx.actor.id), eb('state', '=', 'asked')]), eb.and([eb('to_id', '=', ctx.actor.id), eb('state', '=', 'passed_on')]),
  ])).orderBy('id', 'desc').limit(limit + 1)
  if (cursor) query = query.where('id', '<', cursor)
  const { items: rows, next } = toPage(await query.execute(), limit, (row) => row.id, (row) => row)
  const cards = await cardsById(ctx, rows.flatMap((row) => [row.from_id, row.through_id, row.to_id]))
  const items = rows.filter((row) => [row.from_id, row.through_id, row.to_id].every((id) => cards.has(id))).map((row) => ({
    id: row.id, role: row.state === 'asked' ? 'through' as const : 'to' as const, note: row.note, created_at: row.created_at,
    from: cards.get(row.from_id)!, through: cards.get(row.through_id)!, to: cards.get(row.to_id)!,
  }))
  return { items, next }
}
