import type { IncomingMessage, OutgoingHttpHeaders, Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyReply } from 'fastify'
import type { WebSocket } from 'ws'
import type { Actor, Host } from './context.ts'
import { Refusal } from './errors.ts'
import type { LoggedEvent } from './events.ts'
import { asServerSentEvents, bytesOf, cursorOf, perSecond } from './live-frames.ts'
import type { Batch, LiveSource } from './live-source.ts'
import type { Metrics } from './metrics.ts'
import { serveUpgrades } from './upgrades.ts'

type Connection = {
  actor: Actor
  live: boolean
  cursor: number
  send: (text: string) => void
  backlog: () => number
  close: (code: number, reason: string) => void
  /** ends it when what let it in is over by time */
  timer?: NodeJS.Timeout
}

const MAX_BACKLOG = 1 << 20
const MAX_MISSED = 2000
const HEARTBEAT_MS = 25_000
const PATIENCE_MS = 20_000
const LONGEST_TIMER = 2 ** 31 - 1
const isGuest = ({ actor }: Connection) => actor.role === 'guest'
export const TOO_SLOW = 1013
export const SESSION_ENDED = 4401

/** The live stream of one server process. */
export class Live {
  /** the number up to which this process has folded and delivered */
  position = 0
  readonly #connections = new Set<Connection>()
  readonly #people = new Map<string, Set<Connection>>()
  readonly #host: Host
  readonly #source: LiveSource
  readonly #metrics: Metrics
  #goal = 0
  #pumping: Promise<void> | null = null
  #heartbeat: NodeJS.Timeout

  constructor(host: Host, source: LiveSource, metrics: Metrics) {
    this.#host = host
    this.#source = source
    this.#metrics = metrics
    host.bus.hear('typing', (person, space) => this.#showTyping(String(person), String(space)))
    this.#heartbeat = setInterval(() => void this.#beat(), HEARTBEAT_MS).unref()
  }

  /** Sets where this process begins; what is older is read from the log by each client's cursor. */
  startAt(seq: number): void {
    this.position = this.#goal = seq
  }

  /** Called by the relay: events up to `seq` are visible. */
  advance(seq: number): void {
    this.#goal = Math.max(this.#goal, seq)
    this.#pumping ??= this.#pump().finally(() => {
      this.#pumping = null
      if (this.position < this.#goal) setTimeout(() => this.advance(this.#goal), 200).unref()
    })
  }

  async #pump(): Promise<void> {
    try {
      while (this.position < this.#goal) {
        const upTo = this.#goal
        const batch = await this.#source.read(this.position, upTo, 500, this.#hasGuests())
        // A guest who came meanwhile gets nothing that is not made for guests.
        if (this.#hasGuests() && !batch.forGuests) continue
        this.#deliver(batch)
        const { rows } = batch
        this.position = rows.length < 500 ? upTo : rows.at(-1)!.seq
      }
    } catch (error) {
      this.#host.log.warn({ err: error }, 'live: could not read the log, trying again')
    }
  }

  #hasGuests = () => [...this.#connections].some(isGuest)

  // Folding and sending happen in one synchronous pass, in the log's order.
  #deliver({ rows, forMembers, forGuests, later }: Batch): void {
    const texts = { members: forMembers.map((event) => JSON.stringify(event)), guests: (forGuests ?? []).map((event) => JSON.stringify(event)) }
    const waiting = new Map<Connection, number[]>()
    rows.forEach((row, i) => {
      const end = this.#source.fold(row)
      for (const [person, connections] of this.#people) {
        if (!this.#source.mayReceive(person, row)) continue
        for (const c of connections) if (c.live && c.cursor < row.seq) (waiting.get(c) ?? waiting.set(c, []).get(c)!).push(i)
      }
      if (end) this.#end(end)
    })
    const frames = new Map<string, string>()
    for (const [connection, all] of waiting) {
      const indexes = this.#stillAllowed(connection, all, rows, later)
      if (!indexes.length) continue
      const form = isGuest(connection) ? 'guests' : 'members'
      const key = form + indexes.join()
      const frame = frames.get(key) ?? `[${indexes.map((i) => texts[form][i]).join(',')}]`
      frames.set(key, frame)
      this.#send(connection, frame)
    }
    this.#metrics.deliveries.inc(waiting.size)
  }

