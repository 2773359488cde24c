import { hash } from 'node:crypto'
import { sql } from 'kysely'
import { personJoined } from '../../core/people/events.ts'
import type { Ctx } from '../../kernel/context.ts'
import { emitHistory } from '../../kernel/events.ts'
import { newId } from '../../kernel/ids.ts'
import type { Directory, SlackPerson } from './directory.ts'
import { freeHandle } from './handles.ts'

/** One of ours who stands for one of theirs. `proven`: it is certain that both are the same. */
export type Person = { id: string; handle: string; active: boolean; proven: boolean }
export type People = Map<string, Person>

export const inChunks = async <T>(rows: T[], write: (rows: T[]) => Promise<unknown>, size = 1000): Promise<void> => {
  for (let from = 0; from < rows.length; from += size) await write(rows.slice(from, from + size))
}

/** Rows as a table for a statement: `from ${rowsOf(rows, 'id uuid, name text')} as r`. */
export const rowsOf = (rows: object[], columns: string, alias = 'r') =>
  sql`json_to_recordset(${JSON.stringify(rows)}::json) as ${sql.raw(`${alias}(${columns})`)}`

const digestOf = ({ name, title, pronouns, time_zone, state, role }: SlackPerson) =>
  hash('sha256', JSON.stringify([name, title, pronouns, time_zone, state, role]), 'base64url').slice(0, 22)

/**
 * Brings in people who are not here yet and finds those who are: imported before, or with the same e-mail address.
 * People who came by an import cannot sign in and are told nothing.
 * @param trusted an account whose address is certainly its own (whoever imports holds the whole archive anyway)
 * @param confirmed somebody vouches for the addresses of all accounts that are here already
 */
export async function writePeople(ctx: Ctx, directory: Directory, trusted: string | null, confirmed: boolean): Promise<{ people: People; added: number; known: string[] }> {
  const people: People = new Map()
  const wanted = [...directory.people.values()]
  await findImported(ctx, people)
  const strangers = wanted.filter((person) => !people.has(person.external_id))
  const known = await findByAddress(ctx, strangers, people, (id) => confirmed || id === trusted)
  const missing = strangers.filter((person) => !people.has(person.external_id))
  await addPeople(ctx, missing, people)
  await renamePeople(ctx, wanted)
  return { people, added: missing.length, known }
}

async function findImported(ctx: Ctx, people: People): Promise<void> {
  const rows = await ctx.db.selectFrom('external_ids').innerJoin('people', 'people.id', 'external_ids.id')
    .where('source', '=', 'slack').where('external_ids.kind', '=', 'person')
    .select(['external_id', 'people.id', 'handle', 'state', 'external_ids.digest']).execute()
  // Without a digest it was found by its address, and nobody has confirmed that yet.
  for (const { external_id, id, handle, state, digest } of rows)
    people.set(external_id, { id, handle, active: state === 'active', proven: digest !== unproven })
}

/** Stands in place of a digest while a person is known by an address that nobody has confirmed. */
const unproven = 'by address'

async function findByAddress(ctx: Ctx, strangers: SlackPerson[], people: People, isSure: (id: string) => boolean): Promise<string[]> {
  const byAddress = new Map(strangers.filter((person) => person.email).map((person) => [person.email!.toLowerCase(), person]))
  const known: string[] = []
  await inChunks([...byAddress.keys()], async (addresses) => {
    const rows = await ctx.db.selectFrom('people').where(sql<boolean>`lower(email) = any (${addresses}::text[])`)
      .select(['id', 'handle', 'state', sql<string>`lower(email)`.as('address')]).execute()
    const found = rows.map((row) => ({ ...row, external_id: byAddress.get(row.address)!.external_id, proven: row.state !== 'active' || isSure(row.id) }))
    for (const { external_id, id, handle, state, proven } of found) {
      people.set(external_id, { id, handle, active: state === 'active', proven })
      known.push(`@${handle}`)
    }
    await remember(ctx, found.map(({ external_id, id, proven }) => ({ external_id, id, digest: proven ? '' : unproven })))
  })
  return known
}

const remember = (ctx: Ctx, rows: { external_id: string; id: string; digest: string }[]) => sql`
  insert into external_ids (source, kind, external_id, id, digest)
  select 'slack', 'person', external_id, id, digest from ${rowsOf(rows, 'external_id text, id uuid, digest text')}
  on conflict (source, kind, external_id) do update set id = excluded.id, digest = excluded.digest`.execute(ctx.db)

/** From now on the addresses of accounts that were here before count as confirmed. */
export async function confirmAddresses(ctx: Ctx, people: People, only: string | null): Promise<void> {
  await ctx.db.updateTable('external_ids').set({ digest: '' }).where('source', '=', 'slack').where('kind', '=', 'person').where('digest', '=', unproven)
    .$if(only !== null, (query) => query.where('id', '=', only!)).execute()
  for (const person of people.values()) if (only === null || person.id === only) person.proven = true
}

async function addPeople(ctx: Ctx, missing: SlackPerson[], people: People): Promise<void> {
  if (!missing.length) return
  const taken = new Set((await ctx.db.selectFrom('people').select('handle').execute()).map((row) => row.handle))
  const at = new Date().toISOString()
  const rows = missing.map((person) => ({ ...person, id: newId(), profile: newId(), handle: freeHandle(person.handle, taken), digest: digestOf(person), at }))
  await inChunks(rows, async (chunk) => {
    await sql`insert into people (id, kind, handle, name, email, role, state, pronouns, title, time_zone, created_at)
      select id, kind, handle, name, email, role, state, pronouns, title, time_zone, at from ${rowsOf(chunk,
        'id uuid, kind text, handle text, name text, email text, role text, state text, pronouns text, title text, time_zone text, at timestamptz')}`.execute(ctx.db)
    const profiles = rowsOf(chunk, 'id uuid, profile uuid, name text, at timestamptz')
    await sql`insert into spaces (id, kind, visibility, name, owner_id, created_by, created_at, member_count)
      select profile, 'profile', 'open', name, id, id, at, 1 from ${profiles}`.execute(ctx.db)
    await sql`insert into memberships (space_id, person_id, role, read_to, created_at) select profile, id, 'host', profile, at from ${profiles}`.execute(ctx.db)
    await remember(ctx, chunk)
    await emitHistory(ctx, chunk.map(({ id, profile }) => ({ type: personJoined.type, space_id: profile, person_id: id, actor_id: null, data: {}, at })))
  })
  for (const { external_id, id, handle } of rows) people.set(external_id, { id, handle, active: false, proven: true })
}

/** A newer export may know people by other names. Whoever has taken over their account since then has the last word. */
const renamePeople = (ctx: Ctx, wanted: SlackPerson[]) => inChunks(wanted, async (chunk) => {
  const rows = chunk.map((person) => ({ ...person, digest: digestOf(person) }))
  await sql`with changed as (
      update external_ids x set digest = r.digest
      from ${rowsOf(rows, 'external_id text, digest text')}
      where x.source = 'slack' and x.kind = 'person' and x.external_id = r.external_id and x.digest not in (r.digest, ${unproven}, '')
      returning x.id, x.external_id)
    update people p set name = r.name, title = r.title, pronouns = r.pronouns, time_zone = r.time_zone, state = r.state, role = r.role
    from changed c join ${rowsOf(rows, 'external_id text, name text, title text, pronouns text, time_zone text, state text, role text')} on r.external_id = c.external_id
    where p.id = c.id and p.password_hash is null and p.state in ('imported', 'deactivated')`.execute(ctx.db)
})
