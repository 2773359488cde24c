import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { idAt, ZERO_ID } from '../../kernel/ids.ts'
import { later, momentOf, nameDays } from './calendar.ts'
import { characters, type Room, rooms } from './cast.ts'
import { entriesOfIdeas, type Ideas, tellIdeas } from './ideas.ts'
import { entriesOfTasks, type Tasks, tellTasks } from './tasks.ts'
import { type Line, parseScript, type Place, type Thread } from './script.ts'
import type { Entry, Owner, Person, Space } from './told.ts'

const FOLDER = join(import.meta.dirname, 'content/threads')
const MINUTE = 60_000

/** Everything that was written for the sample company. */
export const readThreads = (): Thread[] =>
  readdirSync(FOLDER).sort().flatMap((file) => parseScript(readFileSync(join(FOLDER, file), 'utf8'), file))

export type Company = { people: Person[]; spaces: Space[]; entries: Entry[]; ideas: Ideas; tasks: Tasks }

/**
 * The whole company as rows to be written; the same anchor, handles and owner give the same company, ids included.
 * @param handles what each character is called in this network
 */
export function buildCompany(anchor: number, handles: Map<string, string>, owner: Owner): Company {
  const people = characters.map((c): Person => {
    const ms = jitter(momentOf(`-${c.joined} 03:00`, anchor), c.key)
    return { ...c, ms, handle: handles.get(c.key)!, id: makeId(ms, `person ${c.key}`), profile: makeId(ms, `profile ${c.key}`) }
  })
  const cast = new Map(people.map((p) => [p.key, p]))
  const idOf = (key: string) => (key === 'owner' ? owner.id : cast.get(key)!.id)
  const spaces = new Map<string, Space>()
  for (const room of rooms) spaces.set(room.key, communityOf(room, anchor, idOf))
  for (const person of people) spaces.set(`profile ${person.key}`, profileOf(person))

  const entries = readThreads().flatMap((thread, n) => {
    const space = spaceOf(thread.place, thread.lines[0], anchor, spaces, idOf)
    return entriesOf({ lines: thread.lines, space, key: `thread ${n}`, anchor, idOf, cast, handles, owner })
  })
  const ideas = tellIdeas({ anchor, spaces, idOf, cast, jitter, makeId })
  const tasks = tellTasks({ anchor, spaces, idOf, cast, jitter, makeId })
  entries.push(...entriesOfIdeas(ideas), ...entriesOfTasks(tasks))
  return { people, ideas, tasks, spaces: [...spaces.values()], entries: entries.sort((a, b) => (a.id < b.id ? -1 : 1)) }
}

const entropy = (key: string) => createHash('sha256').update(`kolovar ${key}`).digest()
const makeId = (ms: number, key: string) => idAt(ms, entropy(key))
/** A number from 0 up to (not) `limit` that belongs to the key. */
export const chance = (key: string, limit: number) => entropy(key).readUInt32BE(8) % limit
// Nobody writes on the full minute.
const jitter = (ms: number, key: string) => ms + chance(key, MINUTE)

function communityOf(room: Room, anchor: number, idOf: (key: string) => string): Space {
  const ms = jitter(momentOf(`-${room.opened} 05:30`, anchor), room.key)
  return {
    id: makeId(ms, `space ${room.key}`), kind: 'community', visibility: room.visibility, ms, name: room.name, purpose: room.purpose,
    audience: room.audience, people: room.everyone.map(idOf), hosts: room.hosts.map(idOf), owner: null, unread: room.unread,
  }
}

const profileOf = (person: Person): Space => ({
  id: person.profile, kind: 'profile', visibility: 'open', ms: person.ms, name: person.name, purpose: '', audience: '',
  people: [person.id], hosts: [person.id], owner: person.id, unread: null,
})

function spaceOf(place: Place, first: Line, anchor: number, spaces: Map<string, Space>, idOf: (key: string) => string): Space {
  if (place === 'profiles') return spaces.get(`profile ${first.author}`)!
  if ('space' in place) return spaces.get(place.space)!
  const key = `talk ${place.talk.join(' ')}`
  const known = spaces.get(key)
  if (known) return known
  const ms = momentOf(first.at, anchor)
  const people = place.talk.map(idOf).sort()
  const space: Space = {
    id: makeId(ms, key), kind: 'direct', visibility: 'secret', ms, name: '', purpose: '', audience: '', people, hosts: [], owner: null,
    unread: place.talk.includes('owner') ? 0 : null,
  }
  spaces.set(key, space)
  return space
}

type Telling = {
  lines: Line[]; space: Space; key: string; anchor: number; idOf: (key: string) => string
  cast: Map<string, Person>; handles: Map<string, string>; owner: Owner
}

function entriesOf({ lines, space, key, anchor, idOf, cast, handles, owner }: Telling): Entry[] {
  const told: Entry[] = []
  let ms = 0
  lines.forEach((line, n) => {
    ms = line.at ? momentOf(line.at, anchor) : later(ms, line.after)
    const at = jitter(ms, `${key} ${n}`)
    const root = space.kind === 'direct' ? undefined : told[0]
    const words = (text: string) => speak(nameDays(text, at), handles, owner)
    const id = makeId(at, `${key} ${n}`)
    const entry: Entry = {
      id, ms: at, space, author: idOf(line.author), kind: line.argument ? 'argument' : line.decision ? 'decision' : line.poll ? 'poll' : root || space.kind === 'direct' ? 'message' : line.fact ? 'fact' : 'update',
      decision: line.decision, argument: line.argument, poll: line.poll, fact: line.fact,
      root: root?.id ?? null, parent: root ? (told.findLast((e) => line.answers && e.author === idOf(line.answers)) ?? root).id : null,
      title: words(line.title), body: words(line.body), edited: null,
      seen: line.seen.flatMap(({ after, people }) => people.map((person) => ({ person: idOf(person), ms: Math.min(jitter(later(at, after), `${key} ${n} ${person}`), anchor - 1) }))),
      reactions: line.reactions.flatMap(({ emoji, people }, group) => people.map((person, i) => ({
        person: idOf(person), emoji,
        ms: Math.min(Math.max(at + (group * 5 + i + 1) * MINUTE + chance(`${key} ${n} ${person}`, 40 * MINUTE), cast.get(person)!.ms + MINUTE), anchor - (people.length - i)),
      }))),
    }
    if (line.edit) entry.edited = { ms: later(at, line.edit.after), body: words(line.body.replace(line.edit.to, line.edit.from)), wrong: line.edit.from, right: line.edit.to, isCorrection: line.edit.isCorrection }
    if (space.unread !== null && space.kind === 'direct' && lines[0].at.startsWith('now-')) space.unread++
    told.push(entry)
  })
  return told
}

// Mentions follow the handles people have here; signs of their own stand for the owner.
const speak = (text: string, handles: Map<string, string>, owner: Owner) =>
  text.replaceAll('{owner}', owner.handle).replaceAll('{owner_name}', owner.name.split(' ')[0])
    .replace(/(?<![\w@/.])@([a-z]+)\b/g, (sign, key) => (handles.has(key) ? `@${handles.get(key)}` : sign))

/** The position up to which somebody has read a list of entries (oldest first), of which so many are still new to them. */
export const positionBefore = (entries: Entry[], unread: number, who: string): string => {
  const others = entries.filter((e) => e.author !== who)
  return unread > 0 ? (entries[entries.indexOf(others.at(-unread)!) - 1]?.id ?? ZERO_ID) : (entries.at(-1)?.id ?? ZERO_ID)
}
