import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { startNats } from '../../test/nats.ts'
import { openHost } from '../host.ts'
import { testConfig } from '../scene.ts'
import { type Bus, joinBus, type OpenWire } from './bus.ts'
import { throughNats } from './bus-nats.ts'
import { throughPostgres } from './bus-postgres.ts'
import { makeLog } from './log.ts'

const clean: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const step of clean.reverse()) await step()
})
const log = makeLog({ logLevel: 'silent', logFile: null })
const nats = await startNats()
if (nats) clean.push(nats.stop)

async function postgres() {
  const { config, drop } = await testConfig({ LOG_LEVEL: 'silent' })
  clean.push(drop)
  const { host, close } = await openHost(config)
  clean.push(close)
  return host
}

async function join(open: OpenWire) {
  const bus = await joinBus(open, log)
  const heard: unknown[][] = []
  bus.hear('noted', (...facts) => heard.push(facts))
  clean.push(bus.close)
  return { bus, heard }
}

/** Says it until the others have greeted and hear it. */
const saidUntil = (bus: Bus, heard: unknown[][], word: string) =>
  expect.poll(() => (bus.tell('noted', word), heard.map(([said]) => said)), { timeout: 20_000, interval: 50 }).toContain(word)

const wires: [string, () => Promise<OpenWire>][] = [['PostgreSQL', async () => throughPostgres((await postgres()).pool.options)]]
if (nats) wires.push(['NATS', async () => throughNats(nats.url, 'ours')])

for (const [name, wire] of wires)
  test(`processes hear each other through ${name}, in order, and nobody hears themselves or of what they did not ask for`, async () => {
    const open = await wire()
    const [one, two] = [await join(open), await join(open)]
    await saidUntil(one.bus, two.heard, 'begin')
    await saidUntil(two.bus, one.heard, 'begin')
    // More than one notification carries.
    const words = Array.from({ length: 500 }, (_, i) => `word ${i} ${'x'.repeat(30)}`)
    for (const word of words) one.bus.tell('noted', word, 7)
    one.bus.tell('other', 'unheard')
    await expect.poll(() => two.heard.at(-1), { timeout: 10_000 }).toEqual([words.at(-1), 7])
    expect(two.heard.slice(-500).map(([word]) => word)).toEqual(words)
    expect(one.heard.every(([word]) => word === 'begin')).toBe(true)
  })

test('a wire through PostgreSQL that was cut is there again', async () => {
  const host = await postgres()
  const open = throughPostgres(host.pool.options)
  const [one, two] = [await join(open), await join(open)]
  await saidUntil(one.bus, two.heard, 'before')
  await host.pool.query(`select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen %' or query like 'select pg_notify%'`)
  await saidUntil(one.bus, two.heard, 'after')
  await saidUntil(two.bus, one.heard, 'after')
})

test.runIf(nats)('NATS may be away at the start and at any time, and one network does not hear another', async () => {
  const ours = await startNats()
  clean.push(ours!.stop)
  await ours!.stop()
  const open = throughNats(ours!.url, 'ours')
  const [one, two, stranger] = [await join(open), await join(open), await join(throughNats(ours!.url, 'theirs'))]
  await ours!.start()
  await saidUntil(one.bus, two.heard, 'late')
  await ours!.stop()
  await sleep(100)
  one.bus.tell('noted', 'lost')
  await ours!.start()
  await saidUntil(one.bus, two.heard, 'again')
  await saidUntil(two.bus, one.heard, 'again')
  expect(stranger.heard).toEqual([])
})
