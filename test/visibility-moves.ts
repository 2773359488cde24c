import { fc } from './chance.ts'
import type { Entry, Oracle, Person, Space } from './oracle.ts'
import { has, type World } from './visibility-world.ts'

/** What the choices of a move are drawn from: one number for each thing to choose. */
type Draw = { actor: number; space: number; entry: number; other: number; flag: number }
type Play = (world: World, oracle: Oracle, draw: Draw) => Promise<void>

const draw = fc.record({ actor: fc.nat(999), space: fc.nat(999), entry: fc.nat(999), other: fc.nat(999), flag: fc.nat(11) })
export const pick = <T>(from: Iterable<T>, n: number): T | undefined => {
  const list = [...from]
  return list[n % list.length]
}
const TOPICS = ['soup', 'salt']
const EMOJI = ['👍', '🎉']

/** A move of the game: somebody does something through HTTP; what the server accepts happens in the oracle too. */
export class Move implements fc.AsyncCommand<Oracle, World, true> {
  readonly name: string
  readonly play: Play
  readonly draw: Draw
  constructor(name: string, play: Play, draw: Draw) {
    this.name = name
    this.play = play
    this.draw = draw
  }

  check = async () => true
  run = (oracle: Oracle, world: World) => world.turn(() => this.play(world, oracle, this.draw))
  toString = () => `${this.name} ${Object.values(this.draw).join(' ')}`
}

type Chosen = { actor: Person; space: Space; entry: Entry | undefined; other: Person; flag: number; world: World; oracle: Oracle; say: (what: string) => void }

/** A move with its people and things looked up; half of the time the actor is somebody who may do it. */
export const move = (name: string, weight: number, work: (chosen: Chosen) => Promise<void>, options: { by?: 'author' | 'host' } = {}) => ({
  weight,
  arbitrary: draw.map((d) => new Move(name, async (world, oracle, { actor: a, space: s, entry: e, other: o, flag }) => {
    const people = [...oracle.people.values()]
    const alive = people.filter((person) => person.active)
    const space = pick(oracle.spaces.values(), s)!
    const entry = pick(oracle.entries.values(), e)
    const where = entry && !options.by ? oracle.spaceOf(entry) : space
    const fitting = flag % 3 === 0 ? alive
      : options.by === 'author' && entry ? alive.filter((person) => person.id === entry.author)
        : options.by === 'host' ? alive.filter((person) => oracle.mayManage(person, space))
          : alive.filter((person) => oracle.mayRead(person, where))
    const actor = pick(fitting.length ? fitting : alive, a)!
    const other = pick(people, o)!
    await work({ actor, space, entry, other, flag, world, oracle, say: (what) => world.history.push(`${actor.name} ${what}`) })
  }, d)),
})

const id = (thing: { id: string }) => thing.id

const openSpace = move('open a space', 3, async ({ actor, flag, world, say }) => {
  const visibility = (['open', 'closed', 'secret'] as const)[flag % 3]
  const canary = world.canary('s')
  const { status, json } = await world.call(actor, 'POST', '/spaces', { name: canary, purpose: `for ${canary}`, visibility })
  if (status !== 201) return world.expect(actor.role === 'guest', `${actor.name} may not open a space: ${status}`)
  say(`opens ${canary} (${visibility})`)
  world.addSpace({ id: json.id, name: canary, kind: 'community', visibility, canary }, actor)
})

const converse = move('begin a conversation', 3, async ({ actor, other, entry, world, oracle, say }) => {
  const people = [...new Set([other, entry ? oracle.people.get(entry.author)! : other])].filter((person) => person !== actor)
  if (!people.length) return
  const { status, json } = await world.call(actor, 'POST', '/conversations', { people: people.map(id) })
  const may = people.every((person) => person.active && oracle.mayKnowPerson(actor, person))
  world.expect((status === 201) === may, `${actor.name} begins a conversation with ${people.map((p) => p.name)}: ${status}`)
  if (status !== 201 || oracle.spaces.has(json.id)) return
  say(`begins a conversation with ${people.map((p) => p.name)}`)
  world.addSpace({ id: json.id, name: `${actor.name}+${people.map((p) => p.name)}`, kind: 'direct', visibility: 'secret', canary: 'direct' }, actor, ...people)
})

