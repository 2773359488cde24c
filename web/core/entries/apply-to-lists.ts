import type { Conversation, Entry, InboxItem, Page, Unread } from '../../kernel/types.ts'
import { after, counts, first, isMyMembership, isPublished, type Facts } from './apply-to-entry.ts'
import { byActivity, counted, counting, miscounts, type Counted } from './apply-to-home.ts'
import { filterPages, isShown, mapPages, placeInPages, placeInStrip, someInPages, type Pages, type Strip, type Thread, type ThreadHead } from './entry-lists.ts'
import { Again, STALE } from './outdated.ts'
import { readInPages, readInStrip, type ReadMark } from './read-marks.ts'

export function changeSpace([, space, view]: readonly unknown[], data: Pages<Entry> | Strip, facts: Facts): unknown {
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

export function changeThread(_key: readonly unknown[], data: Thread, facts: Facts): unknown {
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

export function changeOne(_key: readonly unknown[], data: Entry, facts: Facts): unknown {
  return after(data, facts)
}

/** Results keep their place; what is new is found when one searches again, and what is removed leaves no gap. */
export function changeFound(_key: readonly unknown[], data: Pages<Entry>, facts: Facts): unknown {
  return filterPages(mapPages(data, (entry) => after(entry, facts)), ({ state }) => state === 'published')
}

export function changeInbox(_key: readonly unknown[], data: Pages<InboxItem>, facts: Facts): unknown {
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

export function changeConversations(_key: readonly unknown[], data: Page<Conversation>, facts: Facts): unknown {
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

export function changeUnread(_key: readonly unknown[], data: Unread, { event, me, follows, mutes }: Facts): unknown {
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
