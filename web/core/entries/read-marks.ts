import type { Entry, LiveEvent } from '../../kernel/types.ts'
import { mapPages, someInPages, type Pages, type Strip, type ThreadHead } from './entry-lists.ts'
import { Again } from './outdated.ts'

/** What a `read.marked` tells: up to where, in a space or one of its threads, and what is left. */
export type ReadMark = { space: string; root: string | null; read_to: string; unread: number; inbox: number }

/** How much of a thread is unread after a mark. */
function readUpTo<T extends ThreadHead>(item: T, event: LiveEvent): T {
  const mark = event.data as ReadMark
  if (!isMarked(item, mark)) return item
  if (mark.read_to >= item.active_id) return item.unread ? { ...item, unread: 0 } : item
  if (mark.root === null) return item
  return { ...item, unread: Math.max(1, item.unread ?? 0) }
}

const isMarked = (item: Entry, mark: ReadMark) => item.space === mark.space && (mark.root === null || mark.root === item.id)

/** A mark inside of a thread leaves a number that cannot be counted here. */
export function readInPages<T extends ThreadHead>(data: Pages<T>, event: LiveEvent): unknown {
  const mark = event.data as ReadMark
  const next = mapPages(data, (item) => readUpTo(item, event))
  const isInside = (item: T) => isMarked(item, mark) && mark.read_to < item.active_id && (mark.root !== null || !!item.unread)
  return someInPages(data, isInside) ? new Again(next) : next
}

/** Whether a mark leaves a thread unread that a list of what is unread does not have. */
export function leavesMore(data: Pages<Entry>, event: LiveEvent): boolean {
  const { root, unread } = event.data as ReadMark
  return root !== null && unread > 0 && !someInPages(data, ({ id }) => id === root)
}

/** Flat, each entry is unread by itself; what lies above a mark may have been marked unread. */
export function readInStrip(strip: Strip, { space, root, read_to }: ReadMark): unknown {
  const isHere = (entry: Entry) => entry.space === space && (root === null || root === (entry.root ?? entry.id))
  const isRead = (entry: ThreadHead) => !!entry.unread && entry.id <= read_to && isHere(entry)
  const next = strip.items.some(isRead) ? { ...strip, items: strip.items.map((entry) => (isRead(entry) ? { ...entry, unread: 0 } as Entry : entry)) } : strip
  return root !== null && strip.items.some((entry) => isHere(entry) && entry.id > read_to) ? new Again(next) : next
}
