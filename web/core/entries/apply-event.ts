import type { Conversation, Entry, FeedEntry, InboxItem, LiveEvent, Page, PersonCard, Space, SpaceCard, Unread } from '../../kernel/types.ts'
import {
  filterPages, isShown, mapPages, placeInPages, placeInStrip, renewed, someInPages, type Pages, type Strip, type Thread, type ThreadHead,
} from './entry-lists.ts'
import { muter, takeMuting, takeStance, type SpaceMuted, type Stanced } from './apply-stance.ts'
import { follower, shows, type Cache, type Shown } from './fetched.ts'
import { isInFeed } from './kinds.ts'
import { Again, STALE } from './outdated.ts'
import { leavesMore, readInPages, readInStrip, type ReadMark } from './read-marks.ts'

export type Facts = {
  event: LiveEvent; me: string; cache: Cache; follows: (space: string) => boolean
  /** whether this person muted a thread, by its head, or the space it is in */
  mutes: (root: string, space: string) => boolean
  mutesSpace: (space: string) => boolean
}
type Change = (key: readonly unknown[], data: never, facts: Facts) => unknown

const views = new Map<string, Change>()

/**
 * Says how an event changes what is fetched under keys that begin with a name: to other data, the same object when it does
 * not matter, STALE or Again where only the server can tell.
 */
export const defineView = (name: string, change: Change): void => void views.set(name, change)

const unsure = new Set<string>()
/** Says of a fact that readers may have something else in what it is about now, which only the server can tell: voices went along with another entry. */
export const defineUnsure = (type: string): void => void unsure.add(type)

/**
 * What an event of the log changes in everything a browser has fetched. Old state and its events are the same as a
 * fresh answer of the server; the tests of the commands hold it to that.
 *
 *     applyEvent(cache, { type: 'entry.published', entry, … }, me.id)
 */
export function applyEvent(cache: Cache, event: LiveEvent, me: string): void {
  const facts = { event, me, cache, follows: follower(cache), ...muter(cache) }
  for (const [key, data] of [...cache.all()]) {
    const change = data === undefined ? undefined : views.get(String(key[0]))
    if (!change) continue
    if (event.type === 'reads.restored') {
      cache.stale(key)
      continue
    }
    if (event.type === 'thread.stanced') {
      takeStance(cache, key, data as Shown, event.data as Stanced)
      continue
    }
    if (event.type === 'space.muted') {
      takeMuting(cache, key, data as Shown, event.data as SpaceMuted)
      continue
    }
    if (event.type === 'space.imported') {
      if (key[1] === event.space || shows(data as Shown, event.space)) cache.stale(key)
      continue
    }
    const next = change(key, data as never, facts)
    if (unsure.has(event.type) && shows(data as Shown, event.space)) cache.stale(key)
    const known = next instanceof Again ? next.data : next
    if (known !== STALE && known !== data) cache.set(key, known)
    if (next === STALE || next instanceof Again) cache.stale(key)
  }
}

for (const [name, change] of Object.entries<Change>({
  home: changeHome, entries: changeSpace, thread: changeThread, entry: changeOne, topic: changeFound, search: changeFound, written: changeFound,
  inbox: changeInbox, conversations: changeConversations, unread: changeUnread,
})) defineView(name, change)

export const isPublished = ({ type, entry }: LiveEvent) => (type === 'entry.published' || type === 'entry.restored') && !!entry && isShown(entry)
const isMyMembership = ({ type, person }: LiveEvent, me: string) => (type === 'membership.joined' || type === 'membership.left') && person?.id === me

type Own = (entry: Entry, event: LiveEvent) => Partial<Entry> | undefined
const owns: Own[] = []
/** Says what of an entry an event changes that is about no entry, but about its reader: that they saved it. */
export const defineOwn = (own: Own): void => void owns.push(own)

const related: Own[] = []
/** Says what of an entry an event changes that is about another one, or about somebody who stands in it; undefined where nothing. */
export const defineRelated = (change: Own): void => void related.push(change)

/** The entry of a list after an event, when the event is about it, its thread or its people; else the same object. */
export function after<T extends Entry>(entry: T, facts: Facts): T {
  return afterRelated(alone(entry, facts), facts.event)
}

/** The same of what an event about something else changes in it; for whatever holds a part of an entry. */
export const afterRelated = <T extends Partial<Entry>>(entry: T, event: LiveEvent): T =>
  related.reduce((now, change) => withOwn(now as never, change(now as never, event)), entry)

