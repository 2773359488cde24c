import { sql } from 'kysely'
import { type Actor, type Ctx, type Host, inQuickSnapshot, inSnapshot, SYSTEM } from '../../kernel/context.ts'
import { invalid } from '../../kernel/errors.ts'
import type { LoggedEvent } from '../../kernel/events.ts'
import { cursorOf, MAX_BEHIND } from '../../kernel/live-frames.ts'
import { type LiveEvent } from '../../kernel/live-source.ts'
import { cardOf } from '../people/queries.ts'
import { sessionEnded } from '../people/events.ts'
import type { PersonCard } from '../people/schema.ts'
import { ADDRESSED, membershipLeft, spaceChanged } from '../spaces/events.ts'
import { neutralEntries } from './queries.ts'
import { GUESTS, MEMBERS, type Viewer } from './parts.ts'
import type { EntryView } from './schema.ts'
import { interestingEvents, visibleEvents } from './visibility.ts'

/**
 * Facts as members or guests get them. The entry or person a fact is about is read now, not when it happened: a client only
 * ever puts in the newest state, and what was removed since then is in no answer any more.
 */
async function presentEvents(ctx: Ctx, events: LoggedEvent[], viewer: Viewer, found?: Map<string, EntryView>): Promise<LiveEvent[]> {
  const entries = found ?? await neutralEntries(ctx, unique(events.flatMap((e) => [e.entry_id, rootOf(e)])), viewer)
  const people = await peopleOf(ctx, unique(events.filter((e) => !e.entry_id).map((e) => e.person_id)))
  const isMet = await actorsMet(ctx, events, viewer)
  const actorOf = (e: LoggedEvent) => (isMet(e) || e.actor_id === entries.get(e.entry_id!)?.author ? e.actor_id : null)
  return events.map((e) => ({
    seq: e.seq, type: e.type, space: e.space_id, actor: actorOf(e), at: e.at, data: e.data,
    ...(e.entry_id && { entry_id: e.entry_id, entry: entries.get(e.entry_id) ?? null }),
    ...(rootOf(e) && { thread: threadOf(entries.get(rootOf(e)!)) }),
    ...(e.person_id && !e.entry_id && { person: people.get(e.person_id) ?? null }),
  }))
}

// A fact looks the same for every guest and for every member; what is one's own in it, clients know.
const formOf = (actor: Actor) => (actor.role === 'guest' ? GUESTS : MEMBERS)

const rootOf = (event: LoggedEvent) => (event.entry_id && typeof event.data.root === 'string' ? event.data.root : null)

// What a reply changes about the head of its thread, as it is now: clients set it and need not count along.
const threadOf = (root: EntryView | undefined) =>
  root ? { id: root.id, reply_count: root.reply_count, active_id: root.active_id, active_at: root.active_at, repliers: root.repliers } : null

const unique = (ids: (string | null)[]) => [...new Set(ids.filter((id) => id !== null))]

async function peopleOf(ctx: Ctx, ids: string[]): Promise<Map<string, PersonCard>> {
  if (!ids.length) return new Map()
  const rows = await ctx.db.selectFrom('people').where('id', 'in', ids).select(['id', cardOf('people').as('card')]).execute()
  return new Map(rows.map((row) => [row.id, row.card]))
}

/** Which facts may say who did it: to guests, where that is the reader or somebody who is in the space. */
async function actorsMet(ctx: Ctx, events: LoggedEvent[], viewer: Viewer): Promise<(event: LoggedEvent) => boolean> {
  if (viewer.role !== 'guest') return () => true
  const spaces = unique(events.map((e) => e.space_id))
  const actors = unique(events.map((e) => e.actor_id))
  // not content: who is where
  const { rows } = await sql<{ space_id: string; person_id: string }>`select space_id, person_id from memberships
    where space_id = any (${spaces}::uuid[]) and person_id = any (${actors}::uuid[])`.execute(ctx.db)
  const met = new Set(rows.map((row) => row.space_id + row.person_id))
  // Whoever is only invited is in no space with them yet.
  return (e) => e.actor_id === e.person_id || (!ADDRESSED.includes(e.type) && met.has(`${e.space_id}${e.actor_id}`))
}

/** What an actor missed between two numbers of the log, all of it or what interests them; allowed and read in one moment. */
export const missedEvents = (host: Host, actor: Actor, after: number, upTo: number, limit: number, byRight: boolean) =>
  inSnapshot(host, actor, async (ctx) => {
    const rows = (await (byRight ? visibleEvents : interestingEvents)(ctx).selectAll('events').where('seq', '>', after).where('seq', '<=', upTo)
      .orderBy('seq').limit(limit).execute()) as LoggedEvent[]
    return { events: await presentEvents(ctx, rows, formOf(actor)), scanned: rows.length < limit ? upTo : rows.at(-1)!.seq }
  })

const NARROWING = [membershipLeft.type, spaceChanged.type, sessionEnded.type]

/**
 * A batch of the log for the live stream, and how it looks now. `later` are the facts that had happened when this was
 * read, numbered or not, and that take a right away: what the batch shows may have been written after them.
 */
export const readLog = (host: Host, after: number, upTo: number, limit: number, guestsToo: boolean) =>
  inQuickSnapshot(host, SYSTEM, async (ctx) => {
    // visible: Live.mayReceive decides for each receiver
    const told = ctx.db.selectFrom('events').selectAll().where('seq', '>', after).where('seq', '<=', upTo)
      .where('quiet', '=', false).orderBy('seq').limit(limit)
    const narrowing = ctx.db.selectFrom('events').selectAll().where('type', 'in', NARROWING)
    const about = sql`select unnest(array[t.entry_id, (t.data->>'root')::uuid]) from ${told} t where t.entry_id is not null`
    // All in one flight, because whoever waits for a post waits for each: the entries are asked for by what the facts will say.
    const [both, entries] = await Promise.all([
      ctx.db.selectFrom(told.as('t')).selectAll().select(sql<boolean>`false`.as('narrows'))
        .unionAll(narrowing.where('seq', '>', after).select(sql<boolean>`true`.as('narrows')))
        .unionAll(narrowing.where('seq', 'is', null).select(sql<boolean>`true`.as('narrows'))).execute() as Promise<(LoggedEvent & { narrows: boolean })[]>,
      neutralEntries(ctx, about, MEMBERS),
    ])
    const rows = both.filter((row) => !row.narrows).toSorted((a, b) => a.seq - b.seq)
    const last = rows.at(-1)?.seq ?? upTo
    const later = both.filter((row) => row.narrows && (row.seq === null || row.seq > last))
    const forGuests = guestsToo ? await presentEvents(ctx, rows, GUESTS) : null
    return { rows, forMembers: await presentEvents(ctx, rows, MEMBERS, entries), forGuests, later }
  })

/**
 * A page of the log for clients without a socket; `next` is the cursor to come back with, also when nothing is new. A page
 * looks at so many facts at most, whatever of them may be read.
 */
export async function pageOfEvents(ctx: Ctx, { after = '0', limit }: { after?: string; limit: number }) {
  const cursor = cursorOf(after)
  if (cursor === null) throw invalid('bad_cursor', '`after` takes the `next` of the page before, or 0.')
  const { newest } = await ctx.db.selectFrom('events').select((eb) => eb.fn.max<number>('seq').as('newest')).executeTakeFirstOrThrow()
  const top = newest ?? 0
  if (cursor > top) return { items: [], next: String(top), reset: true }
  const { events, scanned } = await missedEvents(ctx.host, ctx.actor, cursor, Math.min(top, cursor + MAX_BEHIND), limit, true)
  return { items: events, next: String(scanned) }
}

