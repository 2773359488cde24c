import type { Reader } from '../kernel/live-source.ts'

/** A person who is connected, with the spaces they are in. */
export type Following<C> = Reader<C> & {
  guest: boolean
  readonly spaces: Members<C>[]
  /** how many connections are reading their spaces now, and the facts that came meanwhile */
  reading: number
  pending: [space: string, isMember: boolean][]
}

/** Who of those connected is in a space: the same list for as long as the process lives. */
type Members<C> = Following<C>[]

/**
 * Who of those connected is in which space, both ways: neither finding the members of a space nor forgetting a person looks
 * at anybody else. Plain arrays take the least room, a word for each pair and way.
 */
export function makeFollowings<C>() {
  const people = new Map<string, Following<C>>()
  const spaces = new Map<string, Members<C>>()
  const none: Members<C> = []

  const membersOf = (space: string): Members<C> => spaces.get(space) ?? none
  const isIn = (reader: Following<C>, space: string): boolean => reader.spaces.includes(membersOf(space))

  function setMember(reader: Following<C>, space: string, isMember: boolean): void {
    // Who is gone before their spaces were read is nobody's member.
    if (isMember === isIn(reader, space) || people.get(reader.id) !== reader) return
    const members = spaces.get(space) ?? []
    if (isMember) {
      spaces.set(space, members)
      members.push(reader)
      reader.spaces.push(members)
    } else {
      takeOut(members, reader)
      takeOut(reader.spaces, members)
    }
  }

  function enter(person: string, connection: C): Following<C> {
    const reader = people.get(person) ?? { id: person, connections: new Set(), guest: true, spaces: [], reading: 0, pending: [] }
    people.set(person, reader)
    reader.connections.add(connection)
    return reader
  }

  function leave(reader: Following<C>, connection: C): void {
    reader.connections.delete(connection)
    if (reader.connections.size || people.get(reader.id) !== reader) return
    people.delete(reader.id)
    for (const members of reader.spaces) takeOut(members, reader)
    reader.spaces.length = 0
  }

  return { people, membersOf, isIn, setMember, enter, leave }
}

/** Takes one out of a list whose order says nothing. */
function takeOut<T>(list: T[], one: T): void {
  const at = list.indexOf(one)
  const last = list.pop()!
  if (at < list.length) list[at] = last
}
