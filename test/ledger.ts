import { setTimeout as sleep } from 'node:timers/promises'
import WebSocket from 'ws'
import { random } from './chance.ts'
import type { Home, Resident } from './house.ts'

type Json = any

let serial = 0
type Post = { id: string; words: string; removed: boolean }

/**
 * Writers that repeat each command until it is acknowledged, and the book they keep of what was. Afterwards: lost is
 * what was acknowledged and is not there, doubled what is there more than once, torn an entry without its fact or
 * notification.
 */
export class Ledger {
  readonly posts = new Map<string, Post>()
  readonly uploads = new Map<string, string>()
  readonly members = new Map<string, boolean>()
  acknowledged = 0
  edits = 0
  #house: Home
  readonly #team: string
  readonly #garden: string
  #stopped = false
  #writing: Promise<unknown> = Promise.resolve()

  // The people of one house write several ledgers, and a key is used for one command only.
  readonly #name = `ledger${++serial}`

  constructor(house: Home, team: string, garden: string) {
    this.#house = house
    this.#team = team
    this.#garden = garden
  }

  /** The network lives in another house from now on. */
  moveTo(house: Home): void {
    this.#house = house
  }

  begin(writers: Resident[], reader: Resident): void {
    this.#writing = Promise.all(writers.map((writer) => this.#write(writer, reader)))
    this.#writing.catch(() => {})
  }

  /** Ends when every command that was begun is acknowledged. */
  async end(): Promise<void> {
    this.#stopped = true
    await this.#writing
  }

