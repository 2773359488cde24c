import { useQuery, type QueryKey } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { api, type Query } from '../../kernel/api.ts'
import { queryClient } from '../../kernel/query.ts'
import type { Entry, Page, Space } from '../../kernel/types.ts'
import type { Strip, Thread } from './entry-lists.ts'
import { entryKeys } from './keys.ts'

const SIZE = 50
/** What is kept of a strip when nobody looks at it any more. */
const KEPT = 2 * SIZE
/** Above every id: the page before it is the last one. */
const END = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

type ThreadPage = Page<Entry> & { root: Entry; read_to: string | null; waiting: string | null }

const flatPath = (space: string) => `/spaces/${space}/entries`
const flatQuery = { view: 'flat', order: 'created' }

/** A space read flat, or a conversation: its newest part, or from the first unread on when that lies further back. */
async function fetchFlat({ id, my }: Space, signal: AbortSignal): Promise<Strip> {
  const ask = (query: Query) => api.get<Page<Entry>>(flatPath(id), { ...flatQuery, limit: SIZE, ...query }, signal)
  const { items, next } = await ask({})
  const oldest = items.at(-1)
  if (!next || !my.read_to || !my.unread || !oldest || oldest.id <= my.read_to) return { items: items.toReversed(), earlier: next, later: null }
  const part = await ask({ after: my.read_to })
  return { items: part.items, earlier: part.items.at(0)?.id ?? null, later: part.next }
}

/** A thread where this reader goes on: at the entry that was asked for, at the first unread, or at the end. */
async function fetchThread(id: string, signal: AbortSignal): Promise<Thread> {
  const ask = (query: Query) => api.get<ThreadPage>(`/entries/${id}/thread`, { limit: SIZE, ...query }, signal)
  const start = await ask({})
  const { root, read_to, waiting } = start
  const whole = { root, read_to, waiting, items: start.items, earlier: null, later: start.next }
  if (start.next === null || start.items.some((entry) => entry.id === id)) return whole
  const from = id !== root.id ? before(id) : read_to && read_to > root.id && read_to < root.active_id ? read_to : null
  if (from === null && (!read_to || read_to <= root.id)) return whole
  if (from === null) {
    const end = await ask({ before: END })
    return { root, read_to, waiting, items: end.items, earlier: end.next, later: null }
  }
  const part = await ask({ after: from })
  return { root, read_to, waiting, items: part.items, earlier: part.items.at(0)?.id ?? null, later: part.next }
}

/** The id just below another, so that `after` includes that one. */
export function before(id: string) {
  const number = BigInt(`0x${id.replaceAll('-', '')}`) - 1n
  return number.toString(16).padStart(32, '0').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** A space read flat from the beginning of a day on, where this browser is; its newest part when nothing was said since. */
async function fetchFrom(space: Space, day: string, signal: AbortSignal): Promise<Strip> {
  const { items, next } = await api.get<Page<Entry>>(flatPath(space.id), { ...flatQuery, limit: SIZE, after: firstIdOf(day) }, signal)
  return items.length ? { items, earlier: items[0].id, later: next } : fetchFlat(space, signal)
}

/** Ids begin with their moment: the one below all of a day. */
function firstIdOf(day: string) {
  const time = Math.max(0, new Date(`${day}T00:00`).getTime() || 0).toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`
}

export function useFlat(space: Space, day?: string) {
  const key = day ? entryKeys.spaceFrom(space.id, day) : entryKeys.space(space.id, 'flat')
  const result = useQuery({ queryKey: key, queryFn: ({ signal }) => (day ? fetchFrom(space, day, signal) : fetchFlat(space, signal)) })
  const more = useMore<Strip>(key, (end, cursor) => api.get<Page<Entry>>(flatPath(space.id), { ...flatQuery, limit: SIZE, [end]: cursor })
    .then(({ items, next }) => ({ items: end === 'before' ? items.toReversed() : items, next })))
  return { ...result, ...more }
}

export function useThreadOf(id: string) {
  const key = entryKeys.thread(id)
  const result = useQuery({ queryKey: key, queryFn: ({ signal }) => fetchThread(id, signal), enabled: !!id })
  const more = useMore<Thread>(key, (end, cursor) => api.get<ThreadPage>(`/entries/${id}/thread`, { limit: SIZE, [end]: cursor }))
  return { ...result, ...more }
}

type End = 'before' | 'after'

/** Extends a strip at either end; asking twice at once asks once. */
function useMore<T extends Strip>(key: QueryKey, ask: (end: End, cursor: string) => Promise<Page<Entry>>) {
  const [loading, setLoading] = useState<End | null>(null)
  const [failed, setFailed] = useState(false)
  useEffect(() => () => forgetEarlier<T>(key), [JSON.stringify(key)])
  const load = useCallback(async (end: End) => {
    const strip = queryClient.getQueryData<T>(key)
    const cursor = end === 'before' ? strip?.earlier : strip?.later
    if (!cursor || loading) return
    setLoading(end)
    setFailed(false)
    try {
      const { items, next } = await ask(end, cursor)
      queryClient.setQueryData<T>(key, (now) => now && joined(now, end, items, next))
    } catch {
      setFailed(true)
    } finally {
      setLoading(null)
    }
  }, [JSON.stringify(key), loading])
  return { loadEarlier: () => load('before'), loadLater: () => load('after'), isLoadingEarlier: loading === 'before', isLoadingLater: loading === 'after', isMoreFailed: failed }
}

/** Whoever comes back begins at the end again: what they once scrolled back to is neither kept nor drawn anew. */
function forgetEarlier<T extends Strip>(key: QueryKey) {
  const query = queryClient.getQueryCache().find<T>({ queryKey: key })
  if (!query?.state.data || query.isActive() || query.state.isInvalidated) return
  const { data, dataUpdatedAt: updatedAt } = query.state
  if (data.later !== null || data.items.length <= KEPT) return
  const items = data.items.slice(-KEPT)
  queryClient.setQueryData<T>(key, { ...data, items, earlier: items[0].id }, { updatedAt })
}

function joined<T extends Strip>(strip: T, end: End, items: Entry[], next: string | null): T {
  const known = new Set(strip.items.map(({ id }) => id))
  const fresh = items.filter(({ id }) => !known.has(id))
  return end === 'before'
    ? { ...strip, items: [...fresh, ...strip.items], earlier: next }
    : { ...strip, items: [...strip.items, ...fresh], later: next }
}
