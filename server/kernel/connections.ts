import { createServer, type RequestListener, type Server } from 'node:http'
import { BlockList, isIPv6, type Socket } from 'node:net'
import type { Config } from './config.ts'
import { placeOf } from './places.ts'

// A connection that stands still for a minute is over; a request that moves on may take as long as a large file on a slow line.
const PATIENCE = { keepAliveTimeout: 72_000, requestTimeout: 3_600_000, headersTimeout: 20_000, connectionsCheckingInterval: 10_000 }
const STILL_MS = 60_000
// Who is refused gets so long to read why, unless so many are being told already.
const FAREWELL_MS = 1000
const MOST_FAREWELLS = 200

/**
 * Makes the servers of this process, which share their limits: so many connections are open at once from one address,
 * and in total; whoever comes beyond that is told why and closed before anything they send is read. A trusted proxy
 * speaks for many, so only the total holds for it.
 */
export function serverMaker({ connections, trustedProxies }: Pick<Config, 'connections' | 'trustedProxies'>): (serve: RequestListener) => Server {
  const crowd = new Map<string, number>()
  const isProxy = among(trustedProxies)
  let total = 0
  let farewells = 0

  function enter(socket: Socket): Refused | null {
    // Empty when they are gone before we look.
    const address = socket.remoteAddress ?? ''
    if (total >= connections.total) return FULL
    const place = isProxy(address) ? null : placeOf(address)
    const here = place === null ? 0 : (crowd.get(place) ?? 0)
    if (here >= connections.perAddress) return CROWDED
    total++
    if (place !== null) crowd.set(place, here + 1)
    socket.once('close', () => {
      total--
      if (place === null) return
      const left = crowd.get(place)! - 1
      left ? crowd.set(place, left) : crowd.delete(place)
    })
    return null
  }

  function refuse(socket: Socket, refused: Refused): void {
    socket.on('error', () => socket.destroy())
    if (farewells >= MOST_FAREWELLS) return void socket.destroy()
    farewells++
    const timer = setTimeout(() => socket.destroy(), FAREWELL_MS)
    socket.once('close', () => (clearTimeout(timer), farewells--))
    // What they send meanwhile is thrown away: closed over it, the answer would be lost on its way.
    socket.resume().end(answer(refused))
  }

  return (serve) => {
    const { connectionsCheckingInterval } = PATIENCE
    const server = createServer({ connectionsCheckingInterval }, serve)
    Object.assign(server, PATIENCE)
    server.setTimeout(STILL_MS)
    // Stands before the reader of HTTP, which would else take up what a refused connection sends.
    const readers = server.listeners('connection')
    server.removeAllListeners('connection')
    server.on('connection', (socket: Socket) => {
      const refused = enter(socket)
      if (refused) return refuse(socket, refused)
      for (const read of readers) read.call(server, socket)
    })
    return server
  }
}

type Refused = { status: number; title: string; code: string; detail: string }
const FULL: Refused = { status: 503, title: 'Service Unavailable', code: 'server_full', detail: 'As many connections are open here as this server takes. Try again soon.' }
const CROWDED: Refused = { status: 429, title: 'Too Many Requests', code: 'too_many_connections', detail: 'As many connections are open from your address as it may have. Close some of them, or try again soon.' }

function answer({ status, title, code, detail }: Refused): string {
  const body = JSON.stringify({ type: 'about:blank', title, status, code, detail, retry_after: 5 })
  return `HTTP/1.1 ${status} ${title}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nRetry-After: 5\r\n`
    + `X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n${body}`
}

/** Whether an address is one of these, or in one of these networks. */
function among(list: string[]): (address: string) => boolean {
  const known = new BlockList()
  for (const [address, bits] of list.map((entry) => entry.split('/'))) {
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    bits === undefined ? known.addAddress(address, family) : known.addSubnet(address, Number(bits), family)
  }
  return (address) => known.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}
