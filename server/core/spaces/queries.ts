import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { allow, notFound } from '../../kernel/errors.ts'
import { cursorsOf, type PageQuery, toPage, uuidCursor } from '../../kernel/pages.ts'
import { timeOf } from '../../kernel/ids.ts'
import { cardOf, isCalled, visiblePeople } from '../people/queries.ts'
import type { PersonCard } from '../people/schema.ts'
import { unreadIn } from '../reads/queries.ts'
import { canManageSpace, canPost } from './policy.ts'
import type { Audience, SpaceCard, SpaceView } from './schema.ts'
import { listedSpaces, mayMeet, mayRead, visibleSpaces } from './visibility.ts'

/** What the audience of any space is made of, beside the space itself: asked once for a whole list. */
export type Surroundings = { network: string; everyone: number; imported: number; me: string }
type Around = Omit<Surroundings, 'me'>
/** The same as a column, for a statement that has to read anyway. */
export const aroundColumn = sql<Around>`(select json_build_object('network', coalesce((select name from network), ''),
  'everyone', n.people, 'imported', n.imported) from network_counts n)`
export async function surroundings(ctx: Ctx): Promise<Surroundings> {
  const { rows } = await sql<{ around: Around }>`select ${aroundColumn} as around`.execute(ctx.db)
  return { ...rows[0].around, me: ctx.actor.id }
}

type Basics = Pick<SpaceView, 'id' | 'kind' | 'visibility' | 'name' | 'member_count'> & { guest_count: number; others: PersonCard[] | null; /** false: the actor may know of it only */ may_read?: boolean }

/**
 * Who can read a space, as the colour and sentence need it. The number is that of `GET /entries/{id}/audience`: an open
 * space is read by everyone but guests, and by the guests who are in it. Whoever may not read a space is not told how many
 * are in it (0): who comes and goes there would show.
 */
export function audienceOf(space: Basics, around: Around): Audience {
  const names = space.kind === 'direct' ? (space.others ?? []).map((p) => p.name) : []
  const open = space.visibility === 'open'
  const isSealed = space.may_read === false
  const guests = isSealed ? 0 : space.guest_count
  const scope = space.kind === 'direct' ? (names.length ? 'few' : 'me') : guests ? 'partners' : open ? 'organisation' : 'space'
  return { scope, count: open ? around.everyone + guests : isSealed ? 0 : space.member_count, not_joined: open && space.kind !== 'direct' ? around.imported : 0, names, network: around.network }
}

export const cardOfSpace = (space: Basics, around: Around): SpaceCard =>
  ({ id: space.id, name: nameOf(space), kind: space.kind, visibility: space.visibility, audience: audienceOf(space, around) })

// A conversation has no name of its own: it is called by the other people in it.
const nameOf = (space: Pick<Basics, 'kind' | 'name' | 'others'>) =>
  space.kind === 'direct' ? (space.others ?? []).map((p) => p.name).join(', ') || space.name : space.name

/** The other people of a direct conversation, as a column. */
export const othersIn = (ctx: Ctx, space = 'spaces') => sql<PersonCard[] | null>`
  case when ${sql.ref(`${space}.kind`)} = 'direct' then (select json_agg(${cardOf('op')} order by op.name) from people op
    where op.id = any (${sql.ref(`${space}.participants`)}) and op.id <> ${ctx.actor.id}) end`

const columns = (ctx: Ctx) => [
  'spaces.id', 'spaces.kind', 'spaces.visibility', 'spaces.name', 'spaces.purpose', 'spaces.audience as audience_note', 'spaces.state',
  'spaces.member_count', 'spaces.guest_count', 'spaces.created_at',
  sql<string | null>`case when ${mayMeet(ctx.actor, 'spaces.created_by', 'spaces.id')} then spaces.created_by end`.as('created_by'),
  othersIn(ctx).as('others'), mayRead(ctx).as('may_read'), 'mine.role as my_role', 'mine.read_to',
  sql<boolean>`exists (select from join_requests r where r.space_id = spaces.id and r.person_id = ${ctx.actor.id})`.as('requested'),
  sql<boolean>`exists (select from space_invitations i where i.space_id = spaces.id and i.person_id = ${ctx.actor.id})`.as('invited'),
  // not content: how many ask
  sql<number>`(select count(*)::int from (select 1 from join_requests r where r.space_id = spaces.id limit 100) r)`.as('asking'),
  // not content: how many are invited
  sql<number>`(select count(*)::int from (select 1 from space_invitations r where r.space_id = spaces.id limit 1000) r)`.as('inviting'),
  // visible: a time, and only of spaces that are readable; the card of a closed space says nothing about its life
  sql<string | null>`case when ${mayRead(ctx)} then (select max_id.id from (select e.id from entries e
    where e.space_id = spaces.id order by e.id desc limit 1) max_id) end`.as('last_id'),
  sql<number>`coalesce(${unreadIn(ctx, 'spaces.id')}, 0)`.as('unread'),
] as const

