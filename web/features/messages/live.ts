import { createStore } from '../../kernel/store.ts'
import type { LiveEvent, PersonCard } from '../../kernel/types.ts'

type Writing = { space: string; person: string; until: number }

const LASTS = 6_000

/** Who writes at the moment, in which conversation. */
const writing = createStore<Writing[]>([])

/** `typing` passes beside the log; a message of the one who wrote ends it. */
export function live(event: LiveEvent) {
  if (event.type === 'entry.published' && event.actor) stop(event.actor, event.space)
  if (event.type !== 'typing' || !event.space || !event.actor) return
  const { space, actor: person } = event
  const others = writing.get().filter((one) => one.person !== person || one.space !== space)
  writing.set([...others, { space, person, until: Date.now() + LASTS }])
  setTimeout(() => writing.set(writing.get().filter((one) => one.until > Date.now())), LASTS + 50)
}

function stop(person: string, space: string | null) {
  if (writing.get().some((one) => one.person === person && one.space === space))
    writing.set(writing.get().filter((one) => one.person !== person || one.space !== space))
}

/** Of these people, the ones who write in a conversation right now. */
export function useWriting(space: string, people: PersonCard[]) {
  const now = writing.use().filter((one) => one.space === space).map(({ person }) => person)
  return people.filter(({ id }) => now.includes(id))
}
