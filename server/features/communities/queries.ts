import { sql } from 'kysely'
import { cardsOf } from '../../core/people/queries.ts'
import { takesPart } from '../../core/people/taking-part.ts'
import { visibleSpaces } from '../../core/spaces/visibility.ts'
import { findTieChoices, isInPicture } from '../../core/ties/queries.ts'
import type { Ctx } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { neededFor } from './policy.ts'
import type { Community } from './schema.ts'

const SHOWN = 60
const SPACES = 3

/** Whoever turned to the others less often has only just begun. */
const OFTEN = 5

type Row = { id: string; words: string[]; since: string; space_id: string | null; people: string[]; takes_part: boolean }

/**
 * The communities of the actor, at most the twenty they are most part of, without those who left the picture. Nobody is shown
 * another one, whoever they are; guests are shown none, since communities come from spaces that they do not read.
 */
const mine = (ctx: Ctx) => sql<Row>`
  select c.id, c.words, c.born_at as since, c.space_id,
    (select coalesce(sum(t.count), 0) >= ${OFTEN} from ties t join community_members m on m.person_id = t.to_id and m.community_id = c.id where t.from_id = ${ctx.actor.id} and t.open) as takes_part,
    (select array_agg(m.person_id order by m.share desc, m.person_id) from community_members m where m.community_id = c.id and ${isInPicture('m.person_id')}) as people
  from communities c join community_members me on me.community_id = c.id and me.person_id = ${ctx.actor.id}
  where ${ctx.actor.role !== 'guest'}::boolean and exists (select from community_searches) and c.gone_at is null and ${isInPicture('me.person_id')} order by me.share desc, c.id limit 20`

export async function listCommunities(ctx: Ctx) {
  const { rows } = await mine(ctx).execute(ctx.db)
  const search = await ctx.db.selectFrom('community_searches').select('at').executeTakeFirst()
  const items = await Promise.all(rows.map((row) => show(ctx, row)))
  return { items, next: null, found_at: search?.at ?? null, in_network: (await findTieChoices(ctx)).in_network }
}

/** @throws Refusal 404 when the actor is not part of it */
export async function findCommunity(ctx: Ctx, id: string): Promise<Community> {
  const { rows } = await mine(ctx).execute(ctx.db)
  const row = rows.find((one) => one.id === id)
  if (!row) throw notFound()
  return show(ctx, row)
}

async function show(ctx: Ctx, { space_id, people, ...row }: Row): Promise<Community> {
  const shown = people.slice(0, SHOWN)
  const cards = new Map((await cardsOf(ctx, shown)).map((card) => [card.id, card]))
  const space = space_id ? await visibleSpaces(ctx).where('spaces.id', '=', space_id).select(['id', 'name']).executeTakeFirst() : null
  return { ...row, size: people.length, people: shown.flatMap((id) => cards.get(id) ?? []), space: space ?? null, spaces: await spacesOf(ctx, people), home: space ? null : await homeOf(ctx, row.id, people.length) }
}

/** Spaces the actor may read that at least half of these people are in, and not half of everybody; the most telling first. */
async function spacesOf(ctx: Ctx, people: string[]) {
  return visibleSpaces(ctx).where('spaces.kind', '=', 'community').where('spaces.state', '=', 'active')
    .where('spaces.member_count', '<=', sql<number>`(select count(*) / 2 from people where ${takesPart()})`)
    .innerJoin('memberships as m', 'm.space_id', 'spaces.id').where('m.person_id', 'in', people)
    .select(['spaces.id', 'spaces.name']).groupBy(['spaces.id', 'spaces.name'])
    .having((eb) => eb(eb.fn.countAll<number>(), '>=', Math.ceil(people.length / 2)))
    // A space that has little else in it says more than one that everybody is in.
    .orderBy(sql`count(*)::float / greatest(spaces.member_count, 1)`, 'desc').orderBy('spaces.id').limit(SPACES).execute()
}

async function homeOf(ctx: Ctx, community: string, size: number) {
  const home = await ctx.db.selectFrom('community_homes').selectAll().where('community_id', '=', community).executeTakeFirst()
  if (!home) return null
  const votes = await votesFor(ctx, community)
  const [by] = await cardsOf(ctx, [home.proposed_by])
  // Who proposed it may have left, or may not open spaces any more.
  if (!by || by.role === 'guest' || !votes.includes(by.id)) return null
  return {
    name: home.name, purpose: home.purpose, visibility: home.visibility, by, agreed: votes.length, needed: neededFor(size),
    mine: votes.includes(ctx.actor.id),
  }
}

/** Who of those that are still part of the community, and here, said yes; the first first. */
export async function votesFor(ctx: Pick<Ctx, 'db'>, community: string): Promise<string[]> {
  const rows = await ctx.db.selectFrom('community_home_votes as v').innerJoin('community_members as m', (join) =>
    join.onRef('m.community_id', '=', 'v.community_id').onRef('m.person_id', '=', 'v.person_id'))
    .where('v.community_id', '=', community).where(isInPicture('v.person_id')).select('v.person_id').orderBy('v.created_at').orderBy('v.person_id').execute()
  return rows.map((row) => row.person_id)
}
