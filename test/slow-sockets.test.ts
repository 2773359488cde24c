import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { sceneWith } from '../server/scene.ts'

/** A raw connection and what was heard on it. */
async function open(url: string) {
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1' })
  const line = { socket, heard: '', closed: once(socket, 'close').catch(() => {}) }
  socket.on('error', () => {})
  socket.on('data', (chunk) => (line.heard += chunk.toString('latin1')))
  await once(socket, 'connect')
  return line
}

/** Says a byte every so often, for as long as it is listened to. */
async function drip(socket: Socket, byte: string, everyMs: number) {
  for (; socket.writable; await sleep(everyMs)) socket.write(byte)
}

const SLOWLY = { BODY_PATIENCE_SECONDS: '1' }
const head = (path: string, type: string, more = '') => `POST /api/v1${path} HTTP/1.1\r\nHost: a\r\nContent-Type: ${type}\r\nContent-Length: 4000\r\n${more}\r\n`

test('half a body, and one that comes byte by byte, are ended with an answer; a whole one is taken', async () => {
  const { ann } = await sceneWith(SLOWLY)
  const stalled = await open(ann.url)
  stalled.socket.write(`${head('/sessions', 'application/json')}{"login":`)
  const dripping = await open(ann.url)
  dripping.socket.write(`${head('/sessions', 'application/json')}{"login":"`)
  void drip(dripping.socket, 'a', 50)
  const chunked = await open(ann.url)
  chunked.socket.write('POST /api/v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{"\r\n')
  for (const { closed } of [stalled, dripping, chunked]) await closed
  for (const { heard } of [stalled, dripping, chunked]) {
    expect(heard).toMatch(/^HTTP\/1\.1 408 /)
    expect(heard).toContain('"code":"body_too_slow"')
    expect(heard.toLowerCase()).toContain('connection: close')
  }
  expect(await ann.post('/spaces', { name: 'Team', purpose: 'Work', visibility: 'open' })).toMatchObject({ name: 'Team' })
})

test('an upload that stands still is ended and leaves nothing; one that takes its time and moves on is kept', async () => {
  const { ann, config } = await sceneWith(SLOWLY)
  const form = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
  const mine = `Authorization: Bearer ${ann.token}\r\n`
  const stalled = await open(ann.url)
  stalled.socket.write(`${head('/files', 'multipart/form-data; boundary=b', mine)}${form}begun`)
  const arriving = () => readdirSync(join(config.data, 'files/incoming'))
  await expect.poll(() => { try { return arriving().length } catch { return 0 } }, { timeout: 10_000 }).toBe(1)
  await stalled.closed
  expect(stalled.heard).toMatch(/^HTTP\/1\.1 408 /)
  await expect.poll(() => arriving().length, { timeout: 10_000 }).toBe(0)

  const body = `${form}${'slowly '.repeat(2000)}\r\n--b--\r\n`
  const steady = await open(ann.url)
  steady.socket.write(`POST /api/v1/files HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: ${body.length}\r\nConnection: close\r\n${mine}\r\n`)
  // Twice the patience in all, and far more than a kilobyte in each.
  for (let at = 0; at < body.length; at += 700, await sleep(100)) steady.socket.write(body.slice(at, at + 700))
  await steady.closed
  expect(steady.heard).toMatch(/^HTTP\/1\.1 201 /)
})

test('nobody holds more connections than their share; who comes beyond it is told why, and comes in when one is free', async () => {
  const { ann } = await sceneWith({ CONNECTIONS_PER_ADDRESS: '5' })
  const held = []
  const full = async () => {
    const line = await open(ann.url)
    await Promise.race([line.closed, sleep(300)])
    return line
  }
  for (let line = await full(); !line.heard; line = await full()) held.push(line)
  expect(held.length).toBeLessThanOrEqual(5)
  const refused = await full()
  expect(refused.heard).toMatch(/^HTTP\/1\.1 429 [^]*"code":"too_many_connections"/)
  await refused.closed
  for (const { socket } of held) socket.destroy()
  await expect.poll(() => ann.get('/me').catch(() => ({})), { timeout: 10_000 }).toMatchObject({ id: ann.id })
})

test('so many connections are open in all and no more, also from a proxy, which has no share of its own', async () => {
  const { ann } = await sceneWith({ CONNECTIONS_PER_ADDRESS: '1', CONNECTIONS: '4', TRUSTED_PROXIES: '127.0.0.0/8' })
  const lines = []
  for (let i = 0; i < 6; i++) {
    const line = await open(ann.url)
    await Promise.race([line.closed, sleep(300)])
    lines.push(line)
  }
  const told = lines.map(({ heard }) => heard.split('\r\n')[0])
  expect(told.slice(0, 2)).toEqual(['', ''])
  expect(told.slice(4)).toEqual(Array(2).fill('HTTP/1.1 503 Service Unavailable'))
  expect(lines[5].heard).toContain('"code":"server_full"')
  for (const { socket } of lines) socket.destroy()
  await expect.poll(() => ann.get('/me').catch(() => ({})), { timeout: 10_000 }).toMatchObject({ id: ann.id })
})
