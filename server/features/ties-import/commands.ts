import { sql } from 'kysely'
import { personJoined } from '../../core/people/events.ts'
import type { Ctx, Host } from '../../kernel/context.ts'
import { inTransaction, SYSTEM } from '../../kernel/context.ts'
import { emitHistory } from '../../kernel/events.ts'
import { newId } from '../../kernel/ids.ts'
import { cleanName } from '../../kernel/names.ts'
import { enqueue } from '../../kernel/jobs.ts'
import { type FileTie, readTies } from './read.ts'

export type Imported = { lines: number; ties: number; people: number; new_people: number }

const CHUNK = 5000

/**
 * Brings ties in from a list, such as the headers of a mail server: so that communities are found before anybody has
 * posted. Names that look like an address or a handle of somebody here are theirs; others become imported people, who
 * cannot sign in. The same list again changes nothing: what it says of a pair and week replaces what was imported before.
 * @param isOpen whether everybody in the network may read where the list comes from; else it counts on the map only
 */
export async function importTies(host: Host, path: string, isOpen = false): Promise<Imported> {
  const { ties, lines } = await readTies(path)
  const names = [...new Set(ties.flatMap(({ from, to }) => [from, to]))]
  return inTransaction(host, SYSTEM, async (ctx) => {
    const known = await findPeople(ctx, names)
    const missing = names.filter((name) => !known.has(name))
    for (let at = 0; at < missing.length; at += CHUNK) await addPeople(ctx, missing.slice(at, at + CHUNK), known)
    for (let at = 0; at < ties.length; at += CHUNK) await writeTies(ctx, ties.slice(at, at + CHUNK), known, isOpen)
    await enqueue(ctx.db, { name: 'find-communities' }, {}, { key: 'find-communities' })
    return { lines, ties: ties.length, people: names.length, new_people: missing.length }
  })
}

async function findPeople(ctx: Ctx, names: string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ name: string; id: string }>`
    select distinct on (n.name) n.name, coalesce(x.id, p.id) as id from unnest(${names}::text[]) n(name)
    left join external_ids x on x.source = 'ties' and x.kind = 'person' and x.external_id = n.name
    left join people p on lower(p.email) = lower(n.name) or p.handle = lower(n.name)
    where x.id is not null or p.id is not null order by n.name, x.id`.execute(ctx.db)
  return new Map(rows.map(({ name, id }) => [name, id]))
}

async function addPeople(ctx: Ctx, names: string[], known: Map<string, string>): Promise<void> {
  const people = names.map((name) => {
    const id = newId()
    return { name, id, profile: newId(), email: /^[^@\s]+@[^@\s]+$/.test(name) ? name : null, shown: shownAs(name), handle: handleOf(name, id) }
  })
  const column = (key: keyof (typeof people)[number]) => people.map((person) => person[key])
  const given = sql`unnest(${column('id')}::uuid[], ${column('profile')}::uuid[], ${column('name')}::text[], ${column('shown')}::text[], ${column('email')}::text[], ${column('handle')}::text[])
    as given (id, profile, name, shown, email, handle)`
  await sql`insert into people (id, kind, handle, name, email, role, state) select id, 'person', handle, shown, email, 'member', 'imported' from ${given}`.execute(ctx.db)
  await sql`insert into spaces (id, kind, visibility, name, owner_id, created_by, member_count) select profile, 'profile', 'open', shown, id, id, 1 from ${given}`.execute(ctx.db)
  await sql`insert into memberships (space_id, person_id, role, read_to) select profile, id, 'host', profile from ${given}`.execute(ctx.db)
  await sql`insert into external_ids (source, kind, external_id, id, digest) select 'ties', 'person', name, id, '' from ${given}`.execute(ctx.db)
  const at = new Date().toISOString()
  await emitHistory(ctx, people.map(({ id, profile }) => ({ type: personJoined.type, actor_id: null, data: {}, at, space_id: profile, person_id: id })))
  for (const { name, id } of people) known.set(name, id)
}

const shownAs = (name: string): string => cleanName(name.replace(/(?<=.)@.*/, '')).slice(0, 80).toWellFormed() || '?'

// The end of the id keeps handles apart that look alike.
const handleOf = (name: string, id: string): string =>
  `${name.replace(/@.*/, '').toLowerCase().replace(/[^a-z0-9._-]+/g, '-').replace(/^[^a-z0-9]+/, '').slice(0, 24) || 'p'}-${id.slice(-10)}`

async function writeTies(ctx: Ctx, ties: FileTie[], known: Map<string, string>, isOpen: boolean): Promise<void> {
  const given = sql`unnest(${ties.map((t) => known.get(t.from)!)}::uuid[], ${ties.map((t) => known.get(t.to)!)}::uuid[],
    ${ties.map((t) => t.week)}::date[], ${ties.map((t) => t.count)}::int[]) as given (f, t, w, n)`
  await sql`delete from ties using ${given} where from_id = f and to_id = t and week = w and kind = 'import' and open <> ${isOpen}::boolean`.execute(ctx.db)
  await sql`
    insert into ties (from_id, to_id, week, kind, open, count)
    select f, t, w, 'import', ${isOpen}::boolean, least(sum(n), 2000000000) from ${given}
    where f <> t and not exists (select from tie_choices c where c.person_id in (f, t) and not c.in_network) group by 1, 2, 3
    on conflict (from_id, week, to_id, kind, open) do update set count = excluded.count`.execute(ctx.db)
}
