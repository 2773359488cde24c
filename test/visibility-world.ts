import { setTimeout as sleep } from 'node:timers/promises'
import WebSocket from 'ws'
import { routes } from '../server/app.ts'
import { testConfig } from '../server/scene.ts'
import type { Running } from '../server/start.ts'
import { startSeveral } from './several.ts'
import { Oracle, type Person, type Role, type Space } from './oracle.ts'
import { SCOPES } from '../server/kernel/context.ts'

type Json = any
/** A fact that everybody who may read the space must hear, once. */
type Told = { type: string; entry: string; space: Space }
export type Answer = { status: number; text: string; json: Json }

const CAST: Record<string, Role> = { olga: 'owner', adam: 'admin', ann: 'member', bob: 'member', cara: 'member', dora: 'member', gina: 'guest', gus: 'guest' }

/** These have nothing on their screen, and hear what interests them without their saying so. All others watch all there is. */
const BLIND = new Set(['bob', 'gus'])
export const watches = (person: Person) => !BLIND.has(person.name)

/** A look at every surface after so many moves. */
const LOOK_EVERY = 16

/** True when the server has this route: surfaces that are added later are read from the day they are there. */
export const has = (method: string, path: string) => routes.some((route) => route.method === method && route.path === path)

/** How a world is looked at after its moves: what sockets brought, and every surface. */
type Eyes = { listenIn: (world: World, before: Map<string, { words: Set<string>; ids: Set<string> }>) => void; look: (world: World) => Promise<void> }

/**
 * A network of eight people with a server and a database of its own, and the oracle that knows what each may read.
 * Everybody has a socket open all the time.
 */
export class World {
  readonly oracle = new Oracle()
  readonly faults: string[] = []
  readonly history: string[] = []
  looks = 0
  #moves = 0
  #told: Told[] = []
  readonly ears = new Map<string, Ear>()
  readonly #tokens = new Map<string, string>()
  #serial = 0
  #general?: Space
  #running!: Running
  #drop!: () => Promise<void>
  readonly #eyes: Eyes

  constructor(eyes: Eyes) {
    this.#eyes = eyes
  }

  static async open(eyes: Eyes): Promise<World> {
    const world = new World(eyes)
    const { config, drop } = await testConfig()
    world.#drop = drop
    world.#running = await startSeveral(config)
    await world.#populate()
    return world
  }

  get url() {
    return this.#running.url
  }

  async close(): Promise<void> {
    for (const ear of this.ears.values()) ear.close()
    await this.#running.stop()
    await this.#drop()
  }

  /** A word that stands nowhere else. */
  canary = (kind: string) => `cnry_${++this.#serial}_${kind}`

  fault(what: string): void {
    if (this.faults.length < 40) this.faults.push(what)
  }

  /** What stands at an address beside the API, which has somebody's secret in it. */
  readFeed = async (person: Person, path: (secret: string) => string): Promise<string> => (await fetch(this.url + path(this.#tokens.get(person.id)!))).text()

  async call(person: Person | null, method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const json = body !== undefined && !(body instanceof FormData)
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method, body: json ? JSON.stringify(body) : (body as FormData | undefined),
      headers: { 'accept-encoding': 'identity', ...(person && { authorization: `Bearer ${this.#tokens.get(person.id)}` }), ...(json && { 'content-type': 'application/json' }), ...headers },
    })
    const text = await response.text()
    if (response.status >= 500) this.fault(`${person?.name ?? 'nobody'} ${method} ${path} answers ${response.status}: ${text}`)
    const isJson = response.headers.get('content-type')?.includes('json') && text !== ''
    return { status: response.status, text, json: isJson ? JSON.parse(text) : null }
  }

  expect(holds: boolean, otherwise: string): void {
    if (!holds) this.fault(otherwise)
  }

  told = (type: string, entry: string, space: Space) => void this.#told.push({ type, entry, space })
  takeTold = () => this.#told.splice(0)

  /** One move, what the sockets brought of it, and now and then a look at everything. */
  async turn(move: () => Promise<void>): Promise<void> {
    const before = new Map([...this.oracle.people.values()].map((person) => [person.id, { words: this.oracle.words(person), ids: this.oracle.ids(person) }]))
    await this.#watchAll()
    await move()
    await this.settle()
    this.#eyes.listenIn(this, before)
    this.oracle.remember()
    await this.#reopen()
    if (++this.#moves % LOOK_EVERY === 0) await this.#eyes.look(this)
    if (this.faults.length) throw new Error(`${this.faults.join('\n')}\nafter:\n  ${this.history.slice(-40).join('\n  ')}`)
  }

  /** A changed role closes sockets, which come back where they were; being let go closes them for good. */
  async #reopen(): Promise<void> {
    for (const person of this.oracle.people.values()) {
      const ear = this.ears.get(person.id)!
      if (!person.active) this.expect(ear.closed === 4401, `${person.name}, let go, still has a socket`)
      else if (ear.closed !== null) await this.listen(person, ear.seq)
    }
  }

  /** Whoever watches asks for all spaces there are, and is told of those they may read. */
  async #watchAll(): Promise<void> {
    const all = [...this.oracle.spaces.keys()].slice(-100)
    const asking = [...this.oracle.people.values()].filter((person) => person.active && watches(person) && this.ears.get(person.id)!.asked !== all.length)
    if (asking.length) await this.settle()
    await Promise.all(asking.map(async (person) => {
      const given = await this.ears.get(person.id)!.watch(all)
      const wanted = all.filter((id) => this.oracle.mayRead(person, this.oracle.spaces.get(id)!))
      this.expect(given === null || given.toSorted().join() === wanted.toSorted().join(), `${person.name} watches ${given?.map((id) => this.nameOf(id))}, not ${wanted.map((id) => this.nameOf(id))}`)
    }))
  }

