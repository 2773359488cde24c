import { sql } from 'kysely'
import type { Ctx, Host } from '../../kernel/context.ts'
import { membershipChanged, membershipJoined, membershipLeft } from '../spaces/events.ts'
import { readMarked } from '../reads/events.ts'
import type { EntryView } from './schema.ts'

const MOST = 3000
const LONGEST = 8000
const MOST_NEWS = 1000
// A fact that is about no entry may change how many look (a person's name); of these it is known that they do not.
const HARMLESS = [readMarked.type, membershipJoined.type, membershipLeft.type, membershipChanged.type, 'notification.created', 'notification.withdrawn', 'draft.saved', 'draft.removed', 'thread.stanced', 'space.muted', 'entry.saved', 'waiting.changed', 'scheduled.changed', 'rail.changed']

/** What a statement says of the log beside its rows: the newest number in it, and whether there is what this process had not heard yet. */
export type Moment = { top: number; any: boolean }
/** The facts of it. Read after such a statement they are at least those that it could see. */
export type News = { top: number; facts: { seq: number | null; entry: string | null; root: string | null; type: string }[] }

/**
 * Entries as all members see them, composed once and kept in this process. Nothing here decides who may read: each look begins
 * with a statement through the visibility predicate, and that same statement brings the facts which this process has not heard
 * yet. What they are about is dropped before anything is taken from here, so an answer is never older than its statement.
 *
 * An entry is kept with the number up to which it is true, and given to nobody whose statement has seen less: they may have
 * lost the right to what was written since.
 */
export class KeptEntries {
  readonly #kept = new Map<string, { entry: EntryView; at: number }>()
  /** when what an entry was is over, for those that are being read meanwhile: the number of the fact that ended it */
  #over = new Map<string, number>()
  #allOver = 0
  heard = 0

  /** Takes in what a statement found in the log; call it before `find`, in the same turn. */
  hear({ top, facts }: News): void {
    if (facts.length > MOST_NEWS) this.#clear(top)
    for (const { seq, entry, root, type } of facts) {
      if (!entry && !HARMLESS.includes(type)) this.#clear(seq ?? top)
      for (const id of [entry, root]) if (id) this.#drop(id, seq ?? top)
    }
    this.heard = Math.max(this.heard, top)
  }

  #clear(at: number): void {
    this.#kept.clear()
    this.#over.clear()
    this.#allOver = Math.max(this.#allOver, at)
  }

  #drop(id: string, at: number): void {
    this.#kept.delete(id)
    if (this.#over.size >= MOST) this.#clear(at)
    this.#over.set(id, Math.max(this.#over.get(id) ?? 0, at))
  }

  /** An entry as it is for a statement that has seen the log up to `top`; undefined where it has to be read. */
  find(id: string, { top }: Pick<Moment, 'top'>): EntryView | undefined {
    const found = this.#kept.get(id)
    if (!found || found.at > top) return undefined
    // Asked for last is thrown out last.
    this.#kept.delete(id)
    this.#kept.set(id, found)
    return found.entry
  }

  /** Keeps what a statement read, but for what was being changed then, or has been since. */
  keep(entries: EntryView[], { top, facts }: News): void {
    const changing = new Set(facts.filter(({ seq }) => seq === null).flatMap(({ entry, root }) => [entry, root]))
    const isUnsure = facts.length > MOST_NEWS || facts.some(({ seq, entry, type }) => seq === null && !entry && !HARMLESS.includes(type))
    if (isUnsure || this.#allOver > top) return
    for (const entry of entries) {
      if (changing.has(entry.id) || entry.body.length > LONGEST || (this.#over.get(entry.id) ?? 0) > top) continue
      this.#kept.set(entry.id, { entry, at: top })
    }
    for (const id of this.#kept.keys()) {
      if (this.#kept.size <= MOST) break
      this.#kept.delete(id)
    }
  }
}

const stores = new WeakMap<Host, KeptEntries>()

/** What this process keeps; none for guests, who see less, and inside a command, which sees what nobody else does yet. */
export function keptFor(ctx: Ctx): KeptEntries | null {
  if (ctx.actor.role === 'guest' || ctx.db !== ctx.host.db) return null
  if (!stores.has(ctx.host)) stores.set(ctx.host, new KeptEntries())
  return stores.get(ctx.host)!
}

const unheard = (heard: number) => sql`(select seq, entry_id, data, type from events where seq is null limit ${MOST_NEWS + 1})
  union all (select seq, entry_id, data, type from events where seq > ${heard} limit ${MOST_NEWS + 1})`

/** A column that says where the log stands in the moment of the statement that it stands in; small, as each row has it. */
export const momentSince = (heard: number) => sql<Moment>`(select json_build_object(
  'top', (select coalesce(max(seq), 0) from events), 'any', exists (${unheard(heard)})))`

/** What a statement could see of the log, and this process had not heard: for `hear`, in the same turn as what follows from it. */
export async function newsOf(ctx: Ctx, heard: number, { top, any }: Moment): Promise<News> {
  const { rows } = any ? await sql<News['facts'][number]>`select seq, entry_id as entry, data->>'root' as root, type from (${unheard(heard)}) news`.execute(ctx.db) : { rows: [] }
  return { top, facts: rows }
}
