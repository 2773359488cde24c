import type { Conversation, Entry, Page, Space } from '../../kernel/types.ts'

/** What a browser has fetched, by key. `stale` marks something as to be fetched again before it is shown. */
export type Cache = {
  all: () => Iterable<readonly [key: readonly unknown[], data: unknown]>
  set: (key: readonly unknown[], data: unknown) => void
  stale: (key: readonly unknown[]) => void
  /** whether events of a space come for it is on the screen, and not for one is in it */
  watches: (space: string) => boolean
}

/** Any list, strip or single thing that was fetched. */
export type Shown = { pages?: { items: Item[] }[]; items?: Item[] } & Item
export type Item = { id?: string; stance?: unknown; space?: string; root?: unknown; last?: { space: string } | null }

/** Whether something that was fetched shows entries of a space. */
export function shows(data: Shown, space: string | null): boolean {
  const items = data.pages?.flatMap((page) => page.items) ?? [data, ...(data.items ?? [])]
  return items.some((item) => [item.space, item.last?.space, (item.root as Entry | undefined)?.space].includes(space ?? undefined))
}

/** The spaces this person follows, as far as anything fetched tells; what is heard of others without watching them is one's own. */
export function follower(cache: Cache) {
  const followed = new Map<string, boolean>()
  for (const [key, data] of cache.all()) {
    if (key[0] === 'space' && key.length === 2 && data) followed.set((data as Space).id, (data as Space).my.role !== null)
    if (key[0] === 'spaces' && key[1] === 'mine') for (const space of (data as Space[] | undefined) ?? []) followed.set(space.id, true)
    if (key[0] === 'conversations') for (const space of (data as Page<Conversation> | undefined)?.items ?? []) followed.set(space.id, true)
  }
  return (space: string) => followed.get(space) ?? !cache.watches(space)
}
