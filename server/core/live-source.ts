import type { Actor, Host } from '../kernel/context.ts'
import type { LoggedEvent } from '../kernel/events.ts'
import type { LiveSource } from '../kernel/live.ts'
import { missedEvents, presentEvents } from './entries/log.ts'
import { personJoined, sessionEnded } from './people/events.ts'
import { endedSessions } from './people/sessions.ts'
import { ADDRESSED, membershipJoined, membershipLeft, spaceChanged, spaceImported, spaceOpened } from './spaces/events.ts'

type Reader = { guest: boolean; spaces: Set<string>; /** facts that came while the spaces were being read */ pending: [string, boolean][] | null }

/**
 * Who may read what, in memory, for the people who are connected: the visibility predicate folded from the log. It is
 * moved by the same events, in the same order, as the content that it decides about.
 */
export function makeLiveSource(host: Host): LiveSource & { start: () => Promise<void> } {
  const open = new Set<string>()
  const readers = new Map<string, Reader>()

  const setMember = (person: string, space: string, isIn: boolean) => {
    const reader = readers.get(person)
    reader?.pending?.push([space, isIn])
    if (reader) isIn ? reader.spaces.add(space) : reader.spaces.delete(space)
  }
  const mayReceive: LiveSource['mayReceive'] = (person, event) => {
    if (event.person_id === person) return true
    const reader = readers.get(person)
    if (!reader || !event.space_id || ADDRESSED.includes(event.type)) return false
    return reader.spaces.has(event.space_id) || (!reader.guest && open.has(event.space_id))
  }

  async function follow(actor: Actor): Promise<void> {
    const known = readers.get(actor.id)
    if (known && !known.pending) return void (known.guest = actor.role === 'guest')
    const reader: Reader = known ?? { guest: actor.role === 'guest', spaces: new Set(), pending: [] }
    readers.set(actor.id, reader)
    const rows = await host.db.selectFrom('memberships').select('space_id').where('person_id', '=', actor.id).execute()
    for (const { space_id } of rows) reader.spaces.add(space_id)
    // What the log said meanwhile is newer than what was read.
    for (const [space, isIn] of reader.pending ?? []) isIn ? reader.spaces.add(space) : reader.spaces.delete(space)
    reader.pending = null
  }

  function fold(event: LoggedEvent): ReturnType<LiveSource['fold']> {
    const { type, space_id: space, person_id: person, data } = event
    if (type === membershipJoined.type) setMember(person!, space!, true)
    else if (type === membershipLeft.type) setMember(person!, space!, false)
    else if (type === personJoined.type && space) open.add(space)
    else if (type === spaceOpened.type || type === spaceChanged.type || type === spaceImported.type) data.visibility === 'open' ? open.add(space!) : open.delete(space!)
    else if (type === sessionEnded.type) return data.session ? { endSession: data.session as string } : { endPerson: person! }
  }

  return {
    start: async () => {
      // not content: which spaces are open, to decide who receives their events
      const rows = await host.db.selectFrom('spaces').select('id').where('visibility', '=', 'open').execute()
      for (const { id } of rows) open.add(id)
    },
    follow, fold, mayReceive,
    unfollow: (person) => void readers.delete(person),
    present: (events) => presentEvents(host, events),
    missed: (actor, after, upTo, limit) => missedEvents(host, actor, after, upTo, limit),
    ended: (sessions) => endedSessions(host, sessions),
    typingReaches: (person, space) =>
      open.has(space) || !readers.get(person)?.spaces.has(space) ? []
        : [...readers].filter(([id, reader]) => id !== person && reader.spaces.has(space)).map(([id]) => id),
  }
}
