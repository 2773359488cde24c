import { departments, people as script } from './content/people.ts'
import { type SpaceScript, spaces } from './content/spaces.ts'

export type Character = {
  key: string; kind: 'person' | 'bot'; role: 'member' | 'guest'
  name: string; title: string; department: string; time_zone: string; pronouns: string; about: string
  /** working days before the anchor */
  joined: number
}

// Nearly all were there from the first day; these came while the story runs.
const JOINED: Record<string, number> = { zala: 95, rohan: 77, layla: 38 }
const FIRST_DAY = 100

const departmentOf = new Map(Object.entries(departments).flatMap(([department, keys]) => keys.split(' ').map((key) => [key, department] as const)))

/** Everybody of the sample company, in the order of the script. */
export const characters: Character[] = script.trim().split('\n').map((row) => {
  const [who, name, title, time_zone, pronouns, about] = row.split('|').map((cell) => cell.trim())
  const [key, mark = ''] = who.split(' ').reverse()
  return {
    key, name, title, department: departmentOf.get(key) ?? '', time_zone, pronouns, about, joined: JOINED[key] ?? FIRST_DAY,
    kind: mark === 'bot' ? 'bot' : 'person', role: mark === 'guest' ? 'guest' : 'member',
  }
})

/** By which handles somebody of it goes, the first that is free. */
export const wishesOf = (key: string) => [key, `${key}-kolovar`, `${key}-demo`]

/** Who shows the network to an administrator: a host with much to read, a member with little, and a guest. */
export const guides = [{ part: 'host', key: 'tomaz' }, { part: 'member', key: 'zala' }, { part: 'guest', key: 'sigrid' }] as const

const words = (text: string) => text.trim().split(/\s+/)

export type Room = Omit<SpaceScript, 'hosts' | 'members'> & { hosts: string[]; everyone: string[] }

/** The spaces with their people as lists; hosts first. */
export const rooms: Room[] = spaces.map(({ hosts, members, ...space }) =>
  ({ ...space, hosts: words(hosts), everyone: [...words(hosts), ...words(members)] }))