const withMine = (ctx: Ctx, query: ReturnType<typeof listedSpaces>) =>
  query.leftJoin('memberships as mine', (join) => join.onRef('mine.space_id', '=', 'spaces.id').on('mine.person_id', '=', ctx.actor.id))
    .select(columns(ctx) as any) as any

type Row = Basics & Pick<SpaceView, 'purpose' | 'audience_note' | 'state' | 'created_at' | 'created_by'> & {
  may_read: boolean; my_role: 'host' | 'member' | null; read_to: string | null; requested: boolean; invited: boolean; last_id: string | null; unread: number; asking: number; inviting: number
}

export function showSpace(ctx: Ctx, row: Row, around: Surroundings): SpaceView {
  const { others, guest_count: _, may_read, my_role, read_to, requested, invited, last_id, unread, asking, inviting, ...space } = row
  const my = { role: my_role }
  const may_manage = canManageSpace(ctx.actor, row, my)
  return {
    ...space, member_count: may_read ? row.member_count : 0, name: nameOf(row), audience: audienceOf(row, around), people: others ?? [],
    last_activity_at: last_id ? new Date(timeOf(last_id)).toISOString() : row.created_at,
    my: {
      role: my_role, requested, invited, may_read, may_post: may_read && canPost(ctx.actor, row, my),
      may_manage, asking: may_manage ? asking : 0, inviting: may_manage ? inviting : 0, unread: Number(unread), read_to,
    },
  }
}

/** @throws Refusal 404 for a space that does not exist, is secret, or is not for this guest */
export async function findSpace(ctx: Ctx, id: string): Promise<SpaceView> {
  const [row, around] = await Promise.all([withMine(ctx, listedSpaces(ctx).where('spaces.id', '=', id)).executeTakeFirst(), surroundings(ctx)])
  if (!row) throw notFound()
  return showSpace(ctx, row, around)
}

/** A space whose content the actor may read. @throws Refusal 404 otherwise */
export async function findReadableSpace(ctx: Ctx, id: string): Promise<SpaceView> {
  const space = await findSpace(ctx, id)
  if (!space.my.may_read) throw notFound()
  return space
}

// What is empty sorts by its own beginning.
const lastIn = sql<string>`coalesce((select e.id from entries e where e.space_id = spaces.id order by e.id desc limit 1), spaces.id)`

/** `with`: those that the actor and this person are both in. */
export type SpaceFilter = PageQuery & { q?: string; mine?: boolean; with?: string; state?: 'active' | 'archived'; sort?: 'name' | 'activity' }

// Where one may not read, nothing shows when something was said: such spaces stand by the day they were opened.
const lastRead = (ctx: Ctx) => sql<string>`coalesce(case when ${mayRead(ctx)} then ${lastIn} end, spaces.id)::text`

/** The directory of communities, by name or by what moved last. */
export async function listSpaces(ctx: Ctx, filter: SpaceFilter) {
  const byActivity = filter.sort === 'activity'
  const sorted = byActivity ? lastRead(ctx) : sql<string>`lower(spaces.name)`
  const cursors = cursorsOf(ctx, `spaces ${filter.sort ?? 'name'}`)
  const after = cursors.open(filter.after ?? filter.before)
  let query = listedSpaces(ctx).where('spaces.kind', '=', 'community').where('spaces.state', '=', filter.state ?? 'active')
    .orderBy(sorted, byActivity ? 'desc' : 'asc').orderBy('spaces.id').limit(filter.limit + 1)
  if (filter.q) query = query.where(isCalled(sql`spaces.name || ' ' || spaces.purpose`, filter.q))
  // Who else is in a space is known to those who are in it.
  for (const id of filter.with ? [ctx.actor.id, filter.with] : filter.mine ? [ctx.actor.id] : [])
    query = query.where((eb) => eb.exists(eb.selectFrom('memberships as m').whereRef('m.space_id', '=', 'spaces.id').where('m.person_id', '=', id).select('m.space_id')))
  if (after) query = query.where(byActivity ? sql<boolean>`(${sorted} < ${after[0]} or (${sorted} = ${after[0]} and spaces.id > ${after[1]}::uuid))`
    : sql<boolean>`(lower(spaces.name), spaces.id) > (${after[0]}, ${after[1]}::uuid)`)
  const rows = (await withMine(ctx, query).select(sorted.as('sorted')).execute()) as (Row & { sorted: string })[]
  const around = await surroundings(ctx)
  return toPage(rows, filter.limit, (row) => cursors.seal(row.sorted, row.id), ({ sorted: _, ...row }) => showSpace(ctx, row, around))
}