const join = move('join', 4, async ({ actor, space, world, oracle, say, flag }) => {
  // Joining needs no right to read, so everybody tries.
  const person = flag % 2 ? actor : pick(oracle.people.values(), flag)!
  if (!person.active) return
  const knows = oracle.mayKnow(person, space)
  const { status } = await world.call(person, 'POST', `/spaces/${space.id}/join`)
  world.expect((status === 200) === (knows), `${person.name} joins ${space.name}: ${status}`)
  if (status !== 200 || oracle.isMember(person, space)) return
  say(`joins ${space.name}`)
  if (oracle.isWelcome(person, space)) oracle.enter(space, person)
  else space.requested.add(person.id)
})

const leave = move('leave', 2, async ({ actor, space, world, oracle, say }) => {
  const { status } = await world.call(actor, 'POST', `/spaces/${space.id}/leave`)
  if (!oracle.mayKnow(actor, space)) return world.expect(status === 404, `${actor.name} leaves ${space.name}: ${status}`)
  if (status !== 204) return
  say(`leaves ${space.name}`)
  world.expect(space.kind !== 'direct', `${actor.name} leaves a conversation`)
  oracle.leave(space, actor)
})

/** What a host does with members and those who wish to be. */
const host = (name: string, weight: number, method: string, path: (space: Space, other: Person) => string, body: (other: Person, flag: number) => object | undefined,
  done: (oracle: Oracle, space: Space, other: Person, flag: number, actor: Person) => void) =>
  move(name, weight, async ({ actor, space, other, flag, world, oracle, say }) => {
    const { status } = await world.call(actor, method, path(space, other), body(other, flag))
    if (!oracle.mayRead(actor, space) && !(actor === other && method === 'DELETE')) return world.expect(status === 404, `${actor.name}, who cannot read ${space.name}: ${name}: ${status}`)
    if (status >= 300) return
    world.expect(oracle.mayManage(actor, space) || actor === other || (name === 'invite' && (oracle.mayInvite(actor, space, other) || oracle.isMember(other, space))), `${actor.name}, no host of ${space.name}, may ${name}`)
    world.expect(space.kind !== 'direct', `${actor.name} may ${name} in a conversation`)
    say(`${name}: ${other.name} in ${space.name}`)
    done(oracle, space, other, flag, actor)
  }, { by: 'host' })

const addMember = host('add a member', 3, 'PUT', (s, o) => `/spaces/${s.id}/members/${o.id}`, (_, flag) => ({ role: flag % 2 ? 'host' : 'member' }), (oracle, space, other, flag) => {
  oracle.enter(space, other)
  space.members.get(other.id)!.role = flag % 2 ? 'host' : 'member'
})
const removeMember = host('remove a member', 4, 'DELETE', (s, o) => `/spaces/${s.id}/members/${o.id}`, () => undefined, (oracle, space, other, _, actor) => {
  oracle.leave(space, other)
  if (other !== actor) space.removed.add(other.id)
})
const invite = host('invite', 3, 'POST', (s) => `/spaces/${s.id}/invitations`, (other) => ({ person: other.id }), (oracle, space, other, _, actor) => {
  if (oracle.isMember(other, space)) return
  if (!space.invited.has(other.id) || oracle.mayManage(actor, space)) space.inviters.set(other.id, actor.id)
  space.invited.add(other.id)
})
const approve = host('approve', 3, 'POST', (s, o) => `/spaces/${s.id}/requests/${o.id}/approve`, () => undefined, (oracle, space, other) => oracle.enter(space, other))
const decline = host('decline', 1, 'POST', (s, o) => `/spaces/${s.id}/requests/${o.id}/decline`, () => undefined, (_, space, other) => void space.requested.delete(other.id))

const editCharter = move('edit a charter', 2, async ({ actor, space, flag, world, oracle, say }) => {
  const visibility = flag < 6 ? undefined : (['open', 'closed', 'secret'] as const)[flag % 3]
  const canary = world.canary('s')
  const { status } = await world.call(actor, 'PATCH', `/spaces/${space.id}`, { name: canary, purpose: canary, ...(visibility && { visibility }) })
  if (status !== 200) return
  say(`calls ${space.name} ${canary} ${visibility ?? ''}`)
  world.expect(oracle.mayManage(actor, space), `${actor.name} edits the charter of ${space.name}`)
  world.expect(visibility !== 'open' || space.visibility === 'open', `${space.name} is opened to everyone`)
  Object.assign(space, { canary, name: canary, ...(visibility && { visibility }) })
}, { by: 'host' })

const archive = move('archive', 1, async ({ actor, space, world, say }) => {
  const { status } = await world.call(actor, 'POST', `/spaces/${space.id}/${space.archived ? 'unarchive' : 'archive'}`)
  if (status !== 200) return
  space.archived = !space.archived
  say(`${space.archived ? 'archives' : 'takes up'} ${space.name}`)
}, { by: 'host' })