function alone<T extends Entry>(entry: T, { event, me }: Facts): T {
  if (event.type === 'person.changed' && event.person) return withPerson(entry, event.person)
  if (event.entry?.id === entry.id) return renewed(entry, event.entry, event, me)
  if (event.thread?.id === entry.id) return { ...entry, ...event.thread }
  for (const own of event.person ? owns : []) entry = withOwn(entry, own(entry, event))
  return entry
}

const withOwn = <T extends Entry>(entry: T, own?: Partial<Entry>): T => (own ? { ...entry, ...own } : entry)

function withPerson<T extends Entry>(entry: T, person: PersonCard): T {
  const { imported, resolved } = entry
  const isHere = entry.author === person.id || imported?.by?.id === person.id || resolved?.by?.id === person.id
    || entry.repliers.some(({ id }) => id === person.id) || entry.mentions.some(({ id }) => id === person.id)
  if (!isHere) return entry
  return {
    ...entry,
    by: entry.author === person.id ? person : entry.by,
    ...(resolved?.by?.id === person.id && { resolved: { ...resolved, by: { id: person.id, name: person.name } } }),
    ...(imported?.by?.id === person.id && { imported: { ...imported, by: { id: person.id, name: person.name } } }),
    repliers: entry.repliers.map((other) => (other.id === person.id ? person : other)),
    mentions: entry.mentions.map((other) => (other.id === person.id ? { ...other, name: person.name } : other)),
  }
}

/** An entry that was not here before, for this reader. */
export const first = (entry: Entry, { event, me, follows, mutes }: Facts): ThreadHead =>
  ({ ...renewed<Entry>(undefined, entry, event, me), unread: counts(event, me) && follows(entry.space) && !mutes(entry.root ?? entry.id, entry.space) ? 1 : 0 })

const byActivity = (entry: Entry) => entry.active_id

/** `counted_to`: replies up to this one are in `unread`. Facts about a thread may be newer than the event that brings them. */
type Counted<T> = T & { counted_to?: string }
type HomeItem = Counted<FeedEntry>

function changeHome(key: readonly unknown[], data: Pages<HomeItem>, facts: Facts): unknown {
  const { event, me } = facts
  if (isMyMembership(event, me) || event.type === 'space.changed' || event.type === 'space.archived') return STALE
  if (event.type === 'read.marked') return key[1] === 'unread' && leavesMore(data, event) ? STALE : readInPages(data, event)
  if (event.type === 'membership.joined') return mapPages(data, (item) => withMembers(item, event.space, 1))
  if (event.type === 'membership.left') return mapPages(data, (item) => withMembers(item, event.space, -1))
  const next = filterPages(mapPages(data, (item) => withProfile(counting(after(item, facts), item, event), event)), isShown)
  const changed = isPublished(event) ? withPublished(next, key[1] === 'unread', event.entry!, facts) : next
  return miscounts(data, facts) ? new Again(changed === STALE ? next : changed) : changed
}

/** Whether something that others said went or came back in one of these threads: it may have been unread. */
function miscounts(data: Pages<Entry>, { event, me }: Facts): boolean {
  const { type, entry } = event
  if ((type !== 'entry.removed' && type !== 'entry.restored') || !entry || entry.author === me) return false
  return someInPages(data, ({ id }) => id === (entry.root ?? entry.id))
}

/** A profile is called like its person. */
function withProfile<T extends HomeItem>(item: T, { type, space, person }: LiveEvent): T {
  if (type !== 'person.changed' || !person || item.space !== space || item.space_card.kind !== 'profile') return item
  return { ...item, space_card: { ...item.space_card, name: person.name } }
}

const counting = <T extends Counted<ThreadHead>>(next: T, before: T, event: LiveEvent): T =>
  event.thread?.id === before.id ? { ...next, counted_to: before.counted_to ?? before.active_id } : next

/** A thread after one more reply: unread by one more when that is new, and only once. */
function counted<T extends Counted<ThreadHead>>(head: T, entry: Entry, { event, me, follows, mutes }: Facts): T {
  const isNew = counts(event, me) && follows(entry.space) && !mutes(head.id, head.space) && entry.root !== null && entry.id > (head.counted_to ?? head.active_id)
  return isNew ? { ...head, unread: (head.unread ?? 0) + 1, counted_to: entry.id } : head
}

function withMembers(item: HomeItem, space: string | null, more: number): HomeItem {
  const { audience, visibility } = item.space_card
  if (item.space !== space || visibility === 'open') return item
  return { ...item, space_card: { ...item.space_card, audience: { ...audience, count: audience.count + more } } }
}

