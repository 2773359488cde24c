import { entryEdited, entryPublished, entryRemoved } from '../../core/entries/events.ts'
import type { PastEvent } from '../../kernel/events.ts'
import { reactionAdded } from '../reactions/events.ts'
import type { SlackMessage } from './model.ts'
import { authorOf } from '../../core/imports/stand-ins.ts'
import type { People } from '../../core/imports/people.ts'
import type { Place } from './target.ts'

const about = (message: SlackMessage, place: Place, people: People) => ({
  space_id: place.id,
  entry_id: message.id,
  actor_id: authorOf(people, message.author),
  at: message.edited_at ?? message.at,
})

/** What the log tells of an imported message: written, edited and reacted to at its own times. */
export function historyOf(message: SlackMessage, place: Place, people: People): PastEvent[] {
  const fact = { ...about(message, place, people), at: message.at }
  const data = { kind: message.kind, root: message.root?.id ?? null }
  const reactions = message.reactions.flatMap(({ emoji, people: who }) =>
    who.map((id) => ({ ...fact, actor_id: authorOf(people, id), type: reactionAdded.type, data: { emoji } })))
  const edited = message.edited_at ? [{ ...fact, type: entryEdited.type, data: {}, at: message.edited_at }] : []
  return [{ ...fact, type: entryPublished.type, data }, ...edited, ...reactions]
}

/** What a newer export says of an entry that was here; `isFound` when only its place was kept until now. */
export function rewriteOf(message: SlackMessage, place: Place, people: People, isFound: boolean): PastEvent {
  const fact = about(message, place, people)
  const root = message.root?.id ?? null
  if (message.removed) return { ...fact, type: entryRemoved.type, data: { root } }
  if (isFound) return { ...fact, type: entryPublished.type, data: { kind: message.kind, root } }
  return { ...fact, type: entryEdited.type, data: {} }
}
