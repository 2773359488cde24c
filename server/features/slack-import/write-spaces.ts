import { hash } from 'node:crypto'
import { sql } from 'kysely'
import { membershipJoined, spaceImported, spaceOpened } from '../../core/spaces/events.ts'
import type { Ctx } from '../../kernel/context.ts'
import { emit, emitHistory } from '../../kernel/events.ts'
import { idAt, newId } from '../../kernel/ids.ts'
import type { Directory, SlackChannel } from './directory.ts'
import type { Tally } from './report.ts'
import { type People, inChunks, rowsOf } from './write-people.ts'

/** A channel's space here. */
export type Place = { id: string; kind: 'community' | 'direct'; visibility: 'open' | 'secret'; channel: SlackChannel }
export type Places = Map<string, Place>

const mostInConversation = 50

/**
 * Opens the spaces of an archive's channels that are not here yet, and brings members in. Private channels become secret
 * spaces, conversations sealed ones, with exactly their members.
 */
export async function writeSpaces(ctx: Ctx, directory: Directory, people: People, tally: Tally): Promise<{ places: Places; added: number; memberships: number }> {
  const places: Places = new Map()
  const rows = await ctx.db.selectFrom('external_ids').innerJoin('spaces', 'spaces.id', 'external_ids.id') // not content: which spaces were imported
    .where('source', '=', 'slack').where('external_ids.kind', '=', 'space').select(['external_id', 'spaces.id', 'spaces.kind', 'spaces.visibility']).execute()
  const here = new Map(rows.map((row) => [row.external_id, row]))
  let added = 0
  let memberships = 0
  for (const channel of directory.channels.values()) {
    const members = [...new Set(channel.members.map((id) => people.get(id)!.id))].sort()
    const known = here.get(channel.external_id)
    if (!known) added += 1
    const place = known ? { ...known, channel } as Place : await openPlace(ctx, channel, members, people, tally)
    places.set(channel.external_id, place)
    memberships += await letIn(ctx, place, members, people, tally)
    if (known) await renamePlace(ctx, place)
  }
  return { places, added, memberships }
}

const digestOf = ({ name, purpose, archived }: SlackChannel) => hash('sha256', JSON.stringify([name, purpose, archived]), 'base64url').slice(0, 22)

async function openPlace(ctx: Ctx, channel: SlackChannel, members: string[], people: People, tally: Tally): Promise<Place> {
  const handles = new Map([...people.values()].map((person) => [person.id, person.handle]))
  const { created_at, purpose, visibility } = channel
  // A sealed conversation could be one that its people have here already, and all of them would read what comes.
  const isDoubtful = withheldFrom(members, people).length > 0
  const isSealed = channel.kind === 'direct' && members.length > 0 && members.length <= mostInConversation && !isDoubtful
  if (channel.kind === 'direct' && members.length > mostInConversation) tally.lose('large_conversations', '')
  const name = channel.kind === 'direct' ? members.map((id) => handles.get(id)).join(', ').slice(0, 80) : channel.name
  const created_by = channel.creator ? people.get(channel.creator)?.id ?? null : null
  const kind = isSealed ? 'direct' : 'community'
  const made = await ctx.db.insertInto('spaces').values({
    id: idAt(Date.parse(created_at)), kind,
    visibility, name: isSealed ? '' : name, purpose: isSealed ? '' : purpose, participants: isSealed ? members : null, owner_id: null,
    created_by, created_at, state: channel.archived && !isSealed ? 'archived' : 'active',
  }).onConflict((c) => c.column('participants').doNothing()).returning('id').executeTakeFirst()
  // not content: the conversation that exactly these people have here already
  const { id } = made ?? await ctx.db.selectFrom('spaces').select('id').where('participants', '=', members).executeTakeFirstOrThrow()
  await sql`insert into external_ids (source, kind, external_id, id, digest) values ('slack', 'space', ${channel.external_id}, ${id}, ${digestOf(channel)})
    on conflict (source, kind, external_id) do update set id = excluded.id, digest = excluded.digest`.execute(ctx.db)
  if (made) await emitHistory(ctx, [{ type: spaceOpened.type, space_id: id, actor_id: created_by, data: { kind, visibility }, at: created_at }])
  return { id, kind, visibility, channel }
}

/**
 * Brings in who is a member in this export and was none in the last: whom somebody has put out here stays out. Who left
 * the channel since then goes, unless they have taken over their account.
 */
