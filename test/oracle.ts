/**
 * Who may read what, told a second time: written from the rules and not from the server's code, pure, slow and short.
 * The visibility test holds every surface of the server against it.
 */
export type Role = 'owner' | 'admin' | 'member' | 'guest'
export type Person = { id: string; name: string; handle: string; role: Role; active: boolean; canary: string }
/** `since`: the place in the order of everything at which one came */
export type Membership = { role: 'host' | 'member'; readTo: number; since: number }
export type Space = {
  id: string; name: string; kind: 'community' | 'direct' | 'profile'; visibility: 'open' | 'closed' | 'secret'; archived: boolean
  canary: string; founder: string; members: Map<string, Membership>; requested: Set<string>; invited: Set<string>
  /** who invited whom, and whom hosts took out */
  inviters: Map<string, string>; removed: Set<string>
}
export type File = { id: string; canary: string; owner: string; entry: string | null }
export type Entry = {
  id: string; space: string; root: string | null; parent: string | null; author: string; kind: string
  /** its place in the order of everything that was ever written */
  at: number
  published: boolean; removedBy: string | null; title: string; body: string; old: string[]
  topics: string[]; mentions: Set<string>; reactions: Map<string, Set<string>>; files: string[]
}

/** Kinds that are not in feeds though they begin a thread, and those that answer nobody where they stand in one; features say which of theirs. */
export const [UNFED, ANSWERLESS] = [new Set(['message']), new Set<string>()]

export class Oracle {
  clock = 0
  readonly people = new Map<string, Person>()
  readonly spaces = new Map<string, Space>()
  readonly entries = new Map<string, Entry>()
  readonly files = new Map<string, File>()
  readonly drafts = new Map<string, { person: string; place: string; body: string; version: number }>()
  /** what somebody wrote to be sent later: theirs alone, wherever it shall go */
  readonly scheduled = new Map<string, { person: string; body: string }>()
  /** Of what a person was told something after they may have read it, until they come by again. */
  readonly late = new Map<string, Set<string>>()
  /** person → entries of which they were told that something was wrong, when, and whether they looked since */
  readonly corrected = new Map<string, Map<string, { moment: number; looked: boolean }>>()
  /** what stands with an entry beside its words, by its id */
  readonly beside = new Map<string, string[]>()
  readonly #named = new Set<string>()
  readonly #addressed = new Set<string>()
  readonly #moments = new Map<string, number>()
  /** person → root → the place up to which they have read the thread */
  readonly threadReads = new Map<string, Map<string, number>>()
  /** person → root → how they stand to the thread */
  readonly stances = new Map<string, Map<string, 'followed' | 'muted'>>()
  /** which spaces each wants to hear nothing of */
  readonly mutings = new Map<string, Set<string>>()
  /** person → entries they were told of */
  readonly told = new Map<string, Set<string>>()
  /** person → everything whose existence they could once know */
  readonly onceKnown = new Map<string, Set<string>>()
  /** what features tell a second time hears of every removal */
  readonly removals: ((entry: Entry) => void)[] = []

  // ---- the rules -------------------------------------------------------------------------------------------------

  isMember = (person: Person, space: Space) => space.members.has(person.id)

  /** An open space is for everyone but guests, all others for those who have a membership. No role gives more. */
  mayRead = (person: Person, space: Space) =>
    person.active && ((space.visibility === 'open' && person.role !== 'guest') || this.isMember(person, space))

  /** A closed space has a card for everyone but guests; a secret one only for its members and whom they invited. */
  mayKnow = (person: Person, space: Space) =>
    person.active && (this.mayRead(person, space) || space.invited.has(person.id) || (space.visibility !== 'secret' && person.role !== 'guest'))

  /** Members know everybody; guests know whom they share a space with. */
  mayKnowPerson = (viewer: Person, person: Person) =>
    viewer.active && (viewer.role !== 'guest' || viewer === person
      || [...this.spaces.values()].some((space) => this.isMember(viewer, space) && this.isMember(person, space)))

  /** Beside those who speak in a space guests meet there who is in it. */
  mayMeet = (viewer: Person, space: Space, person: string) => viewer.role !== 'guest' || space.members.has(person)

