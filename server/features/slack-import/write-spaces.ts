import { hash } from 'node:crypto'
import { sql } from 'kysely'
import { isHere } from '../../core/people/taking-part.ts'
import { lockSpace } from '../../core/spaces/enter.ts'
import { spaceChanged, spaceImported, spaceOpened } from '../../core/spaces/events.ts'
import type { Ctx } from '../../kernel/context.ts'
import { emit, emitHistory } from '../../kernel/events.ts'
import { idAt } from '../../kernel/ids.ts'
import type { Directory, SlackChannel } from './directory.ts'
import type { Tally } from './report.ts'
import type { Place, Places } from './target.ts'
import { letIn, letOut, withheldFrom } from './write-members.ts'
import type { People } from '../../core/imports/people.ts'
import { stayUpToDate } from '../../core/imports/read-positions.ts'

type Here = Omit<Place, 'channel' | 'isHeld'> & { name: string; purpose: string; state: 'active' | 'archived' }

const mostInConversation = 50

/**
 * Opens the spaces of an archive's channels that are not here yet, and brings members in. Private channels become
 * secret spaces, conversations sealed ones, with exactly their members.
 */
export async function writeSpaces(ctx: Ctx, directory: Directory, people: People, tally: Tally) {
  const places: Places = new Map()
  await lockPlaces(ctx, directory)
  const here = await findPlaces(ctx)
  let added = 0
  let memberships = 0
  for (const channel of directory.channels.values()) {
    const members = [...new Set(channel.members.map((id) => people.get(id)!.id))].sort()
    const known = here.get(channel.external_id)
    if (!known) added += 1
    const place = known ? await followPlace(ctx, known, channel, members, people, tally) : await openPlace(ctx, channel, members, people, tally)
    places.set(channel.external_id, place)
    if (place.isHeld) continue
    memberships += await letIn(ctx, place, members, people, tally)
  }
  return { places, added, memberships }
}

// Those that are here already, in the order of their ids: others who change them wait, and the look comes after it.
async function lockPlaces(ctx: Ctx, { channels }: Directory): Promise<void> {
  const here = await findPlaces(ctx)
  const met = new Set([...channels.keys()].flatMap((external) => here.get(external)?.id ?? []))
  for (const id of [...met].sort()) await lockSpace(ctx, id)
}

async function findPlaces(ctx: Ctx): Promise<Map<string, Here>> {
  // not content: which spaces were imported
  const rows = await ctx.db.selectFrom('external_ids').innerJoin('spaces', 'spaces.id', 'external_ids.id')
    .where('source', '=', 'slack').where('external_ids.kind', '=', 'space')
    .select(['external_id', 'spaces.id', 'spaces.kind', 'spaces.visibility', 'name', 'purpose', 'spaces.state', sql<boolean>`exists (
      select from memberships m join people p on p.id = m.person_id where m.space_id = spaces.id and ${isHere('p')})`.as('isLivedIn')]).execute()
  return new Map(rows.map(({ external_id, ...place }) => [external_id, place as Here]))
}

const digestOf = ({ name, purpose, archived }: SlackChannel) =>
  hash('sha256', JSON.stringify([name, purpose, archived]), 'base64url').slice(0, 22)

type Opening = (ctx: Ctx, channel: SlackChannel, members: string[], people: People, tally: Tally) => Promise<Place>

const openPlace: Opening = async (ctx, channel, members, people, tally) => {
  const { created_at, visibility } = channel
  const isLarge = channel.kind === 'direct' && members.length > mostInConversation
  if (isLarge) tally.lose('large_conversations', '')
  // A sealed conversation could be one that its people have here already, and all of them would read what comes.
  const isDoubtful = withheldFrom(members, people).length > 0
  // Whoever is missing from a guess could never come into a sealed one; two who wrote there are enough.
  const least = channel.isGuessed ? 2 : 1
  const isSealed = channel.kind === 'direct' && members.length >= least && !isLarge && !isDoubtful
  const created_by = channel.creator ? (people.get(channel.creator)?.author ?? null) : null
  const kind = isSealed ? 'direct' : 'community'
  const made = await ctx.db.insertInto('spaces').values({
    id: idAt(Date.parse(created_at)), kind, visibility, created_by, created_at, owner_id: null,
    name: isSealed ? '' : nameOf(channel, people),
    purpose: isSealed ? '' : channel.purpose,
    participants: isSealed ? members : null,
    state: channel.archived && !isSealed ? 'archived' : 'active',
  }).onConflict((c) => c.column('participants').doNothing()).returning('id').executeTakeFirst()
  const id = made?.id ?? (await findConversation(ctx, members))
  await sql`
    insert into external_ids (source, kind, external_id, id, digest)
    values ('slack', 'space', ${channel.external_id}, ${id}, ${digestOf(channel)})
    on conflict (source, kind, external_id) do update set id = excluded.id, digest = excluded.digest`.execute(ctx.db)
  const fact = { type: spaceOpened.type, space_id: id, actor_id: created_by, at: created_at }
  if (made) await emitHistory(ctx, [{ ...fact, data: { kind, visibility } }])
  return { id, kind, visibility, channel, isLivedIn: false, isHeld: false }
}

