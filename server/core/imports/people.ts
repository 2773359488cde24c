import { hash } from 'node:crypto'
import { sql } from 'kysely'
import { personJoined } from '../people/events.ts'
import { isHere, takesPart } from '../people/taking-part.ts'
import type { Ctx } from '../../kernel/context.ts'
import { emitHistory } from '../../kernel/events.ts'
import { newId } from '../../kernel/ids.ts'
import { freeHandle } from './handles.ts'
import { inChunks, rowsOf } from '../../kernel/rows.ts'

/**
 * One of ours who stands for one of theirs. `proven`: it is certain that both are the same. `author`: under whose name what
 * they wrote is written; nobody's yet for those who have an account here (see stand-ins.ts).
 */
export type Person = { id: string; handle: string; email: string | null; active: boolean; proven: boolean; author: string | null }
export type People = Map<string, Person>

/** Somebody as an archive knows them, by their id there. */
export type ImportedPerson = {
  external_id: string
  kind: 'person' | 'bot'
  name: string
  handle: string
  email: string | null
  role: 'member' | 'guest'
  state: 'imported' | 'deactivated'
  title: string
  department: string
  pronouns: string
  time_zone: string
}
/** Whom an archive of one system knows, by their ids there. */
export type Listed = { source: string; people: Map<string, ImportedPerson> }

/** Stands in place of a digest while a person is known by an address that nobody has confirmed. */
const unproven = 'by address'

/**
 * Whether words of somebody of `people` are for people here to decide about: of those who take part or did, and of stand-ins;
 * not of those who came by an import and never came in.
 */
export const isOurs = sql<boolean>`(people.stands_for is not null or ${isHere()}
  or (not ${takesPart()} and (people.password_hash is not null or not exists (
    select from external_ids made where made.id = people.id and made.kind = 'person' and made.digest not in ('', ${unproven})))))`

const digestOf = ({ name, title, pronouns, time_zone, state, role, department }: ImportedPerson) => {
  const facts = [name, title, pronouns, time_zone, state, role, ...(department ? [department] : [])]
  return hash('sha256', JSON.stringify(facts), 'base64url').slice(0, 22)
}

/** Whether it is certain that an account's e-mail address is its own, and whose words may stand under their name at once. */
export type Trust = { address: (id: string) => boolean; words: (id: string) => boolean }

/**
 * Brings in people who are not here yet and finds those who are: imported before, or with the same e-mail address.
 * People who came by an import cannot sign in and are told nothing.
 * @returns also how many were added, and the handles of those found by their address
 */
export async function writePeople(ctx: Ctx, listed: Listed, trust: Trust) {
  const people: People = new Map()
  const wanted = [...listed.people.values()]
  const isMissing = (person: ImportedPerson) => !people.has(person.external_id)
  await findImported(ctx, listed, people, trust)
  await confirmPeople(ctx, listed, people, trust)
  const known = await findByAddress(ctx, listed, wanted.filter(isMissing), people, trust)
  const missing = wanted.filter(isMissing)
  await addPeople(ctx, listed, missing, people)
  await renamePeople(ctx, listed, wanted)
  return { people, added: missing.length, known }
}

async function findImported(ctx: Ctx, { source }: Listed, people: People, trust: Trust): Promise<void> {
  const rows = await ctx.db.selectFrom('external_ids').innerJoin('people', 'people.id', 'external_ids.id')
    .where('source', '=', source).where('external_ids.kind', '=', 'person')
    .select(['external_id', 'people.id', 'handle', sql<string | null>`lower(email)`.as('email'), 'state', 'external_ids.digest', isOurs.as('is_ours')]).execute()
  for (const { external_id, digest, ...row } of rows)
    people.set(external_id, { ...ofOurs(row, trust), proven: digest !== unproven })
}

type Ours = { id: string; handle: string; email: string | null; state: string; is_ours: boolean }
const ofOurs = ({ id, handle, email, state, is_ours }: Ours, trust: Trust) =>
  ({ id, handle, email, active: state === 'active', author: is_ours && !trust.words(id) ? null : id })

/**
 * Those whose address counts as their own now do so from now on: of those whom this archive lists with the address they have,
 * and of no other. What was said of one archive's addresses says nothing about another's.
 */
async function confirmPeople(ctx: Ctx, { source, people: theirs }: Listed, people: People, trust: Trust): Promise<void> {
  const listed = [...people].filter(([external, { email }]) => email && theirs.get(external)?.email?.toLowerCase() === email)
  const confirmed = listed.map(([, person]) => person).filter((person) => !person.proven && trust.address(person.id))
  for (const person of confirmed) person.proven = true
  const ids = confirmed.map((person) => person.id)
  if (!ids.length) return
  await ctx.db.updateTable('external_ids').set({ digest: '' })
    .where('source', '=', source).where('id', 'in', ids).execute()
}

