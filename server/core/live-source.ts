import type { Actor, Host, Role } from '../kernel/context.ts'
import { isToAll, type LoggedEvent } from '../kernel/events.ts'
import type { LiveSource } from '../kernel/live-source.ts'
import { missedEvents, readLog } from './entries/log.ts'
import { type Following, makeFollowings } from './live-followings.ts'
import { OF_INTEREST_TO_ALL, personJoined, sessionEnded } from './people/events.ts'
import { endedSessions, standingOf } from './people/sessions.ts'
import { ADDRESSED, membershipJoined, membershipLeft, spaceChanged, spaceImported, spaceOpened } from './spaces/events.ts'

const endOf = ({ until }: { until: string | null }) => (until ? Date.parse(until) : Infinity)

/**
 * Who may read what, and is in which space, in memory, for the people who are connected: the visibility predicate folded
 * from the log. It is moved by the same events, in the same order, as the content that it decides about.
 */
export function makeLiveSource<C>(host: Host): LiveSource<C> & { start: () => Promise<void> } {
  const open = new Set<string>()
  const { people, enter, leave, setMember, isIn, membersOf } = makeFollowings<C>()

  const mayReceive: LiveSource<C>['mayReceive'] = ({ type, space_id: space, person_id: person }, later = []) => {
    if (isToAll(type)) return () => true
    if (!space || ADDRESSED.includes(type)) return (reader) => person === reader.id
    const members = membersOf(space)
    const left = new Set(later.filter((e) => e.type === membershipLeft.type && e.space_id === space).map((e) => e.person_id))
    const isClosed = later.some((e) => e.type === spaceChanged.type && e.space_id === space && e.data.visibility !== 'open')
    const isOpen = open.has(space) && !isClosed
    return (reader) => person === reader.id || (isOpen && !(reader as Following<C>).guest)
      || ((reader as Following<C>).spaces.includes(members) && !left.has(reader.id))
  }

  async function follow(reader: Following<C>, actor: Actor): Promise<{ role: Role; until: number } | null> {
    reader.reading++
    const standing = await standingOf(host, actor).finally(() => reader.reading--)
    if (!standing) return null
    reader.guest = standing.role === 'guest'
    for (const space of standing.spaces) setMember(reader, space, true)
    // What the log said meanwhile is newer than what was read; another connection of the same person may be reading still.
    for (const [space, isMember] of reader.pending) setMember(reader, space, isMember)
    if (!reader.reading) reader.pending = []
    return { role: standing.role, until: endOf(standing) }
  }

  function fold(event: LoggedEvent): ReturnType<LiveSource<C>['fold']> {
    const { type, space_id: space, person_id: person, data } = event
    if (type === membershipJoined.type || type === membershipLeft.type) {
      const [reader, isMember] = [people.get(person!), type === membershipJoined.type]
      if (reader?.reading) reader.pending.push([space!, isMember])
      if (reader) setMember(reader, space!, isMember)
      return isMember ? undefined : { lost: space! }
    } else if (type === personJoined.type && space) open.add(space)
    else if (type === spaceOpened.type || type === spaceChanged.type || type === spaceImported.type) {
      if (data.visibility === 'open') return void open.add(space!)
      open.delete(space!)
      return { lost: space! }
    } else if (type === sessionEnded.type) return data.session ? { endSession: data.session as string } : { endPerson: person! }
  }

  const recipients: LiveSource<C>['recipients'] = ({ type, space_id: space, person_id: person }) => {
    if (isToAll(type) || OF_INTEREST_TO_ALL.includes(type)) return people.values()
    const addressed = person ? people.get(person) : undefined
    const members = membersOf(space ?? '')
    return addressed ? [addressed, ...members] : members
  }

  return {
    start: async () => {
      // not content: which spaces are open, to decide who receives their events
      const rows = await host.db.selectFrom('spaces').select('id').where('visibility', '=', 'open').execute()
      for (const { id } of rows) open.add(id)
    },
    connectionsOf: (person) => people.get(person)?.connections.size ?? 0,
    enter, fold, recipients, mayReceive,
    leave: (reader, connection) => leave(reader as Following<C>, connection),
    follow: (reader, actor) => follow(reader as Following<C>, actor),
    mayWatch: (reader, space) => mayReceive({ type: '', space_id: space, person_id: null })(reader),
    until: async (actor) => {
      const standing = await standingOf(host, actor)
      return standing && endOf(standing)
    },
    read: (after, upTo, limit, guestsToo) => readLog(host, after, upTo, limit, guestsToo),
    isOver: (person, later) => later.some((e) => e.type === sessionEnded.type && e.person_id === person && e.data.session === null),
    missed: (actor, after, upTo, limit, byRight) => missedEvents(host, actor, after, upTo, limit, byRight),
    ended: (sessions) => endedSessions(host, sessions),
    mayType: (reader, space) => !open.has(space) && isIn(reader as Following<C>, space),
    typingReaches: (writer, space) => (open.has(space) ? [] : membersOf(space).filter(({ id }) => id !== writer)),
  }
}
