import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { Refusal } from './errors.ts'

/** Who may open a socket and what is then done with it. */
export type Door<Asker> = {
  isOurs: (path: string) => boolean
  /** finds out who asks, or throws what the handshake is refused with */
  admit: (request: IncomingMessage) => Promise<Asker>
  open: (socket: WebSocket, asker: Asker, query: URLSearchParams, raw: Duplex) => void
}

/**
 * Serves WebSockets. Here sockets are raw: nothing of the framework stands between them and the process, so whatever is
 * asked for, in whatever form, and whenever the other end goes away, is dealt with here and ends nothing but that socket.
 */
export function serveUpgrades<Asker>(server: Server, door: Door<Asker>): void {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 16_384, closeTimeout: 10_000 } as object)
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // First of all: a socket that breaks without anybody listening ends the process.
    socket.on('error', () => socket.destroy())
    upgrade(request, socket, head).catch((error: unknown) => refuse(socket, error))
  })

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const target = targetOf(request.url)
    if (!target) throw new Refusal(400, 'bad_request', 'The address could not be read.')
    if (!door.isOurs(target.path)) throw new Refusal(404, 'not_found', 'There is nothing here.')
    const asker = await door.admit(request)
    if (socket.destroyed) return
    sockets.handleUpgrade(request, socket, head, (ws) => {
      ws.on('error', () => ws.terminate())
      door.open(ws, asker, target.query, socket)
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
