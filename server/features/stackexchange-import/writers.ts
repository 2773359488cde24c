import type { ImportedPerson } from '../../core/imports/people.ts'
import { legalHandle } from '../../core/imports/handles.ts'
import { line, number, type Writer } from './rows.ts'
import type { XmlRow } from './xml-rows.ts'

/** Who wrote: by their ids, and, of those who were deleted, by their names. Until they are found they are what a row calls them. */
export type Writers = { users: Map<number, ImportedPerson | string>; names: Map<string, ImportedPerson | string> }

const blank = { kind: 'person', email: null, role: 'member', state: 'imported', title: '', department: '', pronouns: '', time_zone: '' } as const

/**
 * Somebody of Users.xml. One account is one person on all sites of the network, and here as well; who has none is known by the site.
 * Programs of the site write under numbers below nought.
 */
export function personOf(id: number, { DisplayName, AccountId }: XmlRow): ImportedPerson {
  const name = line(DisplayName, 100) || `user${id}`
  const account = number(AccountId)
  const external_id = account !== null && account > 0 ? `account:${account}` : ''
  return { ...blank, kind: id < 0 ? 'bot' : 'person', external_id, name, handle: legalHandle(name, `user-${Math.abs(id)}`) }
}

/** Somebody of whom the dump holds only a name, or none. */
export const nobody = (name: string, external_id: string): ImportedPerson =>
  ({ ...blank, external_id, name: name || 'Deleted person', handle: legalHandle(name || 'deleted', 'deleted') })

/** Everybody who wrote, by the ids under which they are kept. */
export function listWriters({ users, names }: Writers): Map<string, ImportedPerson> {
  const found = new Map<string, ImportedPerson>()
  for (const person of [...users.values(), ...names.values()]) if (typeof person !== 'string') found.set(person.external_id, person)
  return found
}

export function idOf({ users, names }: Writers, writer: Writer): string {
  const person = 'user' in writer ? users.get(writer.user) : names.get(writer.name.toLowerCase())
  return (person as ImportedPerson).external_id
}