async function findByAddress(ctx: Ctx, { source }: Listed, strangers: ImportedPerson[], people: People, trust: Trust): Promise<string[]> {
  const byAddress = new Map(strangers.flatMap((person) => (person.email ? [[person.email.toLowerCase(), person]] : [])))
  const known: string[] = []
  await inChunks([...byAddress.keys()], async (addresses) => {
    const rows = await ctx.db.selectFrom('people').where(sql<boolean>`lower(email) = any (${addresses}::text[])`)
      .select(['id', 'handle', 'state', sql<string>`lower(email)`.as('email'), isOurs.as('is_ours')]).execute()
    const found = rows.map((row) => {
      const ours = ofOurs(row, trust)
      const proven = !ours.active || trust.address(row.id)
      const { external_id } = byAddress.get(row.email)!
      people.set(external_id, { ...ours, proven })
      known.push(`@${row.handle}`)
      return { external_id, id: row.id, digest: proven ? '' : unproven }
    })
    await remember(ctx, source, found)
  })
  return known
}

const remember = (ctx: Ctx, source: string, rows: { external_id: string; id: string; digest: string }[]) => sql`
  insert into external_ids (source, kind, external_id, id, digest)
  select ${source}, 'person', external_id, id, digest from ${rowsOf(rows, 'external_id text, id uuid, digest text')}
  on conflict (source, kind, external_id) do update set id = excluded.id, digest = excluded.digest`.execute(ctx.db)

const columns = `external_id text, id uuid, profile uuid, kind text, handle text, name text, email text, role text,
  state text, pronouns text, title text, department text, time_zone text, stands_for uuid, at timestamptz`

async function addPeople(ctx: Ctx, { source }: Listed, missing: ImportedPerson[], people: People): Promise<void> {
  if (!missing.length) return
  const taken = await takenHandles(ctx)
  const rows = missing.map((person) => ({
    ...person, id: newId(), handle: freeHandle(person.handle, taken), digest: digestOf(person), stands_for: null,
  }))
  await insertPeople(ctx, rows)
  await inChunks(rows, (chunk) => remember(ctx, source, chunk))
  for (const { external_id, id, handle, email } of rows)
    people.set(external_id, { id, handle, email: email?.toLowerCase() ?? null, active: false, proven: true, author: id })
}

export const takenHandles = async (ctx: Ctx) =>
  new Set((await ctx.db.selectFrom('people').select('handle').execute()).map((row) => row.handle))

export type NewPerson = Omit<ImportedPerson, 'external_id'> & { id: string; stands_for: string | null }

/** Writes people who cannot sign in, each with a profile. */
export async function insertPeople(ctx: Ctx, people: NewPerson[]): Promise<void> {
  const at = new Date().toISOString()
  const fact = { type: personJoined.type, actor_id: null, data: {}, at }
  await inChunks(people.map((person) => ({ ...person, profile: newId(), at })), async (chunk) => {
    const given = rowsOf(chunk, columns)
    await sql`insert into people
        (id, kind, handle, name, email, role, state, pronouns, title, department, time_zone, stands_for, created_at)
      select id, kind, handle, name, email, role, state, pronouns, title, department, time_zone, stands_for, at
      from ${given}`.execute(ctx.db)
    await sql`insert into spaces (id, kind, visibility, name, owner_id, created_by, created_at, member_count)
      select profile, 'profile', 'open', name, id, id, at, (${takesPart('r')})::int from ${given}`.execute(ctx.db)
    await sql`insert into memberships (space_id, person_id, role, read_to, created_at)
      select profile, id, 'host', profile, at from ${given}`.execute(ctx.db)
    await emitHistory(ctx, chunk.map(({ id, profile }) => ({ ...fact, space_id: profile, person_id: id })))
  })
}

/** A newer export may know people by other names. Whoever has taken over their account since then has the last word. */
const renamePeople = (ctx: Ctx, { source }: Listed, wanted: ImportedPerson[]) => inChunks(wanted, async (chunk) => {
  const rows = chunk.map((person) => ({ ...person, digest: digestOf(person) }))
  await sql`
    with changed as (
      update external_ids x set digest = r.digest from ${rowsOf(rows, 'external_id text, digest text')}
      where x.source = ${source} and x.kind = 'person' and x.external_id = r.external_id
        and x.digest not in (r.digest, ${unproven}, '')
      returning x.id, x.external_id)
    update people p set name = r.name, title = r.title, pronouns = r.pronouns, time_zone = r.time_zone, state = r.state,
      role = r.role, department = r.department
    from ${rowsOf(rows, columns)} join changed c on c.external_id = r.external_id
    where p.id = c.id and p.password_hash is null and not ${isHere('p')}`.execute(ctx.db)
})