async function uploadFor(world: World, oracle: Oracle, actor: Person): Promise<string[]> {
  if (!has('POST', '/files')) return []
  const canary = world.canary('f')
  const form = new FormData()
  form.append('alt', `alt ${canary}`)
  form.append('file', new Blob([`text of ${canary}`], { type: 'text/plain' }), `${canary}.txt`)
  const { status, json } = await world.call(actor, 'POST', '/files', form)
  if (status !== 201 && status !== 200) {
    world.fault(`${actor.name} uploads a file: ${status}`)
    return []
  }
  oracle.files.set(json.id, { id: json.id, canary, owner: actor.id, entry: null })
  return [json.id]
}

export const blank = { published: true, removedBy: null, at: 0 }
const words = (world: World, mentioned: Person, topic: string) => {
  const canary = world.canary('b')
  return { canary, body: `${canary} for @${mentioned.handle} on #${topic}` }
}

/** Somebody posts and mentions somebody; the server and the oracle must agree whether they may. */
export async function say(world: World, actor: Person, space: Space, other: Person, flag = 0): Promise<void> {
  const { oracle } = world
  const topic = TOPICS[flag % 2]
  const { canary, body } = words(world, other, topic)
  const title = space.kind === 'direct' ? '' : world.canary('t')
  const files = flag > 6 ? await uploadFor(world, oracle, actor) : []
  const { status, json } = await world.call(actor, 'POST', `/spaces/${space.id}/entries`, { title, body, files })
  const expected = !oracle.mayRead(actor, space) ? 404 : oracle.mayPost(actor, space) ? 201 : 403
  world.expect(status === expected, `${actor.name} posts in ${space.name}: ${status}, not ${expected}`)
  if (status !== 201) return
  world.history.push(`${actor.name} posts ${canary} in ${space.name}, mentioning ${other.name}`)
  oracle.write({
    ...blank, id: json.id, space: space.id, root: null, parent: null, author: actor.id, kind: space.kind === 'direct' ? 'message' : 'update',
    title, body: canary, old: [], topics: [topic], mentions: new Set(), reactions: new Map(), files,
  }, [other])
  world.told('entry.published', json.id, space)
}

const post = move('post', 9, ({ actor, space, other, flag, world }) => say(world, actor, space, other, flag))

const reply = move('reply', 7, async ({ actor, entry, other, flag, world, oracle, say }) => {
  if (!entry) return
  const { canary, body } = words(world, other, TOPICS[flag % 2])
  const { status, json } = await world.call(actor, 'POST', `/entries/${entry.id}/replies`, { body })
  const space = oracle.spaceOf(entry)
  const expected = !oracle.mayOpen(actor, entry) ? 404 : oracle.mayReply(actor, space) ? 201 : 403
  world.expect(status === expected, `${actor.name} answers in ${space.name}: ${status}, not ${expected}`)
  if (status !== 201) return
  say(`answers ${world.nameOf(entry.id)} with ${canary}`)
  oracle.write({
    ...blank, id: json.id, space: space.id, root: entry.root ?? entry.id, parent: entry.id, author: actor.id, kind: 'message',
    title: '', body: canary, old: [], topics: [TOPICS[flag % 2]], mentions: new Set(), reactions: new Map(), files: [],
  }, [other])
  world.told('entry.published', json.id, space)
})

const edit = move('edit', 4, async ({ actor, entry, other, flag, world, oracle, say }) => {
  if (!entry) return
  const topic = TOPICS[flag % 2]
  const { canary, body } = words(world, other, topic)
  const { status } = await world.call(actor, 'PATCH', `/entries/${entry.id}`, { body })
  if (!oracle.mayOpen(actor, entry)) return world.expect(status === 404, `${actor.name} edits what they cannot read: ${status}`)
  if (status !== 200) return
  say(`edits ${world.nameOf(entry.id)} to ${canary}`)
  world.expect(entry.author === actor.id, `${actor.name} edits another's entry`)
  oracle.edit(entry, canary, [other])
  entry.topics = [topic]
  world.told('entry.edited', entry.id, oracle.spaceOf(entry))
}, { by: 'author' })

const remove = move('remove', 3, async ({ actor, entry, world, oracle, say }) => {
  if (!entry) return
  const { status } = await world.call(actor, 'DELETE', `/entries/${entry.id}`)
  if (!oracle.mayOpen(actor, entry)) return world.expect(status === 404, `${actor.name} removes what they cannot read: ${status}`)
  if (status !== 204) return
  say(`removes ${world.nameOf(entry.id)}`)
  world.expect(entry.author === actor.id || oracle.mayManage(actor, oracle.spaceOf(entry)), `${actor.name} removes another's entry`)
  oracle.remove(entry, actor)
  world.told('entry.removed', entry.id, oracle.spaceOf(entry))
}, { by: 'author' })

