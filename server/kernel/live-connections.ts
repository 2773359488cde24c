import type { OutgoingHttpHeaders } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { WebSocket } from 'ws'
import type { Actor } from './context.ts'
import { asServerSentEvents, framed } from './live-frames.ts'
import type { Reader } from './live-source.ts'

export const TOO_SLOW = 1013

/** How frames reach somebody. */
export type Wire = { send: (frame: string) => void; /** bytes that wait to be read */ backlog: () => number; close: (code: number, reason: string) => void }

export type Connection = {
  actor: Actor
  readonly wire: Wire
  readonly reader: Reader<Connection>
  /** hears all that may be read, as the log itself gives it; others what interests them, and what they watch */
  readonly byRight: boolean
  live: boolean
  cursor: number
  /** what it said it has on its screen before it was live */
  wish?: string[]
  /** ends it when what let it in is over by time */
  timer?: NodeJS.Timeout
}

export const isGuest = ({ actor }: Connection) => actor.role === 'guest'

/**
 * A frame goes to many, so it is made once and written to their sockets as it is: one write for each, where `ws` makes two and a
 * header anew. That is safe between its own frames (pongs, the close) while nothing is compressed: it writes those at once
 * and whole.
 */
export const socketWire = (ws: WebSocket, raw: Duplex): Wire => ({
  send: (frame) => {
    if (ws.readyState === ws.OPEN) raw.write(framed(frame))
  },
  backlog: () => ws.bufferedAmount,
  close: (code, reason) => ws.close(code, reason),
})

/** Begins an answer of server-sent events. */
export function streamWire(reply: FastifyReply): Wire {
  const raw = reply.raw
  reply.hijack()
  raw.on('error', () => raw.destroy())
  raw.writeHead(200, { ...reply.getHeaders() as OutgoingHttpHeaders, 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
  raw.write(':\n\n')
  return {
    send: (frame) => raw.write(asServerSentEvents(frame)),
    backlog: () => raw.writableLength,
    // What somebody who does not read never takes would keep the connection for ever.
    close: (code) => {
      raw.end()
      setTimeout(() => raw.destroy(), code === TOO_SLOW ? 0 : 5000).unref()
    },
  }
}