  /**
   * A fact shows its entry as it is now. Who lost the right to it since, in this batch or after it, does not get what
   * may have been written after that; who is about to be signed out gets nothing, and comes back to where they were.
   */
  #stillAllowed({ actor }: Connection, indexes: number[], rows: LoggedEvent[], later: LoggedEvent[]): number[] {
    if (later.length && this.#source.isOver(actor.id, later)) return []
    return indexes.filter((i) => this.#source.mayReceive(actor.id, rows[i], later))
  }

  #send(connection: Connection, frame: string): void {
    if (!this.#connections.has(connection)) return
    // A reader that does not keep up goes back to its cursor; nothing is buffered without bound.
    if (connection.backlog() > MAX_BACKLOG) return connection.close(TOO_SLOW, 'too slow, resume by cursor')
    connection.send(frame)
  }

  #end({ endSession, endPerson }: { endSession?: string; endPerson?: string }): void {
    for (const c of this.#connections)
      if ((endSession && c.actor.session === endSession) || (endPerson && c.actor.id === endPerson)) c.close(SESSION_ENDED, 'signed out')
  }

  async #beat(): Promise<void> {
    for (const c of this.#connections) if (c.live) this.#send(c, `{"seq":${Math.max(c.cursor, this.position)}}`)
    try {
      const sessions = [...new Set([...this.#connections].map((c) => c.actor.session).filter((s) => s !== null))]
      for (const session of sessions.length ? await this.#source.ended(sessions) : []) this.#end({ endSession: session })
    } catch { /* the database is away; the next beat looks again */ }
  }

  /** Backfill from the cursor, then cut over to live without a gap: both run in one thread, and the cut is synchronous. */
  async #attach(connection: Connection, after: number | null): Promise<void> {
    this.#connections.add(connection)
    const mine = this.#people.get(connection.actor.id) ?? new Set()
    this.#people.set(connection.actor.id, mine.add(connection))
    this.#metrics.sockets.set(this.#connections.size)
    const standing = await this.#source.follow(connection.actor)
    if (!standing) return connection.close(SESSION_ENDED, 'signed out')
    connection.actor = { ...connection.actor, role: standing.role }
    this.#endAt(connection, standing.until)
    if (!this.#connections.has(connection)) return
    if (after === null) return this.#goLive(connection)
    let cursor = after
    // A cursor may come from an answer that is a moment ahead of what this process has delivered.
    for (let waited = 0; cursor > this.position && waited < 1000; waited += 20) await sleep(20)
    for (let sent = 0; cursor !== this.position;) {
      if (cursor > this.position || sent > MAX_MISSED) {
        connection.send(`{"reset":true,"seq":${this.position}}`)
        return this.#goLive(connection, false)
      }
      const { events, scanned } = await this.#source.missed(connection.actor, cursor, this.position, 100)
      if (!(await this.#hasRead(connection))) return
      if (events.length) connection.send(JSON.stringify(events))
      sent += events.length
      cursor = scanned
    }
    this.#goLive(connection)
  }

  /** What ends by time and not by a fact: looks again when it should be over, for a session that is used lives on. */
  #endAt(connection: Connection, until: number): void {
    if (until === Infinity || !this.#connections.has(connection)) return
    const look = async () => {
      const standing = await this.#source.until(connection.actor)
      if (standing === null || standing <= Date.now()) connection.close(SESSION_ENDED, 'signed out')
      else this.#endAt(connection, standing)
    }
    const wait = Math.min(Math.max(until - Date.now(), 20), LONGEST_TIMER)
    // While the database is away nobody is let stay for longer than they were known to have.
    connection.timer = setTimeout(() => void look().catch(() => connection.close(1011, 'try again')), wait).unref()
  }

  /** Waits for a reader that is behind with what it missed; false when it is gone or does not read. */
  async #hasRead(connection: Connection): Promise<boolean> {
    for (let waited = 0; connection.backlog() > MAX_BACKLOG && this.#connections.has(connection); waited += 50) {
      if (waited >= PATIENCE_MS) connection.close(TOO_SLOW, 'too slow, resume by cursor')
      await sleep(50)
    }
    return this.#connections.has(connection)
  }

  #goLive(connection: Connection, greet = true): void {
    connection.cursor = this.position
    connection.live = true
    if (greet) connection.send(`{"seq":${this.position}}`)
  }

  #detach(connection: Connection): void {
    if (!this.#connections.delete(connection)) return
    clearTimeout(connection.timer)
    const mine = this.#people.get(connection.actor.id)
    mine?.delete(connection)
    if (mine?.size === 0) {
      this.#people.delete(connection.actor.id)
      this.#source.unfollow(connection.actor.id)
    }
    this.#metrics.sockets.set(this.#connections.size)
  }

  #hear(connection: Connection, text: string): void {
    let frame: { typing?: unknown }
    try {
      frame = JSON.parse(text)
    } catch {
      return connection.close(1007, 'send JSON')
    }
    if (typeof frame?.typing !== 'string') return
    const [person, space] = [connection.actor.id, frame.typing]
    if (!this.#source.mayType(person, space)) return
    this.#showTyping(person, space)
    this.#host.bus.tell('typing', person, space)
  }

  #showTyping(writer: string, space: string): void {
    const told = JSON.stringify([{ type: 'typing', space, actor: writer }])
    for (const person of this.#source.typingReaches(writer, space))
      for (const c of this.#people.get(person) ?? []) if (c.live) this.#send(c, told)
  }

  /** Serves WebSockets; `admit` finds out who asks or throws what the handshake is refused with. */
  serveSockets(server: Server, isOurs: (path: string) => boolean, admit: (request: IncomingMessage) => Promise<Actor>): void {
    serveUpgrades(server, {
      isOurs,
      admit: async (request) => this.#withRoom(await admit(request)),
      open: (ws, actor, query) => this.#openSocket(ws, actor, cursorOf(query.get('after'))),
    })
  }

  /** @throws Refusal 429 when a person has as many connections open as one may have */
  #withRoom(actor: Actor): Actor {
    if ((this.#people.get(actor.id)?.size ?? 0) < this.#host.config.connectionsPerPerson) return actor
    throw new Refusal(429, 'too_many_connections', 'You have too many connections open. Close some of them.')
  }

  #openSocket(ws: WebSocket, actor: Actor, after: number | null): void {
    const connection: Connection = {
      actor, live: false, cursor: 0, backlog: () => ws.bufferedAmount,
      send: (text) => ws.send(bytesOf(text), { binary: false }),
      close: (code, reason) => (this.#detach(connection), ws.close(code, reason)),
    }
    const talk = perSecond(20)
    ws.on('message', (data, binary) => {
      if (binary || !talk()) return ws.close(1008, 'too many or wrong frames')
      this.#hear(connection, data.toString())
    })
    ws.on('close', () => this.#detach(connection))
    this.#attach(connection, after).catch(() => connection.close(1011, 'try again'))
  }

  /** Serves the same stream as server-sent events; `id:` carries the cursor, which browsers send back by themselves. */
  async serveEventStream(reply: FastifyReply, actor: Actor, after: number | null): Promise<void> {
    this.#withRoom(actor)
    const raw = reply.raw
    reply.hijack()
    raw.on('error', () => raw.destroy())
    raw.writeHead(200, { ...reply.getHeaders() as OutgoingHttpHeaders, 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
    raw.write(':\n\n')
    const connection: Connection = {
      actor, live: false, cursor: 0, backlog: () => raw.writableLength,
      send: (text) => raw.write(asServerSentEvents(text)),
      // What somebody who does not read never takes would keep the connection for ever.
      close: (code) => {
        this.#detach(connection)
        raw.end()
        setTimeout(() => raw.destroy(), code === TOO_SLOW ? 0 : 5000).unref()
      },
    }
    raw.on('close', () => this.#detach(connection))
    await this.#attach(connection, after).catch(() => connection.close(1011, 'try again'))
  }

  async stop(): Promise<void> {
    clearInterval(this.#heartbeat)
    for (const c of [...this.#connections]) c.close(1012, 'restarting')
    await this.#pumping
  }
}