/** Direct conversations of the actor, the newest activity first. */
export async function listConversations(ctx: Ctx, { limit, before, after }: PageQuery) {
  const cursor = uuidCursor(before ?? after)
  // visible: conversations of the actor's own memberships
  let query = visibleSpaces(ctx).where('spaces.kind', '=', 'direct').where((eb) => eb.exists(
    eb.selectFrom('memberships as m').whereRef('m.space_id', '=', 'spaces.id').where('m.person_id', '=', ctx.actor.id).select('m.space_id')))
    .orderBy(lastIn, 'desc').limit(limit + 1)
  if (cursor) query = query.where(sql<boolean>`${lastIn} < ${cursor}`)
  const rows = (await withMine(ctx, query as any).execute()) as Row[]
  const around = await surroundings(ctx)
  return toPage(rows, limit, (row) => row.last_id ?? row.id, (row) => showSpace(ctx, row, around))
}

const memberRows = (ctx: Ctx) => ctx.db.selectFrom('memberships').innerJoin('people', 'people.id', 'memberships.person_id')

/** Who is in a space, hosts first; only for those who may read it. */
export async function listMembers(ctx: Ctx, spaceId: string, { limit, after, before }: PageQuery) {
  await findReadableSpace(ctx, spaceId)
  const cursors = cursorsOf(ctx, `members ${spaceId}`)
  const from = cursors.open(after ?? before)
  let query = memberRows(ctx).where('memberships.space_id', '=', spaceId)
    .select(['people.id', 'memberships.role', 'memberships.created_at', cardOf('people').as('person'), sql<string>`lower(people.name)`.as('sorted')])
    .orderBy('memberships.role').orderBy(sql`lower(people.name)`).orderBy('people.id').limit(limit + 1)
  if (from) query = query.where(sql<boolean>`(memberships.role, lower(people.name), people.id) > (${from[0]}, ${from[1]}, ${from[2]}::uuid)`)
  return toPage(await query.execute(), limit, ({ role, sorted, id }) => cursors.seal(role, sorted, id),
    ({ person, role, created_at }) => ({ ...person, membership: { role, created_at } }))
}

/** Who asked to join, the oldest first; for hosts. */
export const listRequests = (ctx: Ctx, spaceId: string, query: PageQuery) => listAtTheDoor(ctx, spaceId, 'join_requests', query)

/** Who was invited and has not answered, the oldest first; for hosts. */
export const listInvited = (ctx: Ctx, spaceId: string, query: PageQuery) => listAtTheDoor(ctx, spaceId, 'space_invitations', query)

async function listAtTheDoor(ctx: Ctx, spaceId: string, door: 'join_requests' | 'space_invitations', { limit, after, before }: PageQuery) {
  const space = await findReadableSpace(ctx, spaceId)
  allow(canManageSpace(ctx.actor, space, space.my), 'Only the hosts of this space may do this.', 'hosts_only')
  const cursors = cursorsOf(ctx, `${door} ${spaceId}`)
  const from = cursors.open(after ?? before)
  let query = ctx.db.selectFrom(sql<{ space_id: string; person_id: string; created_at: string }>`${sql.table(door)}`.as('d')).innerJoin('people', 'people.id', 'd.person_id').where('d.space_id', '=', spaceId)
    .select(['people.id', 'd.created_at', sql<string>`d.created_at::text`.as('sorted'), cardOf('people').as('person')])
    .orderBy('d.created_at').orderBy('people.id').limit(limit + 1)
  // Guests who host meet who asks; whom others invited only where they know them.
  if (door === 'space_invitations' && ctx.actor.role === 'guest') query = query.where('people.id', 'in', visiblePeople(ctx).select('people.id'))
  if (from) query = query.where(sql<boolean>`(d.created_at, people.id) > (${from[0]}::timestamptz, ${from[1]}::uuid)`)
  return toPage(await query.execute(), limit, ({ sorted, id }) => cursors.seal(sorted, id), ({ person, created_at }) => ({ ...person, requested_at: created_at }))
}

/** Cards of the spaces that the actor may read, by id. */
export async function cardsOfSpaces(ctx: Ctx, ids: string[]): Promise<Map<string, SpaceCard>> {
  if (!ids.length) return new Map()
  const around = await surroundings(ctx)
  const rows = await visibleSpaces(ctx).where('spaces.id', 'in', ids)
    .select(['spaces.id', 'spaces.kind', 'spaces.visibility', 'spaces.name', 'spaces.member_count', 'spaces.guest_count', othersIn(ctx).as('others')]).execute()
  return new Map(rows.map((row) => [row.id, cardOfSpace(row, around)]))
}