  /** Everything a new socket brings that resumes from `after`. */
  async hearFrom(person: Person, after: number): Promise<Json[]> {
    const ear = new Ear(this.url, this.#tokens.get(person.id)!, after)
    await ear.ready
    await ear.pong()
    this.expect(ear.resets === 0, `${person.name}'s socket is reset when it resumes from ${after}`)
    ear.close()
    return ear.drain()
  }

  /** Everything was delivered: committed facts to the sockets, and from there to the ears. */
  async settle(): Promise<void> {
    await this.#running.settled()
    await Promise.all([...this.ears.values()].map((ear) => ear.pong()))
  }

  async listen(person: Person, after?: number): Promise<void> {
    const ear = new Ear(this.url, this.#tokens.get(person.id)!, after)
    this.ears.set(person.id, ear)
    await ear.ready
  }

  /** The log from its beginning, as server-sent events. */
  async readStream(person: Person, after: number): Promise<{ events: Json[]; text: string }> {
    const stop = new AbortController()
    const response = await fetch(`${this.url}/api/v1/events?after=${after}`, {
      headers: { authorization: `Bearer ${this.#tokens.get(person.id)}`, accept: 'text/event-stream' }, signal: stop.signal,
    })
    let text = ''
    const decoder = new TextDecoder()
    for await (const chunk of response.body!) {
      text += decoder.decode(chunk as Uint8Array, { stream: true })
      // The greeting says that everything old was sent.
      if (/^:\{"seq":\d+\}$/m.test(text) || /^event: reset$/m.test(text)) break
    }
    stop.abort()
    const events = [...text.matchAll(/^data: (.+)$/gm)].map(([, data]) => JSON.parse(data))
    return { events, text }
  }

  async #populate(): Promise<void> {
    const token = new URL(this.#running.setupLink!).searchParams.get('token')
    const person = { name: 'olga', handle: 'olga', password: 'correct horse' }
    const response = await fetch(`${this.url}/api/v1/setup`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token, network: 'Acme', ...person }),
    })
    const cookie = response.headers.getSetCookie()[0].split(';')[0]
    const olga = (await response.json() as Json).person
    const made = await this.call(null, 'POST', '/tokens', { name: 'test', scopes: SCOPES }, { cookie })
    await this.#admit('olga', { ...olga, token: made.json.token })
    await this.#knowGeneral()
    for (const [name, role] of Object.entries(CAST))
      if (name !== 'olga') await this.#admit(name, (await this.call(null, 'POST', '/people', { name, handle: name, role, token: true, scopes: SCOPES }, { cookie })).json)
    for (const one of this.oracle.people.values()) await this.listen(one)
    await this.settle()
  }

  async #admit(name: string, { id, token, role }: Json): Promise<void> {
    this.#tokens.set(id, token)
    const person: Person = { id, name, handle: name, role, active: true, canary: this.canary('p') }
    this.oracle.people.set(id, person)
    const { json } = await this.call(person, 'PATCH', '/me', { title: person.canary })
    if (this.#general && role !== 'guest') this.oracle.enter(this.#general, person, 'member')
    this.addSpace({ id: json.space, name: `${name}'s profile`, kind: 'profile', visibility: 'open', canary: name }, person)
  }

  /** The space that everybody but guests follows from the start. */
  async #knowGeneral(): Promise<void> {
    const [olga, canary] = [this.byName('olga'), this.canary('s')]
    const { json } = await this.call(olga, 'GET', '/spaces')
    const [general] = json.items
    await this.call(olga, 'PATCH', `/spaces/${general.id}`, { name: canary })
    this.#general = this.addSpace({ id: general.id, name: canary, kind: 'community', visibility: 'open', canary }, olga)
  }

  addSpace(space: Pick<Space, 'id' | 'name' | 'kind' | 'visibility' | 'canary'>, ...members: Person[]): Space {
    const whole: Space = { ...space, archived: false, founder: members[0].id, members: new Map(), requested: new Set(), invited: new Set(), inviters: new Map(), removed: new Set() }
    this.oracle.spaces.set(space.id, whole)
    for (const [i, person] of members.entries()) this.oracle.enter(whole, person, i === 0 && space.kind !== 'direct' ? 'host' : 'member')
    return whole
  }

  byName = (name: string) => [...this.oracle.people.values()].find((person) => person.name === name)!

  /** What a known id is called, for messages. */
  nameOf(id: string): string {
    const { people, spaces, entries, files } = this.oracle
    const entry = entries.get(id)
    if (entry) return `entry ${entry.body.slice(0, 12)} in ${spaces.get(entry.space)!.name}`
    return people.get(id)?.name ?? (spaces.get(id) ? `space ${spaces.get(id)!.name}` : files.get(id) ? `file ${files.get(id)!.canary}` : id)
  }
}

