import { availableParallelism, loadavg } from 'node:os'
import { afterAll, afterEach, expect, test } from 'vitest'
import { listen } from '../server/scene.ts'
import { Follower, Ledger } from './ledger.ts'
import { type Nats, startNats } from './nats.ts'
import { Pair } from './pair.ts'

const KILLS = Number(process.env.FAULT_KILLS ?? 3)
const clean: (() => Promise<unknown>)[] = []
// Two servers of a test that is over would only slow down the next one.
afterEach(async () => {
  for (const step of clean.splice(0).reverse()) await step()
})

async function settle(env: Record<string, string> = {}) {
  const pair = await Pair.open(env)
  clean.push(() => pair.close())
  const [reader, ...writers] = await pair.populate(['olga', 'ann', 'bob', 'eve', 'max'])
  const space = async (name: string, more = {}) => (await pair.call(reader, 'POST', '/spaces', { name, purpose: 'Work', ...more })).json.id as string
  const [team, garden] = [await space('Team'), await space('Garden')]
  const { json: me } = await pair.call(reader, 'GET', '/me')
  const follow = (urls: string[]) => new Follower(urls, reader.token, me.seq)
  const followers = [follow(pair.urls), follow(pair.urls.toReversed())]
  const ledger = new Ledger(pair, team, garden)
  clean.push(() => ledger.end().catch(() => {}))
  return { pair, reader, writers, space, followers, ledger }
}

type Stage = Awaited<ReturnType<typeof settle>>

/** What was acknowledged is there once, with all that follows from it, and everybody who listens has heard of it once. */
async function expectWhole({ ledger, reader, writers, followers }: Stage) {
  await ledger.end()
  expect(await ledger.audit(reader, writers)).toEqual([])
  for (const follower of followers) {
    await expect.poll(() => [...ledger.posts.keys()].filter((id) => !follower.has('entry.published', id)), { timeout: 20_000 }).toEqual([])
    follower.close()
    expect(follower.faults).toEqual([])
    const told = follower.facts.filter((fact) => fact.type === 'entry.published').map((fact) => fact.entry_id)
    expect(new Set(told).size, 'told twice').toBe(told.length)
  }
}

const written = async (ledger: Ledger, more: number) => {
  const enough = ledger.acknowledged + more
  await expect.poll(() => ledger.acknowledged, { timeout: 60_000 }).toBeGreaterThanOrEqual(enough)
}

/** How long nothing gets a number: until all that is committed now has one, or what a poll at most takes. */
async function untilNumbered({ pair }: Stage): Promise<number> {
  const begun = performance.now()
  const [{ id }] = await pair.ask<{ id: number }>('select coalesce(max(id), 0) as id from events')
  await expect.poll(async () => (await pair.ask<{ n: number }>('select count(*)::int as n from events where seq is null and id <= $1', [id]))[0].n, { timeout: 60_000, interval: 20 }).toBe(0)
  return performance.now() - begun
}

/** A limit of a machine that has nothing else to do, on one that is shared. */
const patience = (milliseconds: number) => milliseconds * Math.max(1, (2 * loadavg()[0]) / availableParallelism())

const wires: [string, () => Promise<Nats | null>][] = [['the database alone', async () => null]]
const nats = await startNats()
if (nats) wires.push(['NATS', async () => nats])
afterAll(() => nats?.stop())

for (const [name, wire] of wires)
  test(`two processes with ${name}: whoever leads is killed while people write to both, and nothing is lost or doubled`, { timeout: 300_000 }, async () => {
    const through = await wire()
    const stage = await settle(through ? { NATS_URL: through.url } : {})
    const { pair, reader, writers, ledger } = stage
    ledger.begin(writers, reader)
    for (let kill = 0; kill < KILLS; kill++) {
      await written(ledger, 12)
      // The one that has been there for longer leads.
      const leader = (kill % 2) as 0 | 1
      await pair.houses[leader].kill()
      expect(await untilNumbered(stage)).toBeLessThan(patience(5000))
      await written(ledger, 12)
      await pair.start(leader)
    }
    await expectWhole(stage)
  })

test('a process that leads and stands still is relieved, and doubles nothing when it goes on', { timeout: 120_000 }, async () => {
  const stage = await settle()
  const { pair, reader, writers, ledger } = stage
  ledger.begin(writers, reader)
  await written(ledger, 12)
  const [first] = pair.houses
  first.signal('SIGSTOP')
  // Those who wait for it wait; what is said to the other is numbered again before long.
  expect(await untilNumbered(stage)).toBeLessThan(patience(8000))
  first.signal('SIGCONT')
  await written(ledger, 24)
  await expectWhole(stage)
})

test.runIf(nats)('NATS is stopped, paused and wiped while people write, and nothing is lost or doubled', { timeout: 180_000 }, async () => {
  const through = (await startNats())!
  clean.push(through.stop)
  const stage = await settle({ NATS_URL: through.url })
  const { reader, writers, ledger } = stage
  ledger.begin(writers, reader)
  await written(ledger, 12)
  through.kill('SIGSTOP')
  await written(ledger, 24)
  await untilNumbered(stage)
  through.kill('SIGCONT')
  await written(ledger, 12)
  await through.stop()
  await written(ledger, 24)
  await untilNumbered(stage)
  // It keeps nothing on the disk: started again it is as empty as a new one.
  await through.start()
  await written(ledger, 12)
  await expectWhole(stage)
})

for (const [name, wire] of wires)
  test(`with ${name}, what one process hears of reaches those who are connected to the other: typing, and the end of a token`, { timeout: 180_000 }, async () => {
    const through = await wire()
    const { pair, reader: olga, writers: [ann, bob], space } = await settle(through ? { NATS_URL: through.url } : {})
    const [one, two] = pair.urls
    const board = await space('Board', { visibility: 'closed' })
    for (const { id } of [ann]) await pair.call(olga, 'PUT', `/spaces/${board}/members/${id}`)
    const [writing, reading, elsewhere] = [await listen(one, olga.token), await listen(two, ann.token), await listen(two, bob.token)]
    const typing = () => reading.events.filter((event) => event.type === 'typing')
    await expect.poll(() => (writing.send({ typing: board }), typing().length), { timeout: 20_000, interval: 200 }).toBeGreaterThan(0)
    expect(typing()[0]).toEqual({ type: 'typing', space: board, actor: olga.id })
    expect(elsewhere.events).toEqual([])
    const [{ id }] = await pair.ask<{ id: string }>('select id from api_tokens where person_id = $1', [olga.id])
    await pair.houses[1].call(olga, 'DELETE', `/tokens/${id}`)
    await expect.poll(() => writing.state.closed, { timeout: 20_000 }).toBe(4401)
    for (const stream of [writing, reading, elsewhere]) stream.close()
  })