function withPublished(data: Pages<HomeItem>, isUnreadOnly: boolean, entry: Entry, facts: Facts): unknown {
  const { me } = facts
  const known = data.pages.flatMap((page) => page.items).find((item) => item.id === (entry.root ?? entry.id))
  if (known) return placeInPages(data, counted(known, entry, facts), byActivity)
  if (!facts.follows(entry.space) || facts.mutesSpace(entry.space)) return data
  if (entry.root) return STALE
  if (!isInFeed(entry.kind)) return data
  const isMine = entry.author === me
  if (isUnreadOnly && isMine) return data
  const card = spaceCard(facts.cache, entry.space)
  return card ? placeInPages(data, { ...first(entry, facts), space_card: card, unread: isMine ? 0 : 1 }, byActivity) : STALE
}

/** Whether an event is something new to read: not one's own, and not something that was there before. */
const counts = (event: LiveEvent, me: string) => event.type === 'entry.published' && event.entry?.state === 'published' && event.entry.author !== me

function spaceCard(cache: Cache, id: string): SpaceCard | null {
  for (const [key, data] of cache.all()) {
    if (key[0] === 'space' && key[1] === id && key.length === 2 && data) return cardOf(data as Space)
    if (key[0] === 'spaces' && key[1] === 'mine') {
      const space = ((data as Space[] | undefined) ?? []).find((one) => one.id === id)
      if (space) return cardOf(space)
    }
  }
  return null
}

const cardOf = ({ id, name, kind, visibility, audience }: Space): SpaceCard => ({ id, name, kind, visibility, audience })

function changeSpace([, space, view]: readonly unknown[], data: Pages<Entry> | Strip, facts: Facts): unknown {
  const { event } = facts
  if (isMyMembership(event, facts.me) && event.space === space) return STALE
  if (view === 'threads') return changeThreads(space, data as Pages<Entry>, facts)
  const strip = changeStrip(data as Strip, facts)
  if (event.type === 'read.marked') return readInStrip(strip, event.data as ReadMark)
  if (!isPublished(event) || event.space !== space) return strip
  const placed = placeInStrip(strip, known(strip.items, event.entry!, facts))
  // What comes back may have been read or not.
  return event.type === 'entry.restored' && event.entry!.author !== facts.me ? new Again(placed) : placed
}

function changeThreads(space: unknown, data: Pages<Counted<ThreadHead>>, facts: Facts): unknown {
  const { event } = facts
  if (event.type === 'read.marked') return readInPages(data, event)
  const next = filterPages(mapPages(data, (item) => counting(after(item, facts), item, event)), isShown)
  if (miscounts(data, facts)) return new Again(next)
  if (!isPublished(event) || event.space !== space) return next
  const entry = event.entry!
  const head = next.pages.flatMap((page) => page.items).find(({ id }) => id === (entry.root ?? entry.id))
  if (head) return placeInPages(next, counted(head, entry, facts), byActivity)
  if (entry.root) return STALE
  const placed = placeInPages(next, first(entry, facts), byActivity)
  // What comes back may have been read or not.
  return event.type === 'entry.restored' && entry.author !== facts.me ? new Again(placed) : placed
}

/** What is here already keeps what only this reader knows; what comes anew has nothing of that. */
const known = (items: Entry[], entry: Entry, facts: Facts) => items.find(({ id }) => id === entry.id) ?? first(entry, facts)

function changeStrip<T extends Strip>(strip: T, facts: Facts): T {
  const items = strip.items.map((entry) => readIfRemoved(after(entry, facts))).filter(isShown)
  const isSame = items.length === strip.items.length && items.every((entry, at) => entry === strip.items[at])
  return isSame ? strip : { ...strip, items }
}

/** What is removed is not unread, also where it leaves a gap because of the answers to it. */
const readIfRemoved = (entry: ThreadHead): Entry => (entry.state === 'removed' && entry.unread ? { ...entry, unread: 0 } as Entry : entry)

type Told = { root: string; entry: string; late: boolean; inbox: number }