async function letIn(ctx: Ctx, place: Place, members: string[], people: People, tally: Tally): Promise<number> {
  const before = await ctx.db.selectFrom('slack_spaces').select('members').where('space_id', '=', place.id).executeTakeFirst()
  const old = new Set(before?.members)
  const kept = place.visibility === 'open' ? [] : withheldFrom(members, people)
  if (kept.length) tally.lose('withheld', '', kept.length)
  const entering = members.filter((id) => !kept.includes(id))
  const fresh = entering.filter((id) => !old.has(id))
  const joined = await join(ctx, place, fresh, people)
  const now = new Set(members)
  if (place.kind !== 'direct') await letOut(ctx, place, [...old].filter((id) => !now.has(id)))
  await sql`insert into slack_spaces (space_id, members) values (${place.id}, ${entering}::uuid[])
    on conflict (space_id) do update set members = excluded.members`.execute(ctx.db)
  // not content: counts the members it has
  await sql`update spaces set member_count = (select count(*) from memberships where space_id = ${place.id}) where id = ${place.id}`.execute(ctx.db)
  return joined
}

/** Anybody may write any address into their profile. What is private waits until somebody confirms that it is theirs. */
function withheldFrom(members: string[], people: People): string[] {
  const doubtful = new Set([...people.values()].filter((person) => !person.proven).map((person) => person.id))
  return members.filter((id) => doubtful.has(id))
}

async function join(ctx: Ctx, place: Place, fresh: string[], people: People): Promise<number> {
  const host = place.kind === 'community' && place.channel.creator ? people.get(place.channel.creator)?.id : null
  const active = new Set([...people.values()].filter((person) => person.active).map((person) => person.id))
  const at = place.channel.created_at
  let joined = 0
  await inChunks(fresh, async (chunk) => {
    const rows = chunk.map((person_id) => ({ person_id, role: person_id === host ? 'host' : 'member' }))
    // Read up to now: nothing of what comes is new to anybody.
    const { rows: made } = await sql<{ person_id: string; role: 'host' | 'member' }>`
      insert into memberships (space_id, person_id, role, read_to, created_at)
      select ${place.id}, person_id, role, ${newId()}, ${at} from ${rowsOf(rows, 'person_id uuid, role text')}
      on conflict do nothing returning person_id, role`.execute(ctx.db)
    joined += made.length
    await emitHistory(ctx, made.filter((m) => !active.has(m.person_id))
      .map((m) => ({ type: membershipJoined.type, space_id: place.id, person_id: m.person_id, actor_id: m.person_id, data: { role: m.role }, at })))
    // Who may be connected right now must begin to receive what is said there.
    for (const m of made) if (active.has(m.person_id)) await emit(ctx, membershipJoined, { space_id: place.id, person_id: m.person_id }, { role: m.role })
  })
  return joined
}

const letOut = (ctx: Ctx, place: Place, gone: string[]) => gone.length === 0 ? null : sql`
  delete from memberships m using people p where p.id = m.person_id and m.space_id = ${place.id} and m.person_id = any (${gone}::uuid[])
    and p.state <> 'active'`.execute(ctx.db)

/** A newer export may know the channel by another name or purpose. What was changed here stays when Slack did not change it. */
const renamePlace = (ctx: Ctx, { id, channel }: Place) => sql`
  with changed as (
    update external_ids set digest = ${digestOf(channel)} where source = 'slack' and kind = 'space' and external_id = ${channel.external_id}
      and digest <> ${digestOf(channel)} returning id)
  update spaces set name = ${channel.name}, purpose = ${channel.purpose}, state = ${channel.archived ? 'archived' : 'active'}
  where id = ${id} and kind = 'community' and id in (select id from changed)`.execute(ctx.db)

/** Members who have nothing unread here: what an import adds below their newest entry shall not be unread either. */
export async function findUpToDate(ctx: Ctx, { id }: Place): Promise<string[]> {
  // not content: whether there is something above a position
  const { rows } = await sql<{ person_id: string }>`
    select m.person_id from memberships m join people p on p.id = m.person_id where m.space_id = ${id} and (p.state <> 'active' or not exists (
      select from entries e where e.space_id = m.space_id and e.id > m.read_to and e.author_id <> m.person_id and e.state = 'published' -- not content
        and not exists (select from thread_reads t where t.person_id = m.person_id and t.root_id = coalesce(e.root_id, e.id) and t.read_to >= e.id)))`.execute(ctx.db)
  return rows.map((row) => row.person_id)
}

/** Ends the import of a space: who had read everything still has, and open browsers fetch it again. */
export async function announcePlace(ctx: Ctx, place: Place, upToDate: string[], newest: string | null, isChanged: boolean): Promise<void> {
  if (newest) await sql`update memberships set read_to = ${newest} where space_id = ${place.id} and read_to < ${newest}::uuid
    and person_id = any (${upToDate}::uuid[])`.execute(ctx.db)
  const row = await ctx.db.updateTable('slack_spaces').set({ announced: true }).where('space_id', '=', place.id).where('announced', '=', false)
    .returning('space_id').executeTakeFirst()
  if (row || isChanged) await emit(ctx, spaceImported, { space_id: place.id }, { visibility: place.visibility })
}
