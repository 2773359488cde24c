import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type Client, type Json, scene, sceneWith } from '../../scene.ts'

/** A form as bytes, so that one connection can be held on to. */
const form = (content: Buffer, alt = '') => Buffer.concat([
  Buffer.from('--x0x\r\ncontent-disposition: form-data; name="file"; filename="a.bin"\r\n\r\n'), content,
  Buffer.from(`\r\n--x0x\r\ncontent-disposition: form-data; name="alt"\r\n\r\n${alt}\r\n--x0x--\r\n`),
])

/** Speaks on one connection, request after request. */
function onOneConnection({ url, token }: Client) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ports = new Set<number>()
  const call = (method: string, path: string, body?: Buffer, type = 'multipart/form-data; boundary=x0x') => new Promise<Json>((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, ...(body && { 'content-type': type, 'content-length': body.length }) }
    const sent = request(`${url}/api/v1${path}`, { method, agent, headers, timeout: 20_000 }, async (response) => {
      ports.add(response.socket.localPort!)
      let text = ''
      for await (const piece of response) text += piece
      resolve({ status: response.statusCode, ...JSON.parse(text || '{}') })
    })
    sent.on('timeout', () => sent.destroy(new Error('no answer'))).on('error', reject)
    sent.end(body)
  })
  return { call, ports, close: () => agent.destroy() }
}

test('after an upload that was refused, whatever for, the next request on the same connection is answered', async () => {
  const { ann, olga, config } = await scene()
  const large = Buffer.alloc(config.maxFileBytes + 100_000, 1)
  const bodies = [form(Buffer.alloc(300_000, 1), 'a'.repeat(2000)), form(large), form(Buffer.alloc(300_000, 1)).subarray(0, -9), Buffer.from('--x0x--\r\n')]
  for (const body of bodies) {
    const { call, ports, close } = onOneConnection(ann)
    expect((await call('POST', '/files', body)).status).toBeGreaterThanOrEqual(400)
    expect(await call('GET', '/me')).toMatchObject({ status: 200, id: ann.id })
    expect((await call('POST', '/files', form(Buffer.from('fine')))).status).toBe(201)
    expect(ports.size).toBe(1)
    close()
  }
  const { call, close } = onOneConnection(olga)
  expect((await call('POST', '/imports', form(Buffer.alloc(400_000, 1)))).status).toBeGreaterThanOrEqual(400)
  expect((await call('GET', '/me')).status).toBe(200)
  close()
})

/** A small disk of its own, where this machine lets us have one. */
function smallDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'folkmoot-disk-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    return null
  }
  afterAll(() => void execFileSync('umount', ['-l', folder]))
  return folder
}
const disk = smallDisk()

test.skipIf(!disk)('a full disk is told as that, leaves nothing behind, and all goes on when there is room again', async () => {
  const { ann } = await sceneWith({ FOLKMOOT_DATA: disk!, KEEP_FREE_MB: '0' })
  const { call, ports, close: hangUp } = onOneConnection(ann)
  const incoming = () => readdirSync(join(disk!, 'files', 'incoming'))
  const before = await call('POST', '/files', form(Buffer.from('while there was room')))
  expect(before.status).toBe(201)
  const full = { status: 507, code: 'no_room', detail: expect.stringMatching(/no room left/) }
  for (let i = 0; i < 4; i++) {
    expect(await call('POST', '/files', form(Buffer.alloc(8_000_000, i)))).toMatchObject(full)
    expect(incoming()).toEqual([])
    expect((await call('GET', '/me')).status).toBe(200)
  }
  // Something else fills the disk to the last byte: what is there is still handed out, and text is still written.
  const { bavail, bsize } = statfsSync(disk!)
  writeFileSync(join(disk!, 'filler'), Buffer.alloc(bavail * bsize))
  expect(await call('POST', '/files', form(Buffer.from('a few bytes')))).toMatchObject(full)
  expect((await fetch(`${ann.url}/api/v1/files/${before.id}`, { headers: { authorization: `Bearer ${ann.token}` } })).status).toBe(200)
  const space = await call('POST', '/spaces', Buffer.from('{"name":"Team","purpose":"Work"}'), 'application/json')
  expect(space.status).toBe(201)
  rmSync(join(disk!, 'filler'))
  expect((await call('POST', '/files', form(Buffer.from('a few bytes')))).status).toBe(201)
  expect([incoming(), ports.size]).toEqual([[], 1])
  hangUp()
})
