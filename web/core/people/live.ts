import { queryClient } from '../../kernel/query.ts'
import { checkSession, myId } from '../../kernel/session.tsx'
import type { LiveEvent } from '../../kernel/types.ts'
import { pictureKeys } from './picture.ts'
import { peopleKeys } from './queries.ts'

export function live(event: LiveEvent) {
  if (event.type === 'session.ended') void checkSession(true)
  if (event.type === 'ties.chosen') void queryClient.invalidateQueries({ queryKey: pictureKeys.all })
  if (event.type === 'network.changed') for (const queryKey of [['me'], ['network']]) void queryClient.invalidateQueries({ queryKey })
  if (event.type !== 'person.joined' && event.type !== 'person.changed') return
  const id = event.person?.id ?? event.actor ?? ''
  void queryClient.invalidateQueries({ queryKey: peopleKeys.all })
  void queryClient.invalidateQueries({ queryKey: peopleKeys.one(id) })
  if (id === myId()) void queryClient.invalidateQueries({ queryKey: ['me'] })
}
