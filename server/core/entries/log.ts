import { type Actor, type Ctx, type Host, inSnapshot, SYSTEM } from '../../kernel/context.ts'
import { invalid } from '../../kernel/errors.ts'
import type { LoggedEvent } from '../../kernel/events.ts'
import { cursorOf } from '../../kernel/live-frames.ts'
import { type LiveEvent } from '../../kernel/live-source.ts'
import { cardOf } from '../people/queries.ts'
import { sessionEnded } from '../people/events.ts'
import type { PersonCard } from '../people/schema.ts'
import { membershipLeft, spaceChanged } from '../spaces/events.ts'
import { neutralEntries } from './queries.ts'
import type { EntryView } from './schema.ts'
import { visibleEvents } from './visibility.ts'

/**
 * Facts as clients get them. The entry or person a fact is about is read now, not when it happened: a client only ever
 * puts in the newest state, and what was removed since then is in no answer any more.
 */
async function presentEvents(ctx: Ctx, events: LoggedEvent[]): Promise<LiveEvent[]> {
  const entries = await neutralEntries(ctx, unique(events.flatMap((e) => [e.entry_id, rootOf(e)])))
  const people = await peopleOf(ctx, unique(events.filter((e) => !e.entry_id).map((e) => e.person_id)))
  return events.map((e) => ({
    seq: e.seq, type: e.type, space: e.space_id, actor: e.actor_id, at: e.at, data: e.data,
    ...(e.entry_id && { entry_id: e.entry_id, entry: entries.get(e.entry_id) ?? null }),
    ...(rootOf(e) && { thread: threadOf(entries.get(rootOf(e)!)) }),
    ...(e.person_id && !e.entry_id && { person: people.get(e.person_id) ?? null }),
  }))
}

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

/** What an actor missed between two numbers of the log; allowed and read in one moment. */
export const missedEvents = (host: Host, actor: Actor, after: number, upTo: number, limit: number) =>
  inSnapshot(host, actor, async (ctx) => {
    const rows = (await visibleEvents(ctx).selectAll('events').where('seq', '>', after).where('seq', '<=', upTo)
      .orderBy('seq').limit(limit).execute()) as LoggedEvent[]
    return { events: await presentEvents(ctx, rows), scanned: rows.length < limit ? upTo : rows.at(-1)!.seq }
  })

const NARROWING = [membershipLeft.type, spaceChanged.type, sessionEnded.type]

/**
 * A batch of the log for the live stream, and how it looks now. `later` are the facts that had happened when this was
 * read, numbered or not, and that take a right away: what the batch shows may have been written after them.
 */
export const readLog = (host: Host, after: number, upTo: number, limit: number) =>
  inSnapshot(host, SYSTEM, async (ctx) => {
    // visible: Live.mayReceive decides for each receiver
    const rows = (await ctx.db.selectFrom('events').selectAll().where('seq', '>', after).where('seq', '<=', upTo)
      .where('quiet', '=', false).orderBy('seq').limit(limit).execute()) as LoggedEvent[]
    const narrowing = ctx.db.selectFrom('events').selectAll().where('type', 'in', NARROWING)
    const later = (await narrowing.where('seq', 'is', null)
      .unionAll(narrowing.where('seq', '>', rows.at(-1)?.seq ?? upTo)).execute()) as LoggedEvent[]
    return { rows, shown: await presentEvents(ctx, rows), later }
  })

/** A page of the log for clients without a socket; `next` is the cursor to come back with, also when nothing is new. */
export async function pageOfEvents(ctx: Ctx, { after = '0', limit }: { after?: string; limit: number }) {
  const cursor = cursorOf(after)
  if (cursor === null) throw invalid('bad_cursor', '`after` takes the `next` of the page before, or 0.')
  const { newest } = await ctx.db.selectFrom('events').select((eb) => eb.fn.max<number>('seq').as('newest')).executeTakeFirstOrThrow()
  const top = newest ?? 0
  if (cursor > top) return { items: [], next: String(top), reset: true }
  const { events, scanned } = await missedEvents(ctx.host, ctx.actor, cursor, top, limit)
  return { items: events, next: String(scanned) }
}

