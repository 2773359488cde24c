import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import WebSocket from 'ws'
import { unauthenticated } from './errors.ts'
import { type Door, serveUpgrades } from './upgrades.ts'

const server = createServer()
afterAll(() => server.close())
const upgrades = serveUpgrades(server)
const echo = (name: string, largest?: number): Door<string> => ({
  largest,
  admit: async ({ headers }) => (headers.authorization ? name : Promise.reject(unauthenticated())),
  open: (socket, asker) => socket.on('message', (data: Buffer) => socket.send(`${asker}: ${data.length}`)),
})
upgrades.at('/talk', echo('talk'))
upgrades.at('/pages', echo('pages', 1 << 20))
await once(server.listen(0), 'listening')

const open = (path: string, headers: Record<string, string> = { authorization: 'Bearer x' }) =>
  new WebSocket(`ws://localhost:${(server.address() as AddressInfo).port}${path}`, { headers })
async function say(path: string, bytes: number) {
  const socket = open(path)
  await once(socket, 'open')
  socket.send(Buffer.alloc(bytes))
  const said = await Promise.race([once(socket, 'message').then(([data]) => String(data)), once(socket, 'close').then(([code]) => code)])
  socket.terminate()
  return said
}
const refusal = async (socket: WebSocket) => ((await once(socket, 'error'))[0] as Error).message

test('sockets of two sorts live beside each other, each with its own door and its own bounds', async () => {
  expect(await say('/talk?after=1', 100)).toBe('talk: 100')
  expect(await say('/pages', 100_000)).toBe('pages: 100000')
  expect(await say('/talk', 100_000)).toBe(1009)
  expect(await refusal(open('/talk', {}))).toContain('401')
  expect(await refusal(open('/talk/', {}))).toContain('404')
  expect(await refusal(open('/elsewhere'))).toContain('404')
})

test('a path that is taken is not given away again', () => {
  expect(() => upgrades.at('/talk', echo('other'))).toThrow('"/talk"')
})
