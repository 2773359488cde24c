import type { Entry, LiveEvent, Page } from '../../kernel/types.ts'

/** Pages as TanStack Query keeps them. */
export type Pages<T> = { pages: Page<T>[]; pageParams: unknown[] }

/**
 * Part of a long row of entries, oldest first, that can be extended at both ends: a thread, a conversation, a space read
 * flat. `earlier` and `later` are cursors; null means that the row ends there.
 */
export type Strip = { items: Entry[]; earlier: string | null; later: string | null }
/** `waiting`: an entry of which the inbox has something to tell that came later; seeing it again is enough. */
export type Thread = Strip & { root: Entry; read_to: string | null; waiting: string | null }

/** The head of a thread in a list, with how much of the thread is unread. */
export type ThreadHead = Entry & { unread?: number }

/** What a list shows of a removed entry: nothing, but for the head of a thread that others answered. */
export const isShown = (entry: Entry) => entry.state === 'published' || (entry.root === null && entry.reply_count > 0)

/** What a part of an entry is for this reader, where an event brings the form that is for everybody: what only they know is kept from before. */
export type Merge = (old: Entry | undefined, fresh: Entry, event: LiveEvent, me: string) => Partial<Entry>

const merges: Merge[] = []
export const defineMerge = (merge: Merge): void => void merges.push(merge)

/** An entry as an event brings it, as this reader sees it. */
export const renewed = <T extends Entry>(old: T | undefined, fresh: Entry, event: LiveEvent, me: string): T =>
  Object.assign({ ...old, ...fresh }, ...merges.map((merge) => merge(old, fresh, event, me)))

/** Changes entries of a paged list where `change` gives another one; the same object when nothing changed. */
export function mapPages<T>(data: Pages<T>, change: (item: T) => T): Pages<T> {
  let isChanged = false
  const pages = data.pages.map((page) => {
    const items = page.items.map(change)
    if (items.every((item, at) => item === page.items[at])) return page
    isChanged = true
    return { ...page, items }
  })
  return isChanged ? { ...data, pages } : data
}

export const filterPages = <T>(data: Pages<T>, keep: (item: T) => boolean): Pages<T> =>
  data.pages.every((page) => page.items.every(keep)) ? data
    : { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.filter(keep) })) }

export const someInPages = <T>(data: Pages<T>, is: (item: T) => boolean): boolean => data.pages.some((page) => page.items.some(is))

/**
 * Puts an item where it belongs in a list that descends by `order`, taking it away from where it was. What belongs
 * below all that has been fetched so far is left to be fetched.
 */
export function placeInPages<T extends { id: string }>(data: Pages<T>, item: T, order: (item: T) => string): Pages<T> {
  const cleared = filterPages(data, (other) => other.id !== item.id)
  const at = order(item)
  for (const [number, page] of cleared.pages.entries()) {
    const place = page.items.findIndex((other) => order(other) < at)
    const isLast = number === cleared.pages.length - 1
    const goesLast = place < 0 && isLast && page.next === null
    if (place < 0 && !goesLast) continue
    const items = [...page.items]
    items.splice(place < 0 ? items.length : place, 0, item)
    return { ...cleared, pages: cleared.pages.with(number, { ...page, items }) }
  }
  return cleared
}

/** Puts an entry into a strip by its id, unless it belongs outside of the part that was fetched. */
export function placeInStrip<T extends Strip>(strip: T, entry: Entry): T {
  const at = strip.items.findIndex((other) => other.id >= entry.id)
  if (at >= 0 && strip.items[at].id === entry.id) return { ...strip, items: strip.items.with(at, entry) }
  if (at < 0 && strip.later !== null) return strip
  if (at === 0 && strip.earlier !== null) return strip
  return { ...strip, items: strip.items.toSpliced(at < 0 ? strip.items.length : at, 0, entry) }
}