  mayManage = (person: Person, space: Space) =>
    person.active && space.kind === 'community' && (space.members.get(person.id)?.role === 'host'
      || (['owner', 'admin'].includes(person.role) && (this.isMember(person, space) || space.visibility === 'open')))

  /** Guests, and whom hosts took out, come in by the word of somebody who is a host. */
  needsHost = (person: Person, space: Space) => person.role === 'guest' || space.removed.has(person.id)

  mayInvite = (actor: Person, space: Space, person: Person) =>
    this.mayManage(actor, space) || (space.visibility === 'open' && !this.needsHost(person, space))

  isWelcome = (person: Person, space: Space) => (!this.needsHost(person, space)
    ? space.visibility === 'open' || space.invited.has(person.id)
    : space.invited.has(person.id) && this.mayManage(this.people.get(space.inviters.get(person.id)!)!, space))

  /** Members write; in an open community everyone who may read does; on a profile its person begins and others answer. */
  mayPost = (person: Person, space: Space) =>
    person.active && !space.archived && (space.kind === 'profile' ? space.members.get(person.id)?.role === 'host'
      : this.isMember(person, space) || (space.kind === 'community' && this.mayRead(person, space)))

  mayReply = (person: Person, space: Space) =>
    this.mayPost(person, space) || (space.kind === 'profile' && !space.archived && person.role !== 'guest' && this.mayRead(person, space))

  replies = (entry: Entry) => [...this.entries.values()].filter((e) => e.root === entry.id && e.published)

  /** Published, or the blanked head of a thread that others answered. */
  isShown = (entry: Entry) => entry.published || (entry.root === null && this.replies(entry).length > 0)

  mayOpen = (person: Person, entry: Entry) => this.isShown(entry) && this.mayRead(person, this.spaceOf(entry))

  /** What a person began at a place, a space or the head of a thread, is theirs alone, while they may read that place. */
  mayBegin(person: Person, place: string): boolean {
    const [space, head] = [this.spaces.get(place), this.entries.get(place)]
    return space ? this.mayRead(person, space) : !!head && head.root === null && this.mayOpen(person, head)
  }

  draftsOf = (viewer: Person) => [...this.drafts.values()].filter(({ person, place }) => person === viewer.id && this.mayBegin(viewer, place))

  /** An attached file belongs to its entry; before that only its owner has it. */
  mayFetch = (person: Person, file: File) =>
    person.active && (file.entry ? this.entries.get(file.entry)!.published && this.mayOpen(person, this.entries.get(file.entry)!) : file.owner === person.id)

  readers = (space: Space) => [...this.people.values()].filter((person) => this.mayRead(person, space))

  mutesSpace = (person: { id: string }, space: string) => !!this.mutings.get(person.id)?.has(space)
  mutes = (person: { id: string }, entry: Entry) => this.stances.get(person.id)?.get(entry.root ?? entry.id) === 'muted' || this.mutesSpace(person, entry.space)

  isUnread(person: Person, entry: Entry): boolean {
    if (this.mutes(person, entry)) return false
    const thread = this.threadReads.get(person.id)?.get(entry.root ?? entry.id)
    const readTo = thread ?? this.spaceOf(entry).members.get(person.id)?.readTo
    return readTo !== undefined && entry.published && entry.author !== person.id && entry.at > readTo
  }

