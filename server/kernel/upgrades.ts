import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { declare } from './declared.ts'
import { Refusal } from './errors.ts'

/** Who may open a socket and what is then done with it. */
export type Door<Asker> = {
  /** finds out who asks, or throws what the handshake is refused with */
  admit: (request: IncomingMessage) => Promise<Asker>
  open: (socket: WebSocket, asker: Asker, query: URLSearchParams, raw: Duplex) => void
  /** the most bytes of a frame; 16 kB unless said */
  largest?: number
}

type Enter = (request: IncomingMessage, socket: Duplex, head: Buffer, query: URLSearchParams) => Promise<void>

/** The sockets of a server, by path. */
export type Upgrades = {
  /** Opens sockets at a path. @throws Error when something else is there */
  at: <Asker>(path: string, door: Door<Asker>) => void
}

/**
 * Serves WebSockets. Here sockets are raw: nothing of the framework stands between them and the process, so whatever is
 * asked for, in whatever form, and whenever the other end goes away, is dealt with here and ends nothing but that socket.
 */
export function serveUpgrades(server: Server): Upgrades {
  const doors = new Map<string, Enter>()
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // First of all: a socket that breaks without anybody listening ends the process.
    socket.on('error', () => socket.destroy())
    upgrade(request, socket, head).catch((error: unknown) => refuse(socket, error))
  })

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const target = targetOf(request.url)
    if (!target) throw new Refusal(400, 'bad_request', 'The address could not be read.')
    const enter = doors.get(target.path)
    if (!enter) throw new Refusal(404, 'not_found', 'There is nothing here.')
    await enter(request, socket, head, target.query)
  }

  return { at: (path, door) => void declare(doors, 'paths of sockets', path, entrance(door)) }
}

function entrance<Asker>({ admit, open, largest = 16_384 }: Door<Asker>): Enter {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: largest, closeTimeout: 10_000 } as object)
  return async (request, socket, head, query) => {
    const asker = await admit(request)
    if (socket.destroyed) return
    sockets.handleUpgrade(request, socket, head, (ws) => {
      ws.on('error', () => ws.terminate())
      open(ws, asker, query, socket)
    })
  }
}

/** The path and query of a request line; null where it holds no path (`new URL` would throw, or take it for a host). */
export function targetOf(url = ''): { path: string; query: URLSearchParams } | null {
  if (!url.startsWith('/') || url.startsWith('//')) return null
  const at = url.indexOf('?')
  return { path: at < 0 ? url : url.slice(0, at), query: new URLSearchParams(at < 0 ? '' : url.slice(at + 1)) }
}

const REASONS: Record<number, string> = { 400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 429: 'Too Many Requests' }

function refuse(socket: Duplex, error: unknown): void {
  const status = error instanceof Refusal ? error.status : 503
  if (socket.writable) socket.end(`HTTP/1.1 ${status} ${REASONS[status] ?? 'Service Unavailable'}\r\nX-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)
  // Who does not close by themselves is not waited for.
  setTimeout(() => socket.destroy(), 5000).unref()
}