const restore = move('restore', 2, async ({ flag, entry, actor, world, oracle, say }) => {
  const removed = [...oracle.entries.values()].filter((one) => !one.published)
  const one = pick(removed, flag) ?? entry
  if (!one) return
  const remover = one.removedBy ? oracle.people.get(one.removedBy)! : actor
  if (!remover.active) return
  const { status } = await world.call(remover, 'POST', `/entries/${one.id}/restore`)
  const may = !one.published && oracle.mayRead(remover, oracle.spaceOf(one))
  world.expect((status === 200) === may, `${remover.name} restores ${world.nameOf(one.id)}: ${status}`)
  if (status !== 200) return
  say(`(${remover.name}) restores ${world.nameOf(one.id)}`)
  oracle.restore(one)
  world.told('entry.restored', one.id, oracle.spaceOf(one))
})

const react = move('react', 3, async ({ actor, entry, flag, world, oracle, say }) => {
  if (!entry) return
  const emoji = EMOJI[flag % 2]
  const who = entry.reactions.get(emoji) ?? new Set()
  const adding = !who.has(actor.id)
  const { status } = await world.call(actor, adding ? 'PUT' : 'DELETE', `/entries/${entry.id}/reactions/${encodeURIComponent(emoji)}`)
  if (!oracle.mayOpen(actor, entry)) return world.expect(status === 404, `${actor.name} reacts to what they cannot read: ${status}`)
  if (status !== 200) return
  say(`reacts to ${world.nameOf(entry.id)}`)
  if (adding) who.add(actor.id)
  else who.delete(actor.id)
  entry.reactions.set(emoji, who)
  world.told(adding ? 'reaction.added' : 'reaction.removed', entry.id, oracle.spaceOf(entry))
})

const read = move('read', 4, async ({ actor, entry, space, flag, world, oracle }) => {
  if (flag % 4 === 3) {
    const { status } = await world.call(actor, 'POST', `/spaces/${space.id}/read`)
    if (status === 200) oracle.readSpace(actor, space)
    return world.expect((status === 200) === oracle.mayRead(actor, space), `${actor.name} reads ${space.name}: ${status}`)
  }
  if (!entry) return
  const root = oracle.entries.get(entry.root ?? entry.id)!
  const thread = [root, ...oracle.replies(root)].sort((a, b) => a.at - b.at)
  const { status } = await world.call(actor, 'POST', `/entries/${entry.id}/${flag % 4 === 2 ? 'unread' : 'read'}`)
  world.expect((status === 200) === oracle.mayOpen(actor, entry), `${actor.name} marks ${world.nameOf(entry.id)}: ${status}`)
  if (status !== 200) return
  const before = thread.filter((one) => one.at < entry.at).at(-1)?.at ?? 0
  if (flag % 4 === 2) oracle.read(actor, root.id, before, true)
  else oracle.read(actor, root.id, thread.at(-1)!.at)
})

const changeRole = move('change a role', 1, async ({ other, flag, world, oracle, say }) => {
  const olga = world.byName('olga')
  if (other === olga || !other.active) return
  if (flag === 0) {
    const { status } = await world.call(olga, 'PATCH', `/people/${other.id}`, { state: 'deactivated' })
    world.expect(status === 200, `olga lets ${other.name} go: ${status}`)
    other.active = false
    say(`lets ${other.name} go`)
    return
  }
  const role = other.role === 'guest' ? 'member' : 'guest'
  const { status } = await world.call(olga, 'PATCH', `/people/${other.id}`, { role })
  world.expect(status === 200, `olga makes ${other.name} a ${role}: ${status}`)
  if (status === 200) other.role = role
  say(`makes ${other.name} a ${role}`)
  oracle.remember()
})

const changeProfile = move('change a profile', 1, async ({ actor, world, say }) => {
  const canary = world.canary('p')
  await world.call(actor, 'PATCH', '/me', { title: canary })
  actor.canary = canary
  say(`is ${canary} now`)
})

/** What people do; features push what one can do with them. */
export const moves = [openSpace, converse, join, leave, addMember, removeMember, invite, approve, decline, editCharter, archive, post, reply, edit,
  remove, restore, react, read, changeRole, changeProfile]

/** What people do one after the other. */
export const histories = () => fc.commands<Oracle, World, true>([fc.oneof(...moves)], { maxCommands: 60, size: 'max' })
