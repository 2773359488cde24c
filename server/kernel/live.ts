import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyReply } from 'fastify'
import type { WebSocket } from 'ws'
import type { Actor, Host } from './context.ts'
import { Refusal } from './errors.ts'
import type { LoggedEvent } from './events.ts'
import { type Connection, isGuest, socketWire, streamWire, TOO_SLOW, type Wire } from './live-connections.ts'
import { cursorOf, MAX_BEHIND, perSecond, watchOf } from './live-frames.ts'
import type { Batch, LiveSource } from './live-source.ts'
import { Watching } from './live-watching.ts'
import type { Metrics } from './metrics.ts'
import type { Upgrades } from './upgrades.ts'

const MAX_BACKLOG = 1 << 20
const MAX_MISSED = 2000
const HEARTBEAT_MS = 25_000
const PATIENCE_MS = 20_000
const LONGEST_TIMER = 2 ** 31 - 1
export const SESSION_ENDED = 4401

/** The live stream of one server process. */
export class Live {
  /** the number up to which this process has folded and delivered */
  position = 0
  readonly #connections = new Set<Connection>()
  readonly #guests = new Set<Connection>()
  readonly #byRight = new Set<Connection>()
  readonly #watching = new Watching<Connection>()
  readonly #host: Host
  readonly #source: LiveSource<Connection>
  readonly #metrics: Metrics
  #goal = 0
  #pumping: Promise<void> | null = null
  #heartbeat: NodeJS.Timeout

