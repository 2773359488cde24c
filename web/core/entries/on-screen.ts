import type { Entry, InboxItem } from '../../kernel/types.ts'
import type { Pages, Thread } from './entry-lists.ts'

/** The spaces that the server is asked to tell of because they are on the screen. */
export const watched = new Set<string>()

type Found = (key: readonly unknown[], data: never) => string[]
const named: Found = ([, space]) => [String(space)]
const inItems: Found = (_, data: Pages<Entry>) => data.pages.flatMap(({ items }) => items.map(({ space }) => space))

const places: Record<string, Found> = {
  space: named, entries: named, topic: inItems, search: inItems, written: inItems,
  thread: (_, { root }: Thread) => [root.space],
  entry: (_, entry: Entry) => [entry.space],
  inbox: (_, data: Pages<InboxItem>) => data.pages.flatMap(({ items }) => items.map(({ root }) => root.space)),
}

/** Says of which spaces something is shown that a feature fetched under keys that begin with a name. */
export const placesOf = <T>(name: string, find: (key: readonly unknown[], data: T) => string[]): void => void (places[name] = find as never)

/** Of which spaces something is shown that was fetched under this key. */
export function spacesOf(key: readonly unknown[], data: unknown): string[] {
  const find = places[String(key[0])]
  return !find || (data === undefined && find !== named) ? [] : find(key, data as never)
}

/** Of one space alone, and not found here and there. */
export const isOfOneSpace = (key: readonly unknown[]) => ['space', 'entries', 'thread', 'entry'].includes(String(key[0]))
