import type { LiveEvent } from '../../kernel/types.ts'
import { muter, takeMuting, takeStance, type SpaceMuted, type Stanced } from './apply-stance.ts'
import type { Facts } from './apply-to-entry.ts'
import { changeHome } from './apply-to-home.ts'
import { changeConversations, changeFound, changeInbox, changeOne, changeSpace, changeThread, changeUnread } from './apply-to-lists.ts'
import { follower, shows, type Cache, type Shown } from './fetched.ts'
import { Again, STALE } from './outdated.ts'

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
