import { sql } from 'kysely'
import { findKind } from '../../core/entries/kinds.ts'
import { runRestoreHooks } from '../../core/entries/hooks.ts'
import { type NewEntry, putEntries } from '../../core/entries/put.ts'
import { findEntry } from '../../core/entries/queries.ts'
import { allReasons, concernedBy } from '../../core/entries/reasons.ts'
import { personJoined } from '../../core/people/events.ts'
import { membershipJoined, spaceImported, spaceOpened } from '../../core/spaces/events.ts'
import { mayReadAs } from '../../core/spaces/visibility.ts'
import type { Ctx, Role } from '../../kernel/context.ts'
import type { Db } from '../../kernel/db.ts'
import { emit, emitHistory, type PastEvent } from '../../kernel/events.ts'
import { inChunks } from '../../kernel/rows.ts'
import { entryCorrected } from '../corrections/events.ts'
import { guides } from './cast.ts'
import { chance, type Company, positionBefore } from './company.ts'
import { historyOfDecisions, writeDecisions } from './decide.ts'
import { writeIdeas } from './ideas.ts'
import { historyOfPolls, writePolls } from './polls.ts'
import { writeTasks } from './tasks.ts'
import type { Entry, Owner, Space } from './told.ts'

const iso = (ms: number) => new Date(ms).toISOString()

/** Writes the company as if it had happened: with its own times, in the log as history, and nobody is told. */
export async function writeCompany(ctx: Ctx, company: Company, owner: Owner, anchor: number): Promise<void> {
  const memberships = membershipsOf(company, owner)
  await writePeople(ctx.db, company)
  await writeSpaces(ctx.db, company.spaces, memberships)
  await putEntries(ctx, rowsOfEntries(company), { quiet: true })
  await writeSightings(ctx, company)
  await writeCorrections(ctx.db, company)
  await writeDecisions(ctx, company, anchor)
  await writePolls(ctx, company, anchor)
  await writeIdeas(ctx, company.ideas, anchor)
  await writeTasks(ctx, company.tasks, anchor)
  await rememberThings(ctx.db, company)
  await emitHistory(ctx, [...historyOf(company, memberships), ...historyOfDecisions(company, anchor), ...historyOfPolls(company, anchor)].sort((a, b) => (a.at < b.at ? -1 : 1)))
  await notifyQuietly(ctx.db)
  // Who is connected now learns that there are spaces to fetch, and the owner that they are in some of them.
  for (const space of company.spaces) {
    if (space.unread !== null) await emit(ctx, membershipJoined, { space_id: space.id, person_id: owner.id }, { role: 'member' })
    if (space.unread !== null || space.kind !== 'direct') await emit(ctx, spaceImported, { space_id: space.id }, { visibility: space.visibility })
  }
}

async function writePeople(db: Db, { people }: Company): Promise<void> {
  await db.insertInto('people').values(people.map(({ id, kind, handle, name, role, pronouns, title, department, time_zone, about, ms }) => ({
    id, kind, handle, name, role, pronouns, title, department, time_zone, about, created_at: iso(ms), email: null, photo: null, password_hash: null,
  }))).execute()
}

type Membership = { space: Space; person: string; role: 'host' | 'member'; ms: number; read_to: string }

/** Everybody's membership, with what they have read: the owner as the script wishes, the others nearly everything. */
function membershipsOf({ people, spaces, entries }: Company, owner: Owner): Membership[] {
  const joined = new Map(people.map((p) => [p.id, p.ms]))
  const bySpace = Map.groupBy(entries, (e) => e.space)
  const left = new Map(people.flatMap(({ id, key }) => guides.filter((guide) => guide.key === key).map(({ part }) => [id, leftFor[part]] as const)))
  return spaces.flatMap((space) => {
    const inside = bySpace.get(space) ?? []
    const members = new Set(space.unread === null ? space.people : [...space.people, owner.id])
    return [...members].map((person): Membership => {
      const mine = person === owner.id ? space.unread! : left.get(person)?.(space) ?? unreadOf(space, person)
      const ms = Math.max(space.ms, joined.get(person) ?? 0)
      return { space, person, role: space.hosts.includes(person) ? 'host' : 'member', ms, read_to: positionBefore(inside, mine, person) }
    })
  })
}

// Those as whom one may look: much is left for one, little for another.
const MUCH = 7
const leftFor: Record<(typeof guides)[number]['part'], (space: Space) => number> = {
  host: ({ kind }) => (kind === 'profile' ? 0 : kind === 'direct' ? 1 : MUCH),
  member: ({ name }) => (name === 'New here' ? 1 : 0),
  guest: ({ kind }) => (kind === 'community' ? 2 : 0),
}

// Two of three are up to date; the others have a handful left, as people have.
const unreadOf = (space: Space, person: string) => {
  const roll = chance(`read ${space.name} ${person}`, 18)
  return roll < 6 && space.kind === 'community' ? roll + 1 : 0
}

