import { sql } from 'kysely'
import { isHere, takesPart } from '../../core/people/taking-part.ts'
import { membershipJoined, membershipLeft } from '../../core/spaces/events.ts'
import { requestJoin } from '../../core/spaces/requests.ts'
import type { Ctx } from '../../kernel/context.ts'
import { emit, emitHistory } from '../../kernel/events.ts'
import { newId } from '../../kernel/ids.ts'
import type { Tally } from './report.ts'
import { inChunks, rowsOf } from '../../kernel/rows.ts'
import type { Place } from './target.ts'
import type { People } from '../../core/imports/people.ts'

/** Anybody may write any address into their profile. What is private waits until somebody confirms it as theirs. */
export function withheldFrom(members: string[], people: People): string[] {
  const doubtful = new Set([...people.values()].filter((person) => !person.proven).map((person) => person.id))
  return members.filter((id) => doubtful.has(id))
}

/**
 * Brings in who is a member in this export and was none in the last: whom somebody has put out here stays out. Who left
 * the channel since then goes, unless they have taken over their account.
 *
 * An archive decides who is in a private space only when it brings the space along. From then on who is in it is decided
 * here: whom a later archive names asks its hosts, but for those who were kept back then and are confirmed by now, as long as
 * nobody takes part in it. Nor does a later one put anybody out of a space in which somebody does.
 * @returns how many came in
 */
export async function letIn(ctx: Ctx, place: Place, members: string[], people: People, tally: Tally): Promise<number> {
  const { id, visibility, kind } = place
  const before = await ctx.db.selectFrom('slack_spaces').select(['members', 'withheld']).where('space_id', '=', id).executeTakeFirst()
  const old = new Set(before?.members)
  const kept = new Set(visibility === 'open' ? [] : withheldFrom(members, people))
  if (kept.size) tally.lose('withheld', '', kept.size)
  const entering = members.filter((id) => !kept.has(id))
  const fresh = entering.filter((id) => !old.has(id))
  const owed = new Set(place.isLivedIn ? [] : before?.withheld)
  const isSettled = before !== undefined && visibility !== 'open'
  const coming = visibility === 'open' ? await welcomeIn(ctx, place, fresh, tally) : isSettled ? fresh.filter((id) => owed.has(id)) : fresh
  const joined = await join(ctx, place, coming, people, before === undefined)
  // A conversation is sealed: nobody can be let into it.
  if (isSettled && kind !== 'direct') await askHosts(ctx, place, fresh.filter((id) => !owed.has(id)), tally)
  await dropGone(ctx, place, [...old].filter((id) => !members.includes(id)), tally)
  const withheld = [...kept].filter((id) => !before || before.withheld.includes(id))
  await sql`insert into slack_spaces (space_id, members, withheld) values (${id}, ${entering}::uuid[], ${withheld}::uuid[])
    on conflict (space_id) do update set members = excluded.members, withheld = excluded.withheld`.execute(ctx.db)
  await sql`update spaces set member_count = (select count(*) from memberships m join people p on p.id = m.person_id
    where m.space_id = ${id} and ${takesPart('p')}) where id = ${id}`.execute(ctx.db)
  return joined
}

/** Of these people those whom an open space takes without a host: no guest who is here already, nobody whom hosts took out. */
async function welcomeIn(ctx: Ctx, { id }: Place, fresh: string[], tally: Tally): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select p.id from people p where p.id = any (${fresh}::uuid[])
    and not (p.role = 'guest' and ${isHere('p')})
    and not exists (select from space_removals r where r.space_id = ${id} and r.person_id = p.id)`.execute(ctx.db)
  if (rows.length < fresh.length) tally.lose('kept_out', '', fresh.length - rows.length)
  return rows.map((row) => row.id)
}

/** Asks the hosts of a space about people who are not in it; not about those who are gone. */
async function askHosts(ctx: Ctx, { id }: Place, fresh: string[], tally: Tally): Promise<void> {
  const { rows } = await sql<{ id: string }>`select p.id from people p where p.id = any (${fresh}::uuid[])
    and ${takesPart('p')} and not exists (select from memberships m where m.space_id = ${id} and m.person_id = p.id)
    order by p.id`.execute(ctx.db)
  for (const person of rows) if (await requestJoin(ctx, id, person.id)) tally.lose('join_requests', '')
}

async function join(ctx: Ctx, place: Place, fresh: string[], people: People, isNew: boolean): Promise<number> {
  const { id: space_id, kind, channel } = place
  const host = isNew && kind === 'community' && channel.creator ? people.get(channel.creator)?.id : null
  const active = new Set([...people.values()].filter((person) => person.active).map((person) => person.id))
  const at = channel.created_at
  let joined = 0
  await inChunks(fresh, async (chunk) => {
    const rows = chunk.map((person_id) => ({ person_id, role: person_id === host ? 'host' : 'member' }))
    // Read up to now: nothing of what comes is new to anybody.
    const { rows: made } = await sql<{ person_id: string; role: 'host' | 'member' }>`
      insert into memberships (space_id, person_id, role, read_to, created_at)
      select ${space_id}, person_id, role, ${newId()}, ${at} from ${rowsOf(rows, 'person_id uuid, role text')}
      on conflict do nothing returning person_id, role`.execute(ctx.db)
    joined += made.length
    await sql`delete from join_requests where space_id = ${space_id} and person_id = any (${chunk}::uuid[])`.execute(ctx.db)
    await emitHistory(ctx, made.filter((m) => !active.has(m.person_id)).map(({ person_id, role }) =>
      ({ type: membershipJoined.type, space_id, person_id, actor_id: person_id, data: { role }, at })))
    // Who may be connected right now must begin to receive what is said there.
    for (const { person_id, role } of made)
      if (active.has(person_id)) await emit(ctx, membershipJoined, { space_id, person_id }, { role })
  })
  return joined
}

async function dropGone(ctx: Ctx, place: Place, gone: string[], tally: Tally): Promise<void> {
  if (!gone.length || place.kind === 'direct') return
  const theirs = sql`m.person_id = p.id and m.space_id = ${place.id} and m.person_id = any (${gone}::uuid[]) and not ${isHere('p')}`
  if (!place.isLivedIn) return void (await sql`delete from memberships m using people p where ${theirs}`.execute(ctx.db))
  const { rows } = await sql<{ handle: string }>`select p.handle from memberships m, people p where ${theirs} order by p.handle`.execute(ctx.db)
  for (const { handle } of rows) tally.lose('kept_members', place.visibility === 'open' ? `@${handle}: ${place.channel.name}` : '')
}

/** Puts out everybody but these; they receive nothing more of the space from this fact on. */
export async function letOut(ctx: Ctx, { id: space_id }: Place, members: string[]): Promise<void> {
  const { rows } = await sql<{ person_id: string }>`delete from memberships where space_id = ${space_id}
    and person_id <> all (${members}::uuid[]) returning person_id`.execute(ctx.db)
  for (const { person_id } of rows) await emit(ctx, membershipLeft, { space_id, person_id }, {})
}
