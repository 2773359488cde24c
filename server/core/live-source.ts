import type { Actor, Host, Role } from '../kernel/context.ts'
import type { LoggedEvent } from '../kernel/events.ts'
import type { LiveSource } from '../kernel/live-source.ts'
import { missedEvents, readLog } from './entries/log.ts'
import { personJoined, sessionEnded } from './people/events.ts'
import { endedSessions, standingOf } from './people/sessions.ts'
import { ADDRESSED, membershipJoined, membershipLeft, spaceChanged, spaceImported, spaceOpened } from './spaces/events.ts'

type Reader = { guest: boolean; spaces: Set<string>; /** how many are reading their spaces now, and the facts that came meanwhile */ reading: number; pending: [string, boolean][] }

const endOf = ({ until }: { until: string | null }) => (until ? Date.parse(until) : Infinity)

/**
 * Who may read what, in memory, for the people who are connected: the visibility predicate folded from the log. It is
 * moved by the same events, in the same order, as the content that it decides about.
 */
export function makeLiveSource(host: Host): LiveSource & { start: () => Promise<void> } {
  const open = new Set<string>()
  const readers = new Map<string, Reader>()

  const setMember = (person: string, space: string, isIn: boolean) => {
    const reader = readers.get(person)
    if (reader?.reading) reader.pending.push([space, isIn])
    if (reader) isIn ? reader.spaces.add(space) : reader.spaces.delete(space)
  }
  const mayReceive: LiveSource['mayReceive'] = (person, { type, space_id: space, person_id }, later = []) => {
    if (person_id === person) return true
    const reader = readers.get(person)
    if (!reader || !space || ADDRESSED.includes(type)) return false
    const left = later.some((e) => e.type === membershipLeft.type && e.space_id === space && e.person_id === person)
    if (reader.spaces.has(space) && !left) return true
    const closed = later.some((e) => e.type === spaceChanged.type && e.space_id === space && e.data.visibility !== 'open')
    return !reader.guest && open.has(space) && !closed
  }

  async function follow(actor: Actor): Promise<{ role: Role; until: number } | null> {
    const reader: Reader = readers.get(actor.id) ?? { guest: true, spaces: new Set(), reading: 0, pending: [] }
    readers.set(actor.id, reader)
    reader.reading++
    const standing = await standingOf(host, actor).finally(() => reader.reading--)
    if (!standing) return null
    reader.guest = standing.role === 'guest'
    for (const space of standing.spaces) reader.spaces.add(space)
    // What the log said meanwhile is newer than what was read; another connection of the same person may be reading still.
    for (const [space, isIn] of reader.pending) isIn ? reader.spaces.add(space) : reader.spaces.delete(space)
    if (!reader.reading) reader.pending = []
    return { role: standing.role, until: endOf(standing) }
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
    until: async (actor) => {
      const standing = await standingOf(host, actor)
      return standing && endOf(standing)
    },
    unfollow: (person) => void readers.delete(person),
    read: (after, upTo, limit, guestsToo) => readLog(host, after, upTo, limit, guestsToo),
    isOver: (person, later) => later.some((e) => e.type === sessionEnded.type && e.person_id === person && e.data.session === null),
    missed: (actor, after, upTo, limit) => missedEvents(host, actor, after, upTo, limit),
    ended: (sessions) => endedSessions(host, sessions),
    mayType: (person, space) => !open.has(space) && readers.get(person)?.spaces.has(space) === true,
    typingReaches: (person, space) =>
      open.has(space) ? [] : [...readers].filter(([id, reader]) => id !== person && reader.spaces.has(space)).map(([id]) => id),
  }
}