async function writeSpaces(db: Db, spaces: Space[], memberships: Membership[]): Promise<void> {
  const sizes = Map.groupBy(memberships, (m) => m.space)
  await db.insertInto('spaces').values(spaces.map((space) => ({
    id: space.id, kind: space.kind, visibility: space.visibility, name: space.name, purpose: space.purpose, audience: space.audience,
    participants: space.kind === 'direct' ? space.people : null, owner_id: space.owner, created_by: space.owner ?? space.hosts[0] ?? space.people[0],
    created_at: iso(space.ms), member_count: sizes.get(space)!.length,
  }))).execute()
  await inChunks(memberships, (rows) => db.insertInto('memberships').values(rows.map(({ space, person, role, ms, read_to }) =>
    ({ space_id: space.id, person_id: person, role, read_to, created_at: iso(ms) }))).execute())
}

/** What they wrote, as of its authors: each feature takes what it keeps of it (mentions, topics) as it would from them. */
function rowsOfEntries({ entries, people }: Company): NewEntry[] {
  const roles = new Map<string, Role>(people.map((p) => [p.id, p.role]))
  return entries.map(({ id, space, kind, root, parent, author, title, body, ms, edited, reactions, fact }: Entry) => ({
    id, space, kind: findKind(kind)!, root, parent, title, body, writer: { id: author, role: roles.get(author)!, session: null }, created_at: iso(ms),
    edited_at: edited && iso(edited.ms), before: edited ? [{ title, body: edited.body, at: iso(ms) }] : [],
    more: fact ? findKind(kind)!.input!.parse({ ...fact, seen_at: iso(ms) }) : null,
    brought: { reactions: reactions.map((r) => ({ person: r.person, emoji: r.emoji, at: iso(r.ms) })) },
  }))
}

/** Who saw facts so, too; what holds is derived anew then, as after an entry that is there again. */
async function writeSightings(ctx: Ctx, { entries, people }: Company): Promise<void> {
  const roles = new Map<string, Role>(people.map((p) => [p.id, p.role]))
  for (const { id, author, seen } of entries.filter((entry) => entry.seen.length)) {
    await ctx.db.insertInto('fact_confirmations').values(seen.map(({ person, ms }) => ({ entry_id: id, person_id: person, seen_at: iso(ms) }))).execute()
    const asAuthor: Ctx = { ...ctx, actor: { id: author, role: roles.get(author)!, session: null } }
    await runRestoreHooks(asAuthor, await findEntry(asAuthor, id))
  }
}

const correctedIn = ({ entries }: Company) => entries.flatMap(({ edited, ...entry }) => (edited?.isCorrection ? [{ ...entry, edited }] : []))

/** What was wrong in what they wrote, beside the words of before in its history. */
async function writeCorrections(db: Db, company: Company): Promise<void> {
  await db.insertInto('corrections').values(correctedIn(company).map(({ id, author, edited: { ms, wrong, right } }) => (
    { entry_id: id, n: 1, what: 'correction' as const, by_id: author, at: iso(ms), wrong, correct: right, version: 1 }))).execute()
}

async function rememberThings(db: Db, { people, spaces, entries }: Company): Promise<void> {
  const of = (what: 'person' | 'space' | 'entry', rows: { id: string }[]) => rows.map(({ id }) => ({ id, what }))
  await inChunks([...of('person', people), ...of('space', spaces), ...of('entry', entries)], (rows) => db.insertInto('demo_things').values(rows).execute())
}

function historyOf(company: Company, memberships: Membership[]): PastEvent[] {
  const { people, spaces } = company
  return [
    ...correctedIn(company).map(({ id, space, author, edited }): PastEvent => ({ type: entryCorrected.type, space_id: space.id, entry_id: id, actor_id: author, data: { what: 'correction' }, at: iso(edited.ms) })),
    ...people.map((p): PastEvent => ({ type: personJoined.type, space_id: p.profile, person_id: p.id, actor_id: null, data: {}, at: iso(p.ms) })),
    ...spaces.filter((s) => s.kind !== 'profile').map((s): PastEvent => ({
      type: spaceOpened.type, space_id: s.id, actor_id: s.hosts[0] ?? s.people[0], data: { kind: s.kind, visibility: s.visibility }, at: iso(s.ms),
    })),
    ...memberships.filter((m) => m.space.kind !== 'profile').map((m): PastEvent => ({
      type: membershipJoined.type, space_id: m.space.id, person_id: m.person, actor_id: m.person, data: { role: m.role }, at: iso(m.ms),
    })),
  ]
}

// What inboxes would hold if it had all happened, for those who may read it. Nobody is told.
async function notifyQuietly(db: Db): Promise<void> {
  // not content: which entries are the sample company's, and whose
  const written = (column: string) => sql`array(select ${sql.ref(`w.${column}`)} from entries w join demo_things d on d.id = w.id order by w.id)`
  const concerned = concernedBy(allReasons().map((reason) => ({ reason, entries: written('id'), actors: written('author_id') })))
  await sql`
    insert into notifications (person_id, entry_id, root_id, space_id, reason, moment, created_at)
    select c.person_id, e.id, coalesce(e.root_id, e.id), e.space_id, c.reason, e.id, e.created_at from (${concerned}) c
    -- visible: each person's own right to read it stands in the where clause
    join entries e on e.id = c.entry_id join spaces s on s.id = e.space_id join people p on p.id = c.person_id
    where ${mayReadAs({ id: sql.ref('p.id'), guest: sql<boolean>`p.role = 'guest'` }, 's')} on conflict do nothing`.execute(db)
}
