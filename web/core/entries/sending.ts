import { useMemo } from 'react'
import { createStore } from '../../kernel/store.ts'
import type { Entry, FileRecord } from '../../kernel/types.ts'

/** Where something is written: a space, or a thread in it. */
export type Place = { space: string; root: string | null }
export type Written = { kind: string | null; facts: object; title: string; body: string; files: FileRecord[] }
/** 'held': it can still be taken back unheard · 'going' · 'waiting': it could not go, and is tried again by itself */
export type SendingState = 'held' | 'going' | 'waiting'
export type Pending = { key: string; place: Place; state: SendingState; entry: Entry }

/** What was sent and is not confirmed yet; shown at the end of where it goes. */
export const pending = createStore<Pending[]>([])

const isAt = (a: Place, b: Place) => a.space === b.space && a.root === b.root

export function usePending(place: Place): Entry[] {
  const all = pending.use()
  return useMemo(() => all.filter((one) => isAt(one.place, place)).map((one) => one.entry), [all, place.space, place.root])
}

/** The event of one's own entry may come before the answer: what stood for it goes at once. */
export function settle(entry: Entry) {
  const place = { space: entry.space, root: entry.root }
  const one = pending.get().find((other) => other.state !== 'held' && isAt(other.place, place) && other.entry.body === entry.body)
  if (one) pending.set(pending.get().filter((other) => other !== one))
}

export const isPending = (entry: Entry) => entry.id.startsWith('pending-')

/** What this browser keeps until the server has it, one by one, so that its windows do not write over each other. */
export const KEPT = 'folkmoot.sending.'
