import { queryClient } from '../../kernel/query.ts'
import type { LiveEvent, Me } from '../../kernel/types.ts'
import { applyEvent } from './apply-event.ts'
import type { Cache } from './fetched.ts'
import { watched } from './on-screen.ts'

export const cache: Cache = {
  all: () => queryClient.getQueryCache().getAll().map((query) => [query.queryKey, query.state.data] as const),
  set: (key, data) => void queryClient.setQueryData([...key], data),
  stale: (key) => void queryClient.invalidateQueries({ queryKey: [...key], exact: true }),
  watches: (space) => watched.has(space),
}

export const myId = () => queryClient.getQueryData<Me>(['me'])?.id ?? ''

/** The answer of a command in the same way as the event that will follow it. */
export function applyAnswer(event: Pick<LiveEvent, 'type' | 'space'> & Partial<LiveEvent>) {
  applyEvent(cache, { seq: 0, actor: myId(), data: {}, at: new Date().toISOString(), ...event }, myId())
}