  async #write(writer: Resident, reader: Resident): Promise<void> {
    const mine: Post[] = []
    for (let n = 0; !this.#stopped; n++) {
      const key = `${this.#name}-${writer.handle}-${n}`
      const words = `cnry_${key}_`
      await this.#turn(n, key, words, writer, reader, mine)
      this.acknowledged++
      await sleep(random() * 20)
    }
  }

  async #turn(n: number, key: string, words: string, writer: Resident, reader: Resident, mine: Post[]): Promise<void> {
    const house = this.#house
    const last = mine.at(-1)
    const body = { body: `${words} for @${reader.handle}` }
    if (n % 16 === 15) return this.#upload(writer, key)
    if (n % 8 === 4 && last) return this.#keep(mine, words, await house.insist(writer, 'POST', `/entries/${last.id}/replies`, body, key))
    if (n % 8 === 5 && last) {
      const { status } = await house.insist(writer, 'PATCH', `/entries/${last.id}`, body, key)
      if (status !== 200) throw new Error(`edit: ${status}`)
      last.words = words
      this.edits++
    } else if (n % 8 === 6 && last) {
      const gone = mine.splice(-1)[0]
      const { status } = await house.insist(writer, 'DELETE', `/entries/${gone.id}`, undefined, key)
      if (status !== 204) throw new Error(`removal: ${status}`)
      gone.removed = true
    } else if (n % 8 === 7) {
      const isIn = !this.members.get(writer.id)
      await house.insist(writer, 'POST', `/spaces/${this.#garden}/${isIn ? 'join' : 'leave'}`, undefined, key)
      this.members.set(writer.id, isIn)
    } else this.#keep(mine, words, await house.insist(writer, 'POST', `/spaces/${this.#team}/entries`, body, key))
  }

  #keep(mine: Post[], words: string, { status, json }: { status: number; json: Json }): void {
    if (status !== 201) throw new Error(`post: ${status} ${JSON.stringify(json)}`)
    const post = { id: json.id, words, removed: false }
    this.posts.set(json.id, post)
    mine.push(post)
  }

  // Uploads have no key: one that was not acknowledged may leave an orphan, one that was must be there.
  async #upload(writer: Resident, key: string): Promise<void> {
    const form = () => {
      const one = new FormData()
      one.append('file', new Blob([`content of ${key}`]), `${key}.txt`)
      return one
    }
    for (; ; await sleep(50)) {
      const answer = await this.#house.call(writer, 'POST', '/files', form()).catch(() => null)
      if (answer?.status === 201) return void this.uploads.set(answer.json.id, `content of ${key}`)
      if (answer && answer.status < 500) throw new Error(`upload: ${answer.status} ${JSON.stringify(answer.json)}`)
    }
  }

  /** What is wrong; nothing, when the house keeps its promises. */
  async audit(reader: Resident, writers: Resident[]): Promise<string[]> {
    const faults: string[] = []
    const house = this.#house
    const entries = await house.ask<{ id: string; body: string; state: string }>('select id, body, state from entries where space_id = $1', [this.#team])
    const found = new Map(entries.map((entry) => [entry.id, entry]))
    for (const { id, words, removed } of this.posts.values()) {
      const entry = found.get(id)
      if (!entry) faults.push(`lost: ${words}`)
      else if (removed !== (entry.state === 'removed')) faults.push(`lost: the removal of ${words}`)
      else if (!removed && !entry.body.includes(words)) faults.push(`lost: the edit ${words}, it says ${entry.body}`)
    }
    if (entries.length !== this.posts.size) faults.push(`doubled: ${entries.length} entries of ${this.posts.size} commands`)
    const facts = Object.fromEntries((await house.ask<{ type: string; n: string }>('select type, count(*) as n from events where space_id = $1 and entry_id is not null group by type', [this.#team])).map((row) => [row.type, Number(row.n)]))
    const expected = { 'entry.published': this.posts.size, 'entry.edited': this.edits, 'entry.removed': [...this.posts.values()].filter((post) => post.removed).length }
    for (const [type, n] of Object.entries(expected)) if ((facts[type] ?? 0) !== n) faults.push(`torn or doubled: ${facts[type] ?? 0} facts ${type} of ${n} commands`)
    faults.push(...(await this.#auditEffects(reader)), ...(await this.#auditRest(writers)))
    return faults
  }

  async #auditEffects(reader: Resident): Promise<string[]> {
    for (let waited = 0; ; waited += 100, await sleep(100)) {
      const [{ open }] = await this.#house.ask<{ open: number }>('select count(*)::int as open from events where seq is null')
      const silent = await this.#house.ask<{ id: string }>(`select id from entries where state = 'published' and space_id = $2
        and not exists (select from notifications n where n.entry_id = entries.id and n.person_id = $1)`, [reader.id, this.#team])
      if (!open && !silent.length) return []
      if (waited >= 60_000) return [`torn: ${open} facts without a number, ${silent.length} entries without their notification`]
    }
  }

  async #auditRest(writers: Resident[]): Promise<string[]> {
    const faults: string[] = []
    for (const [id, content] of this.uploads) {
      const [row] = await this.#house.ask<{ owner_id: string }>('select owner_id from files where id = $1', [id])
      const owner = writers.find((writer) => writer.id === row?.owner_id)
      const answer = owner && (await this.#house.call(owner, 'GET', `/files/${id}`))
      if (answer?.json !== content) faults.push(`lost: the file ${content}: ${answer?.status}`)
    }
    const rows = await this.#house.ask<{ person_id: string }>('select person_id from memberships where space_id = $1', [this.#garden])
    const inside = new Set(rows.map((row) => row.person_id))
    for (const [id, isIn] of this.members) if (inside.has(id) !== isIn) faults.push(`lost: a ${isIn ? 'join' : 'leave'}`)
    const [{ n }] = await this.#house.ask<{ n: number }>('select member_count as n from spaces where id = $1', [this.#garden])
    if (n !== inside.size) faults.push(`torn: ${n} members are counted, ${inside.size} are there`)
    const [{ wrong }] = await this.#house.ask<{ wrong: number }>(`select count(*)::int as wrong from entries r where r.root_id is null
      and r.reply_count <> (select count(*) from entries e where e.root_id = r.id and e.state = 'published')`)
    if (wrong) faults.push(`torn: ${wrong} threads count their replies wrongly`)
    return faults
  }
}

/** A client that keeps its place in the stream and comes back after every break: what it heard, in order. */
export class Follower {
  readonly facts: Json[] = []
  readonly faults: string[] = []
  breaks = 0
  #cursor: number
  #socket: WebSocket | null = null
  #stopped = false
  readonly #urls: string[]
  readonly #token: string

  /** @param urls where it connects, one after the other */
  constructor(urls: string | string[], token: string, after: number) {
    this.#urls = [urls].flat()
    this.#token = token
    this.#cursor = after
    this.#connect()
  }

  #connect(): void {
    if (this.#stopped) return
    const url = this.#urls[this.breaks % this.#urls.length].replace(/^http/, 'ws')
    const socket = new WebSocket(`${url}/live?after=${this.#cursor}`, { headers: { authorization: `Bearer ${this.#token}` } })
    this.#socket = socket
    socket.on('error', () => {})
    socket.on('message', (data) => this.#hear(JSON.parse(data.toString())))
    socket.on('close', () => {
      this.breaks++
      setTimeout(() => this.#connect(), 50 + random() * 100)
    })
  }

  #hear(frame: Json): void {
    if (frame.reset) this.faults.push(`reset from ${this.#cursor}`)
    for (const fact of Array.isArray(frame) ? frame : []) {
      if (fact.seq <= this.#cursor) this.faults.push(`${fact.type} ${fact.seq} came after ${this.#cursor}`)
      this.#cursor = fact.seq
      this.facts.push(fact)
    }
    if (!Array.isArray(frame)) this.#cursor = frame.seq
  }

  /** Breaks the connection in the middle of whatever it is doing. */
  drop = () => this.#socket?.terminate()

  has = (type: string, entry: string) => this.facts.some((fact) => fact.type === type && fact.entry_id === entry)

  close(): void {
    this.#stopped = true
    this.#socket?.terminate()
  }
}
