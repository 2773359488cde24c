import type { Entry, Unread } from '../../kernel/types.ts'
import { shows, type Cache, type Item, type Shown } from './fetched.ts'

/** What a `thread.stanced` tells: how the reader stands to a thread now, and what is unread. */
export type Stanced = { space: string; root: string; stance: Entry['stance']; unread: number; inbox: number }

/** How the reader stands to a thread is different: what counts or lists it is asked for again, and its head says it at once. */
export function takeStance(cache: Cache, key: readonly unknown[], data: Shown, { space, root, stance, unread, inbox }: Stanced): void {
  if (key[0] === 'unread') {
    const { spaces, muted } = data as unknown as Unread
    const others = muted.filter((id) => id !== root)
    return cache.set(key, { ...(data as unknown as Unread), spaces: { ...spaces, [space]: unread }, inbox, muted: stance === 'muted' ? [...others, root].sort() : others })
  }
  const at = (item: Item): Item => (item.id === root ? { ...item, stance } : (item.root as Entry | null)?.id === root ? { ...item, root: { ...(item.root as Entry), stance } } : item)
  const isIn = (item: Item) => item.id === root || item.root === root || (item.root as Entry | null)?.id === root
  const isList = !!data.pages || (key[0] === 'entries' && !!data.items)
  const shown = data.pages?.flatMap((page) => page.items) ?? [data, ...(data.items ?? [])]
  if (shown.some(isIn)) cache.set(key, data.pages ? { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map(at) })) } : { ...at(data), ...(data.items && { items: data.items.map(at) }) })
  if (key[0] === 'inbox' || (key[0] === 'home' && key[1] === 'unread') || (isList && shown.some(isIn))) cache.stale(key)
}

/** What a `space.muted` tells: whether the reader wants to hear of a space, and what is unread. */
export type SpaceMuted = { space: string; muted: boolean; unread: number; inbox: number }

/** What counts or lists what is in a space is asked for again when its reader mutes it, or hears of it again. */
export function takeMuting(cache: Cache, key: readonly unknown[], data: Shown, { space, muted, unread, inbox }: SpaceMuted): void {
  if (key[0] === 'unread') {
    const before = data as unknown as Unread
    const others = before.muted_spaces.filter((id) => id !== space)
    return cache.set(key, { ...before, spaces: { ...before.spaces, [space]: unread }, inbox, muted_spaces: muted ? [...others, space].sort() : others })
  }
  const isList = !!data.pages || (key[0] === 'entries' && !!data.items)
  if (key[0] === 'inbox' || key[0] === 'home' || (isList && shows(data, space))) cache.stale(key)
}

/** Which threads and spaces this person muted, as far as what counts the unread tells. */
export function muter(cache: Cache) {
  const muted = new Set<string>()
  for (const [key, data] of cache.all()) {
    const { muted: roots = [], muted_spaces: spaces = [] } = (key[0] === 'unread' && (data as Partial<Unread> | undefined)) || {}
    for (const id of [...roots, ...spaces]) muted.add(id)
  }
  return { mutes: (root: string, space: string) => muted.has(root) || muted.has(space), mutesSpace: (space: string) => muted.has(space) }
}