function changeThread(_key: readonly unknown[], data: Thread, facts: Facts): unknown {
  const { event } = facts
  if (isMyMembership(event, facts.me) && event.space === data.root.space) return STALE
  const root = after(data.root, facts)
  const strip = changeStrip(root === data.root ? data : { ...data, root }, facts)
  if (event.type === 'read.marked') {
    const mark = event.data as ReadMark
    const isHere = mark.root ? mark.root === root.id : mark.space === root.space
    if (!isHere) return strip
    const waiting = data.waiting && mark.read_to >= data.waiting ? null : data.waiting
    const read_to = mark.root || mark.read_to > (data.read_to ?? '') ? mark.read_to : data.read_to
    return waiting === data.waiting && read_to === data.read_to ? strip : { ...strip, read_to, waiting }
  }
  if (event.type === 'notification.created' || event.type === 'notification.withdrawn') {
    const told = event.data as Told
    if (told.root !== root.id || !(event.type === 'notification.withdrawn' ? told.entry === data.waiting : told.late)) return strip
    if (event.type === 'notification.withdrawn') return new Again({ ...strip, waiting: null })
    return { ...strip, waiting: told.entry > (data.waiting ?? '') ? told.entry : data.waiting }
  }
  const isReply = isPublished(event) && event.entry!.root === root.id
  return isReply ? placeInStrip(strip, known(strip.items, event.entry!, facts)) : strip
}

function changeOne(_key: readonly unknown[], data: Entry, facts: Facts): unknown {
  return after(data, facts)
}

/** Results keep their place; what is new is found when one searches again, and what is removed leaves no gap. */
function changeFound(_key: readonly unknown[], data: Pages<Entry>, facts: Facts): unknown {
  return filterPages(mapPages(data, (entry) => after(entry, facts)), ({ state }) => state === 'published')
}

function changeInbox(_key: readonly unknown[], data: Pages<InboxItem>, facts: Facts): unknown {
  const { event } = facts
  if (event.type.startsWith('notification.') || event.type === 'entry.removed' || event.type === 'entry.restored') return STALE
  const isCard = event.type === 'space.changed' || event.type === 'membership.joined' || event.type === 'membership.left'
  if (isCard && someInPages(data, (item) => item.root.space === event.space)) return STALE
  if (event.type === 'read.marked') {
    const mark = event.data as ReadMark
    const isHere = (item: InboxItem) => (mark.root ? item.root.id === mark.root : item.root.space === mark.space)
    const isAll = (item: InboxItem) => item.entries.every(({ id }) => id <= mark.read_to)
    const items = data.pages.flatMap((page) => page.items)
    if (items.some((item) => isHere(item) && !isAll(item))) return STALE
    return mapPages(data, (item) => (isHere(item) && item.unread ? { ...item, unread: 0 } : item))
  }
  return mapPages(data, (item) => {
    const root = after(item.root, facts)
    const entries = item.entries.map((entry) => after(entry, facts))
    const isSame = root === item.root && entries.every((entry, at) => entry === item.entries[at])
    return isSame ? item : { ...item, root, entries }
  })
}

function changeConversations(_key: readonly unknown[], data: Page<Conversation>, facts: Facts): unknown {
  const { event } = facts
  const isNamed = event.type === 'person.changed' && data.items.some((space) => space.people.some(({ id }) => id === event.person?.id))
  if (isNamed || (event.type === 'entry.removed' && data.items.some((space) => space.id === event.space))) return STALE
  const items = data.items.map((space) => {
    const last = space.last && after(space.last, facts)
    return last === space.last ? space : { ...space, last }
  })
  const isSame = items.every((space, at) => space === data.items[at])
  const same = isSame ? data : { ...data, items }
  if (event.type !== 'entry.published' || !event.entry) return same
  const here = items.find((space) => space.id === event.space)
  if (!here || (here.last && here.last.id >= event.entry.id)) return same
  const moved = { ...here, last: event.entry, last_activity_at: event.entry.created_at }
  return { ...data, items: [moved, ...items.filter((space) => space !== here)] }
}

const MOST_COUNTED = 100

function changeUnread(_key: readonly unknown[], data: Unread, { event, me, follows, mutes }: Facts): unknown {
  if (event.type === 'read.marked') {
    const { space, unread, inbox } = event.data as ReadMark
    return { ...data, spaces: { ...data.spaces, [space]: unread }, inbox }
  }
  if (event.type.startsWith('notification.')) return { ...data, inbox: (event.data as Told).inbox }
  if (event.type === 'entry.removed' || event.type === 'entry.restored' || isMyMembership(event, me)) return STALE
  if (!counts(event, me) || !event.space || !follows(event.space) || mutes(event.entry!.root ?? event.entry!.id, event.space)) return data
  const count = Math.min(MOST_COUNTED, (data.spaces[event.space] ?? 0) + 1)
  return { ...data, spaces: { ...data.spaces, [event.space]: count } }
}