/** A socket and what came by it since one last asked. */
export class Ear {
  closed: number | null = null
  seq: number
  resets = 0
  /** how many spaces it asked to be told of */
  asked = 0
  readonly ready: Promise<void>
  readonly #socket: WebSocket
  #heard: Json[] = []
  #onWatching: ((spaces: string[] | null) => void)[] = []
  #onPong: (() => void)[] = []

  constructor(url: string, token: string, after?: number) {
    this.seq = after ?? 0
    this.#socket = new WebSocket(`${url.replace(/^http/, 'ws')}/live${after === undefined ? '' : `?after=${after}`}`, { headers: { authorization: `Bearer ${token}` } })
    this.ready = new Promise((resolve, reject) => {
      this.#socket.on('error', reject)
      this.#socket.on('message', (data) => {
        const frame = JSON.parse(data.toString())
        if (Array.isArray(frame)) this.#heard.push(...frame)
        else if (frame.reset) this.resets++
        else if (frame.watching) this.#onWatching.shift()?.(frame.watching)
        this.seq = (Array.isArray(frame) ? frame.at(-1).seq : frame.seq) ?? this.seq
        if (!Array.isArray(frame)) resolve()
      })
    })
    this.#socket.on('pong', () => this.#onPong.splice(0).forEach((done) => done()))
    this.#socket.on('close', (code) => {
      this.closed = code
      this.#onPong.splice(0).forEach((done) => done())
      this.#onWatching.splice(0).forEach((done) => done(null))
    })
  }

  /** Says what is on the screen; resolves with what of it one is told of, null when the socket closes. */
  watch(spaces: string[]): Promise<string[] | null> {
    if (this.closed !== null || this.#socket.readyState !== WebSocket.OPEN) return Promise.resolve(null)
    this.asked = spaces.length
    return new Promise((done) => {
      this.#onWatching.push(done)
      this.#socket.send(JSON.stringify({ watch: spaces }))
    })
  }

  /** Resolves when everything that was sent before has arrived. */
  pong(): Promise<void> {
    if (this.closed !== null) return Promise.resolve()
    if (this.#socket.readyState !== WebSocket.OPEN) return Promise.race([sleep(50), new Promise<void>((done) => this.#socket.once('close', () => done()))])
    return new Promise((done) => {
      this.#onPong.push(done)
      this.#socket.ping()
    })
  }

  drain = () => this.#heard.splice(0)
  close = () => this.#socket.terminate()
}