/** A conversation that becomes a space is called by its people. */
function nameOf({ kind, name, members }: SlackChannel, people: People): string {
  if (kind === 'community') return name
  return members.map((id) => people.get(id)!.handle).join(', ').slice(0, 80) || name
}

async function findConversation(ctx: Ctx, members: string[]): Promise<string> {
  // not content: the conversation that exactly these people have here already
  const query = ctx.db.selectFrom('spaces').select('id')
    .where(sql<boolean>`participants = ${members}::uuid[]`)
  return (await query.executeTakeFirstOrThrow()).id
}

/**
 * A newer export may know the channel by another name or purpose, and may have archived it; what was changed here stays when
 * Slack did not change it. A channel that has become private closes here too, for everybody who is not in it there. Nothing
 * is ever opened, and of a space in which somebody takes part nothing is changed: the report says what its hosts could do.
 */
async function followPlace(
  ctx: Ctx, here: Here, channel: SlackChannel, members: string[], people: People, tally: Tally,
): Promise<Place> {
  const { name, purpose, state, ...place } = here
  const isClosing = channel.visibility === 'secret' && here.visibility === 'open'
  const isHeld = isClosing && here.isLivedIn
  await followFacts(ctx, here, channel, tally)
  if (isHeld) tally.lose('kept_open', name)
  if (isClosing && !isHeld) {
    place.visibility = 'secret'
    await closePlace(ctx, { ...place, channel, isHeld }, members, people)
  }
  return { ...place, channel, isHeld }
}

async function followFacts(ctx: Ctx, here: Here, channel: SlackChannel, tally: Tally): Promise<void> {
  if (here.kind !== 'community') return
  const { id, isLivedIn } = here
  const digest = digestOf(channel)
  const facts = { name: channel.name, purpose: channel.purpose, state: channel.archived ? 'archived' as const : 'active' as const }
  const known = ctx.db.selectFrom('external_ids').select('id').where('source', '=', 'slack').where('kind', '=', 'space')
    .where('external_id', '=', channel.external_id).where('digest', '<>', digest)
  if (!(await known.executeTakeFirst())) return
  // Not noted as seen: it is said again as long as it differs, and followed when nobody takes part any more.
  const isOther = here.name !== facts.name || here.purpose !== facts.purpose || here.state !== facts.state
  if (isLivedIn && isOther) tally.lose('kept_spaces', here.visibility === 'open' ? here.name : '')
  if (isLivedIn) return
  await ctx.db.updateTable('external_ids').set({ digest }).where('source', '=', 'slack').where('kind', '=', 'space')
    .where('external_id', '=', channel.external_id).execute()
  await ctx.db.updateTable('spaces').set(facts).where('id', '=', id).execute()
}

async function closePlace(ctx: Ctx, place: Place, members: string[], people: People): Promise<void> {
  await ctx.db.updateTable('spaces').set({ visibility: 'secret' }).where('id', '=', place.id).execute()
  const withheld = withheldFrom(members, people)
  await letOut(ctx, place, members.filter((member) => !withheld.includes(member)))
  await emit(ctx, spaceChanged, { space_id: place.id }, { visibility: 'secret' })
}

/** Ends the import of a space: who had read everything still has, and open browsers fetch it again. */
export async function announcePlace(
  ctx: Ctx, place: Place, upToDate: string[], newest: string | null, isChanged: boolean,
): Promise<void> {
  if (newest) await stayUpToDate(ctx, place, upToDate, newest)
  const isNews = await ctx.db.updateTable('slack_spaces').set({ announced: true })
    .where('space_id', '=', place.id).where('announced', '=', false).returning('space_id').executeTakeFirst()
  if (isNews || isChanged) await emit(ctx, spaceImported, { space_id: place.id }, { visibility: place.visibility })
}
