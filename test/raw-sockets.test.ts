import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import WebSocket from 'ws'
import { scene, signedIn } from '../server/scene.ts'
import { random, rounds } from './chance.ts'
import { PROCESSES } from './several.ts'

const ROUNDS = rounds(150, 5000)
const UPGRADE = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n'

const open = async (url: string): Promise<Socket> => {
  const socket = connect({ port: Number(new URL(url).port), host: 'localhost' })
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}

/** Sends bytes as they are; the first line of what comes back, or nothing. */
async function say(url: string, bytes: string | Buffer): Promise<string> {
  const socket = await open(url)
  let heard = ''
  socket.on('data', (chunk) => (heard += chunk.toString('latin1')))
  socket.write(bytes)
  await Promise.race([once(socket, 'close'), once(socket, 'data'), sleep(5000)])
  socket.destroy()
  return heard.split('\r\n')[0]
}

// An error that reaches nobody fails the run, as it would end a server.
test('a socket may be asked for at any address, in any form: the answer is a refusal, and the server goes on', async () => {
  const { url } = await scene()
  for (const [target, status] of [['//', 400], ['//elsewhere/live', 400], ['http://[', 400], ['http://a:99999/', 400], ['*', 400], ['/x', 404], ['/live/', 404], ['/live', 403], ['/live?after=x', 403], ['/%zz', 404]] as const)
    expect(await say(url, `GET ${target} HTTP/1.1\r\nHost: a\r\n${UPGRADE}\r\n`), target).toContain(`HTTP/1.1 ${status}`)
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
})

test('whoever hangs up in the middle of a handshake, at whichever byte, hurts nobody', async () => {
  const { url, ann } = await scene()
  const whole = `GET /live HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${ann.token}\r\n${UPGRADE}\r\n`
  const elsewhere = whole.replace('/live', '/x')
  for (let end = 0; end <= whole.length; end += 7)
    for (const bytes of [whole, elsewhere]) {
      const socket = await open(url)
      socket.write(bytes.slice(0, end))
      socket.resetAndDestroy()
    }
  for (let i = 0; i < 60; i++) {
    const socket = await open(url)
    socket.write(i % 2 ? whole : elsewhere)
    await new Promise((resolve) => setImmediate(resolve))
    socket.resetAndDestroy()
  }
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  const live = await ann.live()
  expect(live).toBeTruthy()
})

test('bytes by chance are answered or dropped, and the server goes on', { timeout: 300_000 }, async () => {
  const { url } = await scene()
  const whole = Buffer.from(`GET /live?after=3 HTTP/1.1\r\nHost: a\r\nOrigin: http://a\r\n${UPGRADE}\r\n`)
  for (let round = 0; round < ROUNDS; round++) {
    const bytes = Buffer.from(whole)
    for (let i = 0; i < 1 + random() * 6; i++) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256)
    const socket = await open(url)
    socket.write(bytes.subarray(0, Math.floor(random() * (bytes.length + 1))))
    if (round % 2) socket.resetAndDestroy()
    else socket.end()
  }
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
})

test('a cookie opens no socket without saying where it comes from, and nobody more than their share of sockets', async () => {
  const { url, ann, config } = await scene()
  const refused = (headers: Record<string, string>) => new Promise<number>((resolve) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/live`, { headers })
    socket.once('unexpected-response', (_request, response) => (resolve(response.statusCode!), socket.terminate()))
    socket.once('open', () => (resolve(101), socket.terminate()))
    socket.on('error', () => {})
  })
  expect(await refused({ cookie: 'session=whatever' })).toBe(403)
  const most = config.connectionsPerPerson
  // So many in each process.
  const sockets = await Promise.all(Array.from({ length: most * PROCESSES }, () => new Promise<WebSocket>((resolve, reject) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/live`, { headers: { authorization: `Bearer ${ann.token}` } })
    socket.once('message', () => resolve(socket)).once('error', reject)
  })))
  expect(await refused({ authorization: `Bearer ${ann.token}` })).toBe(429)
  for (const socket of sockets) socket.terminate()
  await expect.poll(() => refused({ authorization: `Bearer ${ann.token}` }), { timeout: 20_000 }).toBe(101)
})

test('a socket ends with the token that opened it, within a second, and gets nothing after that', async () => {
  const { url, ann, team, host } = await scene()
  const me = await signedIn(ann)
  const until = Date.now() + 3000
  const { token, id } = await me.post('/tokens', { name: 'short', expires_at: new Date(until).toISOString() })
  const socket = new WebSocket(`${url.replace('http', 'ws')}/live`, { headers: { authorization: `Bearer ${token}` } })
  const closed = once(socket, 'close')
  await once(socket, 'message')
  const [code] = await closed
  expect(code).toBe(4401)
  expect(Date.now()).toBeGreaterThanOrEqual(until - 50)
  const { rows: [late] } = await host.pool.query<{ s: number }>('select extract(epoch from now() - expires_at)::float8 as s from api_tokens where id = $1', [id])
  // For a busy machine; without the timer it takes the heartbeat's 25 seconds.
  expect(late.s).toBeLessThan(20)
  await ann.post(`/spaces/${team.id}/entries`, { body: 'after the end' })
})

test('every answer carries the headers that keep it safe, also where the address cannot be read', async () => {
  const { url } = await scene()
  for (const path of ['/%zz', '/api/v1/nothing', '/healthz', '/api/v1/me', '/api/v1/openapi.json']) {
    const socket = await open(url)
    let heard = ''
    socket.on('data', (chunk) => (heard += chunk.toString('latin1')))
    socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)
    await once(socket, 'close')
    for (const header of ['content-security-policy', 'x-content-type-options', 'referrer-policy', 'permissions-policy', 'cache-control'])
      expect(heard.toLowerCase(), path).toContain(`\r\n${header}:`)
    expect(heard.toLowerCase()).not.toContain('fastify')
  }
})