  constructor(host: Host, source: LiveSource<Connection>, metrics: Metrics) {
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
        const batch = await this.#source.read(this.position, upTo, 500, this.#guests.size > 0)
        // A guest who came meanwhile gets nothing that is not made for guests.
        if (this.#guests.size && !batch.forGuests) continue
        this.#deliver(batch)
        const { rows } = batch
        this.position = rows.length < 500 ? upTo : rows.at(-1)!.seq
      }
    } catch (error) {
      this.#host.log.warn({ err: error }, 'live: could not read the log, trying again')
    }
  }

  // Folding and sending happen in one synchronous pass, in the log's order.
  #deliver({ rows, forMembers, forGuests, later }: Batch): void {
    const texts = { members: forMembers.map((event) => JSON.stringify(event)), guests: (forGuests ?? []).map((event) => JSON.stringify(event)) }
    const waiting = new Map<Connection, number[]>()
    let narrows = later.length > 0
    rows.forEach((row, i) => {
      const end = this.#source.fold(row)
      if (end) narrows = true
      if (end?.lost) this.#watching.keep(end.lost, ({ reader }) => this.#source.mayWatch(reader, row.space_id!))
      const mayReceive = this.#source.mayReceive(row)
      this.#eachInterested(row, (connection) => {
        if (!connection.live || connection.cursor >= row.seq || !mayReceive(connection.reader)) return
        const mine = waiting.get(connection)
        if (!mine) waiting.set(connection, [i])
        else if (mine.at(-1) !== i) mine.push(i)
      })
      if (end) for (const { connections } of this.#source.recipients(row)) this.#end(connections, end)
    })
    const still = narrows ? rows.map((row) => this.#source.mayReceive(row, later)) : null
    const frames = new Map<string, string>()
    for (const [connection, all] of waiting) {
      // A fact shows its entry as it is now. Who lost the right to it since, in this batch or after it, does not get what may
      // have been written after that; who is about to be signed out gets nothing, and comes back to where they were.
      const isOver = narrows && this.#source.isOver(connection.reader.id, later)
      const indexes = isOver ? [] : still ? all.filter((i) => still[i](connection.reader)) : all
      if (!indexes.length) continue
      const form = isGuest(connection) ? 'guests' : 'members'
      const key = form + indexes.join()
      const frame = frames.get(key) ?? `[${indexes.map((i) => texts[form][i]).join(',')}]`
      frames.set(key, frame)
      this.#send(connection, frame)
    }
    this.#metrics.deliveries.inc(waiting.size)
  }

  // Found by the space, so that a fact costs nothing for those it does not concern. Some come twice.
  #eachInterested(row: LoggedEvent, take: (connection: Connection) => void): void {
    for (const { connections } of this.#source.recipients(row)) connections.forEach(take)
    for (const connection of this.#watching.of(row.space_id)) take(connection)
    this.#byRight.forEach(take)
  }

  #send(connection: Connection, frame: string): void {
    if (!this.#connections.has(connection)) return
    // A reader that does not keep up goes back to its cursor; nothing is buffered without bound.
    if (connection.wire.backlog() > MAX_BACKLOG) return this.#close(connection, TOO_SLOW, 'too slow, resume by cursor')
    connection.wire.send(frame)
  }

  #end(connections: Iterable<Connection>, { endSession, endPerson }: { endSession?: string; endPerson?: string }): void {
    for (const c of [...connections])
      if ((endSession && c.actor.session === endSession) || (endPerson && c.actor.id === endPerson)) this.#close(c, SESSION_ENDED, 'signed out')
  }

  async #beat(): Promise<void> {
    for (const c of this.#connections) if (c.live) this.#send(c, `{"seq":${Math.max(c.cursor, this.position)}}`)
    try {
      const sessions = [...new Set([...this.#connections].map((c) => c.actor.session).filter((s) => s !== null))]
      for (const session of sessions.length ? await this.#source.ended(sessions) : []) this.#end(this.#connections, { endSession: session })
    } catch { /* the database is away; the next beat looks again */ }
  }

  #begin(actor: Actor, wire: Wire, byRight: boolean): Connection {
    const begun = { actor, wire, byRight, live: false, cursor: 0 }
    const connection: Connection = Object.assign(begun, { reader: this.#source.enter(actor.id, begun as Connection) })
    this.#connections.add(connection)
    if (byRight) this.#byRight.add(connection)
    this.#metrics.sockets.set(this.#connections.size)
    return connection
  }

  /** Backfill from the cursor, then cut over to live without a gap: both run in one thread, and the cut is synchronous. */
  async #attach(connection: Connection, after: number | null): Promise<void> {
    const standing = await this.#source.follow(connection.reader, connection.actor)
    if (!standing) return this.#close(connection, SESSION_ENDED, 'signed out')
    connection.actor = { ...connection.actor, role: standing.role }
    this.#endAt(connection, standing.until)
    if (!this.#connections.has(connection)) return
    if (isGuest(connection)) this.#guests.add(connection)
    if (after === null) return this.#goLive(connection)
    let cursor = after
    // A cursor may come from an answer that is a moment ahead of what this process has delivered.
    for (let waited = 0; cursor > this.position && waited < 1000; waited += 20) await sleep(20)
    for (let sent = 0; cursor !== this.position;) {
      if (cursor > this.position || this.position - cursor > MAX_BEHIND || sent > MAX_MISSED) {
        connection.wire.send(`{"reset":true,"seq":${this.position}}`)
        return this.#goLive(connection, false)
      }
      const { events, scanned } = await this.#source.missed(connection.actor, cursor, this.position, 100, connection.byRight)
      if (!(await this.#hasRead(connection))) return
      if (events.length) connection.wire.send(JSON.stringify(events))
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
      if (standing === null || standing <= Date.now()) this.#close(connection, SESSION_ENDED, 'signed out')
      else this.#endAt(connection, standing)
    }
    const wait = Math.min(Math.max(until - Date.now(), 20), LONGEST_TIMER)
    // While the database is away nobody is let stay for longer than they were known to have.
    connection.timer = setTimeout(() => void look().catch(() => this.#close(connection, 1011, 'try again')), wait).unref()
  }

  /** Waits for a reader that is behind with what it missed; false when it is gone or does not read. */
  async #hasRead(connection: Connection): Promise<boolean> {
    for (let waited = 0; connection.wire.backlog() > MAX_BACKLOG && this.#connections.has(connection); waited += 50) {
      if (waited >= PATIENCE_MS) this.#close(connection, TOO_SLOW, 'too slow, resume by cursor')
      await sleep(50)
    }
    return this.#connections.has(connection)
  }

  #goLive(connection: Connection, greet = true): void {
    if (!this.#connections.has(connection)) return
    connection.cursor = this.position
    connection.live = true
    if (greet) connection.wire.send(`{"seq":${this.position}}`)
    if (connection.wish) this.#watch(connection, connection.wish)
  }

  // What may not be read, and what is not there, is left out of the answer alike.
  #watch(connection: Connection, spaces: string[]): void {
    connection.wish = undefined
    const allowed = spaces.filter((space) => this.#source.mayWatch(connection.reader, space))
    this.#watching.set(connection, allowed)
    connection.wire.send(JSON.stringify({ seq: this.position, watching: allowed }))
  }

  #close(connection: Connection, code: number, reason: string): void {
    this.#detach(connection)
    connection.wire.close(code, reason)
  }

  #detach(connection: Connection): void {
    if (!this.#connections.delete(connection)) return
    clearTimeout(connection.timer)
    this.#guests.delete(connection)
    this.#byRight.delete(connection)
    this.#watching.set(connection, [])
    this.#source.leave(connection.reader, connection)
    this.#metrics.sockets.set(this.#connections.size)
  }

  #hear(connection: Connection, text: string): void {
    if (!this.#connections.has(connection)) return
    let frame: { typing?: unknown } | null
    try {
      frame = JSON.parse(text)
    } catch {
      return this.#close(connection, 1007, 'send JSON')
    }
    if (frame !== null && typeof frame === 'object' && 'watch' in frame) return this.#hearWatch(connection, frame)
    if (typeof frame?.typing !== 'string' || !this.#source.mayType(connection.reader, frame.typing)) return
    this.#showTyping(connection.reader.id, frame.typing)
    this.#host.bus.tell('typing', connection.reader.id, frame.typing)
  }

  #hearWatch(connection: Connection, frame: object): void {
    const spaces = watchOf(frame)
    if (!spaces) return this.#close(connection, 1008, '`watch` takes a list of the ids of at most 100 spaces')
    if (connection.live) this.#watch(connection, spaces)
    else connection.wish = spaces
  }

  #showTyping(writer: string, space: string): void {
    const told = JSON.stringify([{ type: 'typing', space, actor: writer }])
    for (const { connections } of this.#source.typingReaches(writer, space)) for (const c of connections) if (c.live) this.#send(c, told)
  }

  /** Serves WebSockets at these paths; `admit` finds out who asks or throws what the handshake is refused with. */
  serveSockets(upgrades: Upgrades, paths: string[], admit: (request: IncomingMessage) => Promise<Actor>): void {
    for (const path of paths)
      upgrades.at(path, {
        admit: async (request) => this.#withRoom(await admit(request)),
        open: (ws, actor, query, raw) => this.#openSocket(ws, raw, actor, cursorOf(query.get('after'))),
      })
  }

  /** @throws Refusal 429 when a person has as many connections open as one may have */
  #withRoom(actor: Actor): Actor {
    if (this.#source.connectionsOf(actor.id) < this.#host.config.connectionsPerPerson) return actor
    throw new Refusal(429, 'too_many_connections', 'You have too many connections open. Close some of them.')
  }

  #openSocket(ws: WebSocket, raw: Duplex, actor: Actor, after: number | null): void {
    const connection = this.#begin(actor, socketWire(ws, raw), false)
    const talk = perSecond(20)
    ws.on('message', (data, binary) => {
      if (binary || !talk()) return ws.close(1008, 'too many or wrong frames')
      this.#hear(connection, data.toString())
    })
    ws.on('close', () => this.#detach(connection))
    this.#attach(connection, after).catch(() => this.#close(connection, 1011, 'try again'))
  }

  /**
   * Serves the log as server-sent events, all that the actor may read; `id:` carries the cursor, which browsers send back by
   * themselves.
   */
  async serveEventStream(reply: FastifyReply, actor: Actor, after: number | null): Promise<void> {
    this.#withRoom(actor)
    const connection = this.#begin(actor, streamWire(reply), true)
    reply.raw.on('close', () => this.#detach(connection))
    await this.#attach(connection, after).catch(() => this.#close(connection, 1011, 'try again'))
  }

  async stop(): Promise<void> {
    clearInterval(this.#heartbeat)
    for (const c of [...this.#connections]) this.#close(c, 1012, 'restarting')
    await this.#pumping
  }
}
