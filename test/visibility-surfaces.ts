import { routes } from '../server/app.ts'
import { type Entry, type Oracle, type Person, type Space, UNFED } from './oracle.ts'
import { type Answer, has, watches, type World } from './visibility-world.ts'

type Json = any
const MISSING = '01a2010f-841e-7000-b1be-62788d92349e'
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const CANARY = /cnry_\d+_[a-z]/g
export const idsIn = (text: string) => new Set(text.match(UUID))
export const canariesIn = (text: string) => new Set(text.match(CANARY))

/** Reads everything, as everybody, and compares it with what the oracle says they may read. */
export async function look(world: World): Promise<void> {
  const { oracle } = world
  world.looks++
  await Promise.all([...oracle.people.values()].map((person) => (person.active ? lookAs(new Reader(world, person)) : lookFromOutside(world, person))))
  await lookFromOutside(world, null)
}

/** Whoever is not signed in, or not any more, reads nothing whatever. */
async function lookFromOutside(world: World, person: Person | null): Promise<void> {
  const { oracle } = world
  const some = (from: Map<string, { id: string }>) => [...from.keys()][world.looks % Math.max(1, from.size)] ?? MISSING
  const ids: Record<string, string> = { entries: some(oracle.entries), spaces: some(oracle.spaces), people: some(oracle.people), files: some(oracle.files) }
  for (const route of routes.filter(({ method, access, dialect }) => method === 'GET' && access !== 'anyone' && !dialect)) {
    const noun = route.path.split('/')[1]
    const answer = await world.call(person, 'GET', route.path.replace(/:\w+/g, ids[noun] ?? 'soup'))
    if (answer.status !== 401) world.fault(`${person?.name ?? 'nobody'}, not signed in: ${route.path} answers ${answer.status}`)
    for (const word of canariesIn(answer.text)) world.fault(`${person?.name ?? 'nobody'}, not signed in, meets ${word} at ${route.path}`)
  }
}

/** What features look at beside the following; each pushes its own. */
export const looks: ((r: Reader) => Promise<void>)[] = []

/** One person's requests: every answer is held against what they may meet anywhere. */
export class Reader {
  readonly world: World
  readonly oracle: Oracle
  readonly person: Person
  readonly #words: Set<string>
  readonly #history: Set<string>
  readonly #ids: Set<string>
  readonly #missing = new Map<string, string>()
  constructor(world: World, person: Person) {
    this.world = world
    this.oracle = world.oracle
    this.person = person
    this.#words = this.oracle.words(person)
    this.#history = this.oracle.words(person, true)
    this.#ids = this.oracle.ids(person)
  }

