import { queryClient } from '../../kernel/query.ts'
import { leave, myId } from '../../kernel/session.tsx'
import { api, ApiError } from '../../kernel/api.ts'
import type { LiveEvent } from '../../kernel/types.ts'
import { peopleKeys } from './queries.ts'

export function live(event: LiveEvent) {
  if (event.type === 'session.ended') void checkSession()
  if (event.type !== 'person.joined' && event.type !== 'person.changed') return
  const id = event.person?.id ?? event.actor ?? ''
  void queryClient.invalidateQueries({ queryKey: peopleKeys.all })
  void queryClient.invalidateQueries({ queryKey: peopleKeys.one(id) })
  if (id === myId()) void queryClient.invalidateQueries({ queryKey: ['me'] })
}

/** Some session of mine is over; whether it is this one, the server knows. */
async function checkSession() {
  try {
    await api.get('/me')
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) leave()
  }
}
