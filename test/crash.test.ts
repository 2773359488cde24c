import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { House } from './house.ts'

// What nobody thought of, made to happen: on this signal the server throws where nothing catches.
const FAULT = `data:text/javascript,${encodeURIComponent("process.on('SIGUSR2', () => setImmediate(() => { throw new Error('a fault nobody thought of') }))")}`

let house: House
afterAll(() => house?.close())

test.runIf(process.platform === 'linux')('npm start comes back by itself after kill -9 and after an error that reached nobody, with everything in it', { timeout: 180_000 }, async () => {
  house = await House.open({ launched: true })
  await house.start({ NODE_OPTIONS: `--import=${FAULT}`, npm_lifecycle_event: '' })
  const [olga] = await house.populate(['olga'])
  const { json: team } = await house.call(olga, 'POST', '/spaces', { name: 'Team', purpose: 'Work' })
  const written: string[] = []
  for (const signal of ['SIGKILL', 'SIGUSR2', 'SIGKILL', 'SIGUSR2'] as const) {
    written.push((await house.call(olga, 'POST', `/spaces/${team.id}/entries`, { body: `before ${signal}` })).json.id)
    const before = house.serverPid()
    process.kill(before, signal)
    await expect.poll(() => house.serverPid(), { timeout: 60_000 }).not.toBe(before)
    // The first answer that is none of "not now" comes from the next server.
    const { status, json } = await house.insist(olga, 'POST', `/spaces/${team.id}/entries`, { body: `after ${signal}` }, `${written.length}`)
    expect(status).toBe(201)
    written.push(json.id)
    expect(house.isRunning()).toBe(true)
    expect(house.said).toContain(signal === 'SIGKILL' ? 'ended unexpectedly (137)' : 'ended unexpectedly (70)')
    // Long enough up to be started again at once the next time would be a minute; the pauses grow, and that is right.
    await sleep(100)
  }
  const { json } = await house.call(olga, 'GET', `/spaces/${team.id}/entries?view=flat&limit=100`)
  expect(json.items.map((item: { id: string }) => item.id).sort()).toEqual(written.sort())
})
