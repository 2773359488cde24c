import { useMemo } from 'react'
import { api, newKey } from '../../kernel/api.ts'
import { createStore } from '../../kernel/store.ts'
import type { Entry, FileRecord, Me } from '../../kernel/types.ts'
import { applyAnswer } from './cache.ts'

/** Where something is written: a space, or a thread in it. */
export type Place = { space: string; root: string | null }
export type Written = { kind: string | null; facts: object; title: string; body: string; files: FileRecord[] }
type Pending = { key: string; place: Place; entry: Entry }

/** What was sent and is not confirmed yet; shown at the end of where it goes. */
const pending = createStore<Pending[]>([])

const isAt = (a: Place, b: Place) => a.space === b.space && a.root === b.root

export function usePending(place: Place): Entry[] {
  const all = pending.use()
  return useMemo(() => all.filter((one) => isAt(one.place, place)).map((one) => one.entry), [all, place.space, place.root])
}

const queues = new Map<string, Promise<unknown>>()

/**
 * Sends, showing it at once. What is written in one place arrives in the order it was written.
 * @throws ApiError when the server refused; it is then no longer shown
 */
export async function send(me: Me, place: Place, written: Written): Promise<Entry> {
  const key = newKey()
  pending.set([...pending.get(), { key, place, entry: unconfirmed(key, me, place, written) }])
  const queue = `${place.space}/${place.root}`
  const turn = (queues.get(queue) ?? Promise.resolve()).then(() => deliver(key, place, written))
  queues.set(queue, turn.catch(() => {}))
  try {
    const entry = await turn
    applyAnswer({ type: 'entry.published', space: entry.space, entry })
    return entry
  } finally {
    pending.set(pending.get().filter((one) => one.key !== key))
  }
}

function deliver(key: string, { space, root }: Place, { kind, facts, title, body, files }: Written) {
  const begun = root === null ? { ...facts, ...(kind && { kind }), ...(title && { title }) } : {}
  const content = { body, files: files.map(({ id }) => id), ...begun }
  return api.post<Entry>(root ? `/entries/${root}/replies` : `/spaces/${space}/entries`, content, { key })
}

/** The event of one's own entry may come before the answer: what stood for it goes at once. */
export function settle(entry: Entry) {
  const place = { space: entry.space, root: entry.root }
  const one = pending.get().find((other) => isAt(other.place, place) && other.entry.body === entry.body)
  if (one) pending.set(pending.get().filter((other) => other !== one))
}

function unconfirmed(key: string, me: Me, { space, root }: Place, { kind, title, body, files }: Written): Entry {
  const now = new Date().toISOString()
  return {
    id: `pending-${key}`, space, kind: root ? 'message' : kind ?? 'update', root, parent: root, author: me.id, by: me, title, body, state: 'published',
    created_at: now, edited_at: null, reply_count: 0, active_at: now, active_id: key, reactions: [], mentions: [], files, repliers: [], imported: null,
  }
}

export const isPending = (entry: Entry) => entry.id.startsWith('pending-')
