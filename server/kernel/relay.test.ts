import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { openHost } from '../host.ts'
import { testConfig } from '../scene.ts'
import type { Host } from './context.ts'
import { startRelay } from './relay.ts'

const clean: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const step of clean.reverse()) await step()
})

async function begin() {
  const { config, drop } = await testConfig()
  clean.push(drop)
  const { host, close } = await openHost(config)
  clean.push(close)
  return host
}

function listen(host: Host) {
  const news: number[] = []
  const relay = startRelay(host.pool, host.log, (seq) => news.push(seq))
  return { news, ...relay }
}

const note = (host: Pick<Host, 'pool'>, n: number) => host.pool.query(`insert into events (type, data) values ('test.noted', $1)`, [{ n }])
const numbered = async (host: Host) =>
  (await host.pool.query(`select (data->>'n')::int as n from events where seq is not null order by seq`)).rows.map((row) => row.n as number)
const soon = async (check: () => Promise<boolean> | boolean) => {
  for (let waited = 0; waited < 30_000; waited += 10, await sleep(10)) if (await check()) return
  expect.fail('did not come true within ten seconds')
}

test('facts are numbered in the order in which they were committed, and an open one holds up nobody', async () => {
  const host = await begin()
  const relay = listen(host)
  const slow = await host.pool.connect()
  await slow.query('begin')
  await slow.query(`insert into events (type, data) values ('test.noted', '{"n": 1}')`)
  await note(host, 2)
  relay.wake()
  await soon(async () => (await numbered(host)).length === 1)
  await note(host, 3)
  relay.wake()
  await soon(async () => (await numbered(host)).length === 2)
  await slow.query('commit')
  slow.release()
  relay.wake()
  await soon(async () => (await numbered(host)).length === 3)
  expect(await numbered(host)).toEqual([2, 3, 1])
  await soon(() => relay.news.at(-1)! >= 3)
  expect([...new Set(relay.news)].toSorted((a, b) => a - b)).toEqual(relay.news)
  await relay.stop()
})

test('what is taken back gets no number, and nothing is waited for in vain', async () => {
  const host = await begin()
  const relay = listen(host)
  const client = await host.pool.connect()
  await client.query('begin')
  await client.query(`insert into events (type, data) values ('test.noted', '{"n": 1}')`)
  await client.query('rollback')
  client.release()
  await note(host, 2)
  relay.wake()
  await soon(() => relay.news.at(-1)! > 0)
  expect(await numbered(host)).toEqual([2])
  await relay.stop()
})

test('a relay looks for itself now and then: also what other programs wrote is numbered', async () => {
  const host = await begin()
  const relay = listen(host)
  await note(host, 1)
  await soon(async () => (await numbered(host)).length === 1)
  await relay.stop()
})

test('one of several numbers; all hear of it; when it is gone the next one does it', async () => {
  const host = await begin()
  const relays = [listen(host), listen(host)]
  // Of this database: other tests have theirs on the same PostgreSQL.
  const locks = async () => (await host.pool.query(`select pid from pg_locks where locktype = 'advisory' and objid = 7106221 and granted
    and database = (select oid from pg_database where datname = current_database())`)).rows as { pid: number }[]
  await soon(async () => (await locks()).length === 1)
  for (let n = 1; n <= 20; n++) await note(host, n)
  for (const { wake } of relays) wake()
  await soon(() => relays.every(({ news }) => news.at(-1)! >= 20))
  const [{ pid }] = await locks()
  await host.pool.query('select pg_terminate_backend($1)', [pid])
  for (let n = 21; n <= 40; n++) await note(host, n)
  await soon(() => relays.every(({ news }) => news.at(-1)! >= 40))
  expect(await numbered(host)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
  expect((await locks())[0].pid).not.toBe(pid)
  await relays[0].stop()
  await relays[1].stop()
  // PostgreSQL lets go when it hears that the connection ended.
  await soon(async () => (await locks()).length === 0)
})

test('a heap of facts, as after an import, is numbered in its order, also when there was none until then', async () => {
  const host = await begin()
  const relay = listen(host)
  // Plans are kept from the sixth time on.
  for (let look = 0; look < 8; look++, await sleep(20)) relay.wake()
  await host.pool.query(`insert into events (type, data) select 'test.noted', jsonb_build_object('n', n) from generate_series(1, 40001) n`)
  await soon(async () => relay.news.at(-1)! >= 40_001)
  expect(await numbered(host)).toEqual(Array.from({ length: 40_001 }, (_, i) => i + 1))
  await relay.stop()
})
