import type { Entry, FeedEntry, LiveEvent, Space, SpaceCard } from '../../kernel/types.ts'
import { after, counts, first, isMyMembership, isPublished, type Facts } from './apply-to-entry.ts'
import { filterPages, isShown, mapPages, placeInPages, someInPages, type Pages, type ThreadHead } from './entry-lists.ts'
import type { Cache } from './fetched.ts'
import { isInFeed } from './kinds.ts'
import { Again, STALE } from './outdated.ts'
import { leavesMore, readInPages } from './read-marks.ts'

export const byActivity = (entry: Entry) => entry.active_id

/** `counted_to`: replies up to this one are in `unread`. Facts about a thread may be newer than the event that brings them. */
export type Counted<T> = T & { counted_to?: string }
type HomeItem = Counted<FeedEntry>

export function changeHome(key: readonly unknown[], data: Pages<HomeItem>, facts: Facts): unknown {
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
export function miscounts(data: Pages<Entry>, { event, me }: Facts): boolean {
  const { type, entry } = event
  if ((type !== 'entry.removed' && type !== 'entry.restored') || !entry || entry.author === me) return false
  return someInPages(data, ({ id }) => id === (entry.root ?? entry.id))
}

/** A profile is called like its person. */
function withProfile<T extends HomeItem>(item: T, { type, space, person }: LiveEvent): T {
  if (type !== 'person.changed' || !person || item.space !== space || item.space_card.kind !== 'profile') return item
  return { ...item, space_card: { ...item.space_card, name: person.name } }
}

export const counting = <T extends Counted<ThreadHead>>(next: T, before: T, event: LiveEvent): T =>
  event.thread?.id === before.id ? { ...next, counted_to: before.counted_to ?? before.active_id } : next

/** A thread after one more reply: unread by one more when that is new, and only once. */
export function counted<T extends Counted<ThreadHead>>(head: T, entry: Entry, { event, me, follows, mutes }: Facts): T {
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