  async get(template: string, path: string, more = ''): Promise<Answer> {
    const answer = await this.world.call(this.person, 'GET', path + more)
    this.inspect(path + more, answer.text, template === '/entries/:id/versions' ? this.#history : this.#words)
    return answer
  }

  /** Safety: nothing of what they meet is outside of what they may meet. */
  inspect(where: string, text: string, words = this.#words, addressed = new Set<string>()): void {
    for (const word of canariesIn(text)) if (!words.has(word)) this.fault(`${where} shows ${word}`)
    for (const id of idsIn(text))
      if (this.isKnown(id) && !this.#ids.has(id) && !addressed.has(id) && !where.includes(id)) this.fault(`${where} names ${this.world.nameOf(id)}`)
  }

  isKnown = (id: string) => [this.oracle.people, this.oracle.spaces, this.oracle.entries, this.oracle.files].some((map) => map.has(id))

  /** A thing that may be opened answers; one that may not answers byte by byte like one that does not exist. */
  async open(template: string, id: string, may: boolean, more = ''): Promise<Json | null> {
    const { status, text, json } = await this.get(template, template.replace(':id', id), more)
    if (may !== (status < 300)) this.fault(`${template} of ${this.world.nameOf(id)} answers ${status}`)
    if (status >= 300 && !may && text !== (await this.missing(template, more))) this.fault(`${template} of ${this.world.nameOf(id)} differs from a missing one: ${text}`)
    return status < 300 ? json : null
  }

  async missing(template: string, more: string): Promise<string> {
    const known = this.#missing.get(template + more)
    if (known !== undefined) return known
    const { text } = await this.world.call(this.person, 'GET', template.replace(':id', MISSING) + more)
    this.#missing.set(template + more, text)
    return text
  }

  /** All items of a list, page by page. */
  async list(template: string, path = template, query = ''): Promise<Json[]> {
    const items: Json[] = []
    for (let cursor = ''; ;) {
      const { json, status, text } = await this.get(template, path, `?limit=40${query}${cursor}`)
      if (status !== 200) {
        this.fault(`${path} answers ${status}: ${text}`)
        return items
      }
      items.push(...json.items)
      if (!json.next) return items
      cursor = `&before=${json.next}`
    }
  }

  /** Safety and liveness at once: exactly these, none more, none less, none twice. */
  same(where: string, found: Iterable<string>, allowed: Iterable<string>): void {
    const [got, want] = [[...found], new Set(allowed)]
    for (const id of got) if (!want.has(id)) this.fault(`${where} shows ${this.world.nameOf(id)} and should not`)
    for (const id of want) if (!got.includes(id)) this.fault(`${where} does not show ${this.world.nameOf(id)}`)
    if (new Set(got).size !== got.length) this.fault(`${where} shows something twice`)
  }

  equal(where: string, found: unknown, wanted: unknown): void {
    if (JSON.stringify(found) !== JSON.stringify(wanted)) this.fault(`${where} is ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`)
  }

  fault = (what: string) => this.world.fault(`${this.person.name} (${this.person.role}): ${what}`)
}

const idsOf = (items: { id: string }[]) => items.map((item) => item.id)

async function lookAs(r: Reader): Promise<void> {
  const { oracle } = r
  await lookAtPeople(r)
  await lookAtDirectory(r)
  // Profiles are many and alike: a third of them each time.
  for (const [i, space] of [...oracle.spaces.values()].entries()) if (space.kind !== 'profile' || (i + r.world.looks) % 3 === 0) await lookAtSpace(r, space)
  for (const entry of oracle.entries.values()) await lookAtEntry(r, entry)
  await lookAtLists(r)
  await lookAtFiles(r)
  await lookAtDrafts(r)
  if (has('GET', '/search')) await lookAtSearch(r)
  await lookAtLog(r)
  for (const look of looks) await look(r)
  await lookAtTheRest(r)
}

async function lookAtPeople(r: Reader): Promise<void> {
  const { oracle, person } = r
  const known = [...oracle.people.values()].filter((one) => oracle.mayKnowPerson(person, one))
  r.same('/people', idsOf(await r.list('/people')), idsOf(known.filter((one) => one.active)))
  for (const one of oracle.people.values()) await r.open('/people/:id', one.id, oracle.mayKnowPerson(person, one))
  // Of some of them what else is said of them: over several looks, of everybody.
  for (const [i, one] of [...oracle.people.values()].entries()) if ((i + r.world.looks) % 3 === 0) await lookAtPerson(r, one)
}

async function lookAtPerson(r: Reader, one: Person): Promise<void> {
  const { oracle, person } = r
  const communities = [...oracle.spaces.values()].filter((space) => space.kind === 'community')
  const shared = communities.filter((space) => !space.archived && oracle.isMember(person, space) && oracle.isMember(one, space))
  r.same(`/spaces with ${one.name}`, idsOf(await r.list('/spaces', '/spaces', `&with=${one.id}`)), idsOf(shared))
  if (!oracle.mayKnowPerson(person, one)) return void (await r.open('/people/:id/entries', one.id, false))
  const written = [...oracle.entries.values()].filter((entry) => entry.author === one.id && entry.published && oracle.spaceOf(entry).kind === 'community' && oracle.mayOpen(person, entry))
  r.same(`/people/:id/entries of ${one.name}`, idsOf(await r.list('/people/:id/entries', `/people/${one.id}/entries`)), idsOf(written))
}

async function lookAtDirectory(r: Reader): Promise<void> {
  const { oracle, person } = r
  const known = [...oracle.spaces.values()].filter((space) => space.kind === 'community' && oracle.mayKnow(person, space))
  r.same('/spaces', idsOf(await r.list('/spaces')), idsOf(known.filter((space) => !space.archived)))
  r.same('/spaces archived', idsOf(await r.list('/spaces', '/spaces', '&state=archived')), idsOf(known.filter((space) => space.archived)))
  r.same('/spaces mine', idsOf(await r.list('/spaces', '/spaces', '&mine=true')), idsOf(known.filter((space) => !space.archived && oracle.isMember(person, space))))
  const direct = [...oracle.spaces.values()].filter((space) => space.kind === 'direct' && oracle.isMember(person, space))
  const conversations = await r.list('/conversations')
  r.same('/conversations', idsOf(conversations), idsOf(direct))
  for (const { id, last } of conversations) {
    const newest = oracle.entriesIn(oracle.spaces.get(id)!).filter((entry) => entry.published).at(-1)
    r.equal(`the last line of ${r.world.nameOf(id)}`, last?.id ?? null, newest?.id ?? null)
  }
}

async function lookAtSpace(r: Reader, space: Space): Promise<void> {
  const { oracle, person, world } = r
  const may = oracle.mayRead(person, space)
  const name = `the space ${space.name}`
  const card = await r.open('/spaces/:id', space.id, oracle.mayKnow(person, space))
  if (card) {
    r.equal(`${name}'s my`, [card.my.role, card.my.may_read, card.my.requested, card.my.invited],
      [space.members.get(person.id)?.role ?? null, may, space.requested.has(person.id), space.invited.has(person.id)])
    r.equal(`${name}'s unread`, card.my.unread, unreadIn(r, space))
    if (may) r.equal(`${name}'s audience in number`, card.audience.count, oracle.readers(space).length)
  }
  // Three views of the same; one of them each time.
  const view = ['view=threads', 'view=threads&order=active', 'view=flat'][(world.looks + space.canary.length) % 3]
  const path = `/spaces/${space.id}/entries`
  if (!may) {
    await r.open('/spaces/:id/entries', space.id, false, `?${view}`)
    await r.open('/spaces/:id/members', space.id, false)
    await r.open('/spaces/:id/requests', space.id, false)
    await r.open('/spaces/:id/health', space.id, false)
  } else {
    const shown = oracle.entriesIn(space).filter((entry) => oracle.isShown(entry) && (view === 'view=flat' || entry.root === null))
    const items = await r.list('/spaces/:id/entries', path, `&${view}`)
    r.same(`${path}?${view}`, idsOf(items), idsOf(shown))
    for (const item of items) r.equal(`${path}?${view} unread of ${world.nameOf(item.id)}`, item.unread, unreadOf(r, oracle.entries.get(item.id)!, view !== 'view=flat'))
    r.same(`${name}'s members`, idsOf(await r.list('/spaces/:id/members', `/spaces/${space.id}/members`)), space.members.keys())
    await r.open('/spaces/:id/health', space.id, space.kind === 'community')
    const { json, status } = await r.get('/spaces/:id/requests', `/spaces/${space.id}/requests`)
    r.equal(`${name}'s requests may be read`, status === 200, oracle.mayManage(person, space))
    if (status === 200) r.same(`${name}'s requests`, idsOf(json.items), space.requested)
  }
  await lookAtSuggestions(r, space, may)
}

async function lookAtSuggestions(r: Reader, space: Space, may: boolean): Promise<void> {
  const { oracle, person } = r
  const { status, json } = await r.get('/mention-suggestions', '/mention-suggestions', `?space=${space.id}`)
  r.equal(`mentioning in ${space.name} is possible`, status === 200, may)
  if (status === 200)
    r.same(`suggestions in ${space.name}`, idsOf(json.items), idsOf(oracle.readers(space).filter((one) => one !== person && oracle.mayKnowPerson(person, one))))
}

/** How much is unread of a thread, or whether a single entry is. */
const unreadOf = ({ oracle, person }: Reader, entry: Entry, asThread: boolean) =>
  [entry, ...(asThread ? oracle.replies(entry) : [])].filter((one) => oracle.isUnread(person, one)).length

const unreadIn = ({ oracle, person }: Reader, space: Space) =>
  oracle.isMember(person, space) ? oracle.entriesIn(space).filter((entry) => oracle.isUnread(person, entry)).length : 0

async function lookAtEntry(r: Reader, entry: Entry): Promise<void> {
  const { oracle, person, world } = r
  const may = oracle.mayOpen(person, entry)
  const found = await r.open('/entries/:id', entry.id, may)
  if (found) r.same(`the words of ${world.nameOf(entry.id)}`, canariesIn(`${found.title} ${found.body}`), entry.published ? [entry.title, entry.body].filter(Boolean) : [])
  // Of what hangs on an entry one thing each time: over several looks, all of them for everybody.
  const parts = [lookAtThread, lookAtVersions, lookAtReactions, lookAtAudience]
  await parts[(world.looks + entry.at + person.name.length) % parts.length](r, entry, may)
}

async function lookAtThread(r: Reader, entry: Entry, may: boolean): Promise<void> {
  const thread = await r.open('/entries/:id/thread', entry.id, may, '?limit=100')
  if (!thread) return
  const root = r.oracle.entries.get(entry.root ?? entry.id)!
  const replies = r.oracle.replies(root).sort((a, b) => a.at - b.at)
  r.equal('the head of a thread', thread.root.id, root.id)
  r.equal(`the thread of ${r.world.nameOf(root.id)}`, idsOf(thread.items), idsOf(replies))
  r.equal(`the replies of ${r.world.nameOf(root.id)} in number`, thread.root.reply_count, replies.length)
}

async function lookAtVersions(r: Reader, entry: Entry, may: boolean): Promise<void> {
  const versions = await r.open('/entries/:id/versions', entry.id, may && entry.published)
  if (versions) r.same(`the versions of ${r.world.nameOf(entry.id)}`, canariesIn(JSON.stringify(versions)), entry.old.filter(Boolean))
}

async function lookAtReactions(r: Reader, entry: Entry, may: boolean): Promise<void> {
  const reactions = await r.open('/entries/:id/reactions', entry.id, may)
  const wanted = entry.published ? [...entry.reactions].flatMap(([emoji, who]) => [...who].map((id) => emoji + id)) : []
  if (reactions) r.same(`the reactions to ${r.world.nameOf(entry.id)}`, reactions.items.map((one: Json) => one.emoji + one.person.id), wanted)
}

async function lookAtAudience(r: Reader, entry: Entry, may: boolean): Promise<void> {
  const audience = await r.open('/entries/:id/audience', entry.id, may, '?limit=100')
  if (!audience) return
  const readers = r.oracle.readers(r.oracle.spaceOf(entry))
  r.same(`the audience of ${r.world.nameOf(entry.id)}`, idsOf(audience.items), idsOf(readers.filter((one) => r.oracle.mayKnowPerson(r.person, one))))
  r.equal(`the audience of ${r.world.nameOf(entry.id)} in number`, audience.count, readers.length)
}

async function lookAtLists(r: Reader): Promise<void> {
  const { oracle, person } = r
  const entries = [...oracle.entries.values()]
  const followed = entries.filter((entry) => entry.root === null && !UNFED.has(entry.kind) && oracle.isMember(person, oracle.spaceOf(entry)) && oracle.mayOpen(person, entry) && !oracle.mutesSpace(person, entry.space))
  const home = await r.list('/home')
  r.same('/home', idsOf(home), idsOf(followed))
  for (const item of home) r.equal(`/home unread of ${r.world.nameOf(item.id)}`, item.unread, unreadOf(r, oracle.entries.get(item.id)!, true))
  r.same('/home unread', idsOf(await r.list('/home', '/home', '&unread=true')), idsOf(followed.filter((entry) => unreadOf(r, entry, true) > 0)))
  await lookAtInbox(r)
  for (const topic of ['soup', 'salt']) {
    const found = await r.list('/topics/:topic/entries', `/topics/${topic}/entries`)
    r.same(`#${topic}`, idsOf(found), idsOf(entries.filter((entry) => entry.published && entry.topics.includes(topic) && oracle.mayOpen(person, entry))))
  }
}

async function lookAtInbox(r: Reader): Promise<void> {
  const { oracle, person } = r
  const told = oracle.inbox(person)
  const inbox = await r.list('/inbox')
  r.same('/inbox', inbox.map((item) => item.root.id), new Set(told.map((entry) => entry.root ?? entry.id)))
  for (const item of inbox) {
    const mine = told.filter((entry) => (entry.root ?? entry.id) === item.root.id)
    r.same(`/inbox entries of ${r.world.nameOf(item.root.id)}`, idsOf(item.entries), idsOf(mine.sort((a, b) => oracle.momentOf(person, a) - oracle.momentOf(person, b)).slice(-3)))
    r.equal(`/inbox unread of ${r.world.nameOf(item.root.id)}`, item.unread, mine.filter((entry) => oracle.isUnreadInInbox(person, entry)).length)
  }
  const { json } = await r.get('/unread', '/unread')
  const counts = [...oracle.spaces.values()].map((space) => [space.id, unreadIn(r, space)] as const).filter(([, n]) => n)
  r.equal('/unread', Object.entries(json.spaces).sort(), counts.sort(([a], [b]) => (a < b ? -1 : 1)))
  const waiting = new Set(told.filter((entry) => oracle.isUnreadInInbox(person, entry)).map((entry) => entry.root ?? entry.id))
  r.equal('/unread inbox', json.inbox, waiting.size)
}

async function lookAtFiles(r: Reader): Promise<void> {
  for (const file of r.oracle.files.values()) {
    if (has('GET', '/files/:id')) await r.open('/files/:id', file.id, r.oracle.mayFetch(r.person, file))
    if (has('GET', '/files/:id/thumbnail')) await r.open('/files/:id/thumbnail', file.id, false)
  }
}

async function lookAtDrafts(r: Reader): Promise<void> {
  const { oracle, person } = r
  const mine = new Map(oracle.draftsOf(person).map((draft) => [draft.place, draft.body]))
  const found = await r.list('/drafts')
  r.equal('/drafts', found.map((draft) => [draft.place, draft.body]).sort(), [...mine].sort())
  for (const place of new Set([...oracle.drafts.values()].map((draft) => draft.place))) await r.open('/drafts/:id', place, mine.has(place))
}

async function lookAtSearch(r: Reader): Promise<void> {
  const { oracle, person } = r
  // A step of an idea is a line of that, and not searched for.
  const entries = [...oracle.entries.values()].filter(({ kind }) => kind !== 'idea_step')
  const { json } = await r.get('/search', '/search', '?q=cnry&limit=100')
  const may = entries.filter((entry) => entry.published && oracle.mayOpen(person, entry))
  r.same('/search cnry', idsOf(json?.items ?? []), idsOf(may))
  r.equal('/search in number', json?.total, may.length)
  const one = entries[(r.world.looks * 7 + person.name.length) % Math.max(1, entries.length)]
  if (one) {
    const found = await r.get('/search', '/search', `?q=${one.body}`)
    r.same(`/search for ${one.body}`, idsOf(found.json?.items ?? []), one.published && oracle.mayOpen(person, one) ? [one.id] : [])
    r.equal(`/search for ${one.body} in number`, found.json?.total, one.published && oracle.mayOpen(person, one) ? 1 : 0)
  }
  if (has('GET', '/search/suggest')) await r.get('/search/suggest', '/search/suggest', '?q=cnry')
}

/** The log from its beginning: as pages, as server-sent events, by a socket; each gives the same facts. */
async function lookAtLog(r: Reader): Promise<void> {
  const { oracle, person, world } = r
  const items: Json[] = []
  for (let after = '0'; ;) {
    const { json } = await r.world.call(person, 'GET', `/events?limit=100&after=${after}`)
    items.push(...json.items)
    if (json.items.length < 100) break
    after = json.next
  }
  inspectEvents(r, items)
  const stream = await world.readStream(person, 0)
  r.equal('the event stream', stream.events.map((event) => event.seq), items.map((event) => event.seq))
  inspectEvents(r, stream.events)
  const ear = await world.hearFrom(person, 0)
  // A socket brings what one would have heard without watching.
  const interests = ({ type, space, person: about }: Json) =>
    type.startsWith('person.') || about?.id === person.id || (space && oracle.isMember(person, oracle.spaces.get(space)!))
  r.equal('the resumed socket', ear.map((event) => event.seq), items.filter(interests).map((event) => event.seq))
  inspectEvents(r, ear)
  const written = new Set(items.filter((event) => event.type === 'entry.published').map((event) => event.entry_id))
  r.same('the log', written, idsOf([...oracle.entries.values()].filter((entry) => oracle.mayRead(person, oracle.spaceOf(entry)))))
}

const PRIVATE = new Set(['join.requested', 'join.declined', 'space.invited', 'read.marked', 'draft.saved', 'draft.removed', 'notification.created', 'notification.withdrawn', 'waiting.changed', 'reads.restored', 'thread.stanced', 'entry.saved', 'scheduled.changed', 'session.ended'])

function inspectEvents(r: Reader, events: Json[]): void {
  for (const event of events) {
    const addressed = event.person?.id === r.person.id
    if (PRIVATE.has(event.type) && !addressed) r.fault(`a ${event.type} in ${r.world.nameOf(event.space)} for somebody else arrives`)
    const named = new Set(addressed ? r.oracle.onceKnown.get(r.person.id) ?? [] : [])
    r.inspect(`the fact ${event.type}`, JSON.stringify(event), undefined, named)
  }
}

/** Read above, with exactly what must be there. */
const EXACT = new Set(['/people', '/people/:id', '/people/:id/entries', '/spaces', '/spaces/:id', '/spaces/:id/entries', '/spaces/:id/members', '/spaces/:id/requests', '/spaces/:id/health', '/conversations',
  '/mention-suggestions', '/entries/:id', '/entries/:id/thread', '/entries/:id/versions', '/entries/:id/reactions', '/entries/:id/audience', '/home', '/inbox',
  '/unread', '/topics/:topic/entries', '/files/:id', '/files/:id/thumbnail', '/search', '/search/suggest', '/drafts', '/drafts/:place', '/events'])

/** Whatever else can be asked for without an id, or by one: read by rote, so that new surfaces are in this test from their first day. */
async function lookAtTheRest(r: Reader): Promise<void> {
  const { oracle } = r
  const targets: Record<string, Iterable<string>> = { entries: oracle.entries.keys(), spaces: oracle.spaces.keys(), people: oracle.people.keys(), files: oracle.files.keys() }
  for (const { method, path, dialect } of routes) {
    if (method !== 'GET' || dialect || EXACT.has(path)) continue
    const params = [...path.matchAll(/:(\w+)/g)]
    if (!params.length) await r.get(path, path, '?q=cnry')
    else for (const id of targets[path.split('/')[1]] ?? []) await r.get(path, path.replace(/:\w+/, id))
  }
}

/** What the sockets brought since the last move. */
export function listenIn(world: World, before: Map<string, { words: Set<string>; ids: Set<string> }>): void {
  const { oracle } = world
  const heard = new Map<string, Json[]>()
  for (const person of oracle.people.values()) {
    const r = new Reader(world, person)
    const events = world.ears.get(person.id)!.drain()
    heard.set(person.id, events)
    const was = before.get(person.id)!
    for (const event of events) {
      const addressed = event.person?.id === person.id
      if (PRIVATE.has(event.type) && !addressed) r.fault(`a live ${event.type} in ${world.nameOf(event.space)} for somebody else arrives`)
      const once = addressed ? oracle.onceKnown.get(person.id) ?? [] : []
      r.inspect(`the live fact ${event.type}`, JSON.stringify(event), new Set([...was.words, ...oracle.words(person)]), new Set([...was.ids, ...once]))
    }
  }
  for (const { type, entry, space } of world.takeTold()) {
    for (const person of oracle.people.values()) {
      const times = heard.get(person.id)!.filter((event) => event.type === type && event.entry_id === entry).length
      const wanted = oracle.mayRead(person, space) && (watches(person) || oracle.isMember(person, space)) ? 1 : 0
      if (times !== wanted) world.fault(`${person.name} (${person.role}) hears ${times} times, not ${wanted}, live: ${type} of ${world.nameOf(entry)}`)
    }
  }
}