  /** Whom a person's inbox tells of: what they were told and may still read. */
  inbox = (person: Person) =>
    [...new Set([...(this.told.get(person.id) ?? []), ...(this.corrected.get(person.id)?.keys() ?? [])])].map((id) => this.entries.get(id)!).filter((entry) =>
      entry.published && this.mayOpen(person, entry) && (this.toldCorrected(person, entry) || (this.told.get(person.id)?.has(entry.id) && (!this.mutes(person, entry) || this.#named.has(person.id + entry.id)))))

  toldCorrected = (person: Person, entry: Entry) => (this.mutes(person, entry) ? undefined : this.corrected.get(person.id)?.get(entry.id))

  /** In the inbox a mention counts as unread also where one does not follow. */
  isUnreadInInbox(person: Person, entry: Entry): boolean {
    if (this.toldCorrected(person, entry)?.looked === false) return true
    if (!this.told.get(person.id)?.has(entry.id)) return false
    if (this.late.get(person.id)?.has(entry.id)) return true
    const thread = this.threadReads.get(person.id)?.get(entry.root ?? entry.id)
    const readTo = thread ?? this.spaceOf(entry).members.get(person.id)?.readTo
    return readTo === undefined || entry.at > readTo
  }

  /** The words a person may meet anywhere; `history` adds what entries said before they were edited. */
  words(viewer: Person, history = false): Set<string> {
    const words = new Set<string>()
    for (const space of this.spaces.values()) if (this.mayKnow(viewer, space)) words.add(space.canary)
    for (const person of this.people.values()) if (this.mayKnowPerson(viewer, person) || this.hasMet(viewer, person)) words.add(person.canary)
    for (const entry of this.entries.values()) {
      if (!entry.published || !this.mayOpen(viewer, entry)) continue
      for (const word of [entry.title, entry.body, ...(this.beside.get(entry.id) ?? []), ...(history ? entry.old : [])]) words.add(word)
    }
    for (const file of this.files.values()) if (this.mayFetch(viewer, file)) words.add(file.canary)
    for (const { body } of this.draftsOf(viewer)) words.add(body)
    for (const { person, body } of this.scheduled.values()) if (person === viewer.id) words.add(body)
    return words
  }

  /** A guest meets in content also people who took part in it and left; as a host, who asks to join. */
  hasMet = (viewer: Person, person: Person) => [...this.spaces.values()].some((space) =>
    (this.mayRead(viewer, space) && this.traces(space).has(person.id)) || (this.mayManage(viewer, space) && space.requested.has(person.id)))

  private traces(space: Space): Set<string> {
    const inIt = [...this.entries.values()].filter((entry) => entry.space === space.id)
    return new Set([...(this.onceKnown.get(space.id) ?? []), ...inIt.flatMap((e) => [e.author, ...[...e.reactions.values()].flatMap((who) => [...who])])])
  }

  /** The ids a person may meet; entries also after their removal, which the log and `parent` still name. */
  ids(viewer: Person): Set<string> {
    const ids = new Set<string>()
    for (const space of this.spaces.values()) if (this.mayKnow(viewer, space)) ids.add(space.id).add(this.mayMeet(viewer, space, space.founder) ? space.founder : space.id)
    for (const person of this.people.values()) if (this.mayKnowPerson(viewer, person) || this.hasMet(viewer, person)) ids.add(person.id)
    for (const entry of this.entries.values()) if (this.mayRead(viewer, this.spaceOf(entry))) ids.add(entry.id)
    for (const file of this.files.values()) if (this.mayFetch(viewer, file)) ids.add(file.id)
    return ids
  }

  spaceOf = (entry: Entry) => this.spaces.get(entry.space)!
  entriesIn = (space: Space) => [...this.entries.values()].filter((entry) => entry.space === space.id)

  // ---- what happens ----------------------------------------------------------------------------------------------

  enter(space: Space, person: Person, role: 'host' | 'member' = 'member'): void {
    space.requested.delete(person.id)
    space.invited.delete(person.id)
    space.removed.delete(person.id)
    if (space.members.has(person.id)) return
    // What was said before one came is there to be read, but is not unread.
    space.members.set(person.id, { role, readTo: this.clock, since: this.clock })
    for (const entry of this.entriesIn(space)) this.threadReads.get(person.id)?.delete(entry.id)
    this.note(space.id, person.id)
  }

  leave(space: Space, person: Person): void {
    space.members.delete(person.id)
    space.requested.delete(person.id)
    this.mutings.get(person.id)?.delete(space.id)
  }

  write(entry: Entry, mentioned: Person[]): void {
    entry.at = ++this.clock
    this.entries.set(entry.id, entry)
    for (const id of entry.files) this.files.get(id)!.entry = entry.id
    this.mention(entry, mentioned)
  }

  edit(entry: Entry, body: string, mentioned: Person[]): void {
    const before = entry.mentions
    entry.old.push(entry.title, entry.body)
    entry.body = body
    entry.topics = []
    this.mention(entry, mentioned)
    for (const id of before) if (!entry.mentions.has(id)) this.nameNoMore(id, entry)
  }

  /** Who is named no longer finds it in the inbox only if it answers them, or a thread that they follow. */
  private nameNoMore(id: string, entry: Entry): void {
    if (!this.#named.delete(id + entry.id)) return
    if (this.#addressed.has(id + entry.id)) this.late.get(id)?.delete(entry.id)
    else this.withdraw(id, entry)
    this.#moments.delete(id + entry.id)
  }

  tellLate(id: string, entry: Entry): void {
    this.note(`told:${id}`, entry.id)
    this.late.set(id, (this.late.get(id) ?? new Set()).add(entry.id))
    this.#moments.set(id + entry.id, ++this.clock)
  }

  /** For one who was told of it for this reason alone. */
  withdraw(id: string, entry: Entry): void {
    for (const map of [this.told, this.late]) map.get(id)?.delete(entry.id)
  }

  /** Its place in somebody's inbox. */
  momentOf = (person: Person, entry: Entry) => Math.max(this.#moments.get(person.id + entry.id) ?? (this.told.get(person.id)?.has(entry.id) ? entry.at : 0), this.toldCorrected(person, entry)?.moment ?? 0)

  private comeBy(person: Person, where: (entry: Entry) => boolean): void {
    for (const [id, told] of this.corrected.get(person.id) ?? []) if (where(this.entries.get(id)!)) told.looked = true
    for (const id of this.late.get(person.id) ?? []) if (where(this.entries.get(id)!)) this.late.get(person.id)!.delete(id)
  }

  private mention(entry: Entry, mentioned: Person[]): void {
    const author = this.people.get(entry.author)!
    entry.mentions = new Set(mentioned.filter((person) => this.mayKnowPerson(author, person)).map((person) => person.id))
    const answered = entry.root && !entry.old.length && !ANSWERLESS.has(entry.kind) ? [this.entries.get(entry.root)!.author, this.entries.get(entry.parent!)!.author] : []
    const following = entry.root && !entry.old.length ? [...this.stances].filter(([, roots]) => roots.get(entry.root!) === 'followed').map(([id]) => id) : []
    for (const id of new Set([...entry.mentions, ...answered, ...following])) {
      if (id === entry.author || !this.mayOpen(this.people.get(id)!, entry) || (this.mutes({ id }, entry) && !entry.mentions.has(id))) continue
      this.note(`told:${id}`, entry.id)
      if ([...answered, ...following].includes(id) && !this.mutes({ id }, entry)) this.#addressed.add(id + entry.id)
      const isNamedNow = entry.mentions.has(id) && !this.#named.has(id + entry.id)
      if (isNamedNow) this.#named.add(id + entry.id)
      if (isNamedNow && entry.old.length) this.tellLate(id, entry)
    }
  }

  remove(entry: Entry, by: Person): void {
    entry.published = false
    entry.removedBy = by.id
    for (const hear of this.removals) hear(entry)
  }

  restore(entry: Entry): void {
    entry.published = true
    entry.removedBy = null
  }

  read(person: Person, root: string, to: number, mayGoBack = false): void {
    const reads = this.threadReads.get(person.id) ?? this.threadReads.set(person.id, new Map()).get(person.id)!
    reads.set(root, mayGoBack ? to : Math.max(to, reads.get(root) ?? 0))
    this.comeBy(person, (entry) => (entry.root ?? entry.id) === root && entry.at <= reads.get(root)!)
  }

  readSpace(person: Person, space: Space): void {
    const to = Math.max(0, ...this.entriesIn(space).map((entry) => entry.at))
    const membership = space.members.get(person.id)
    if (membership) membership.readTo = Math.max(membership.readTo, to)
    for (const entry of this.entriesIn(space)) this.threadReads.get(person.id)?.delete(entry.id)
    this.comeBy(person, (entry) => entry.space === space.id && entry.at <= to)
  }

  /** Notes what each person can know now; facts that were addressed to them may name it for ever. */
  remember(): void {
    for (const person of this.people.values()) for (const id of this.ids(person)) this.note(person.id, id)
  }

  note(key: string, id: string): void {
    const [map, name] = key.startsWith('told:') ? [this.told, key.slice(5)] : [this.onceKnown, key]
    map.set(name, (map.get(name) ?? new Set()).add(id))
  }
}
