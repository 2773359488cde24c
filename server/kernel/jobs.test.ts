import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { openHost } from '../host.ts'
import { testConfig } from '../scene.ts'
import { defineJob, enqueue, type Queue, startJobs } from './jobs.ts'

const clean: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const step of clean.reverse()) await step()
})

async function begin() {
  const { config, drop } = await testConfig({ LOG_LEVEL: 'silent' })
  clean.push(drop)
  const { host, close } = await openHost(config)
  clean.push(close)
  const done: string[] = []
  const note = (name: string, queue: Queue) => defineJob<{ n: number }>(name, async (_host, { n }) => void done.push(`${name} ${n}`), { queue })
  return { host, done, note }
}

const soon = async (check: () => boolean) => {
  for (let waited = 0; waited < 20_000; waited += 20, await sleep(20)) if (check()) return
  expect.fail('did not come true within twenty seconds')
}

test('what takes long holds up neither letters nor what is done at once, and the next of its queue waits for it', async () => {
  const { host, done, note } = await begin()
  let letGo = () => {}
  const gate = new Promise<void>((resolve) => (letGo = resolve))
  const begun: number[] = []
  const heavy = defineJob<{ n: number }>('heavy', async (_host, { n }) => {
    begun.push(n)
    await gate
  }, { queue: 'heavy' })
  const [mail, quick] = [note('mail', 'mail'), note('quick', 'quick')]
  for (const n of [1, 2, 3]) await enqueue(host.db, heavy, { n })
  const { stop } = await startJobs(host, [heavy, mail, quick], [])
  await soon(() => begun.length > 0)
  for (const n of [1, 2]) await enqueue(host.db, mail, { n })
  await enqueue(host.db, quick, { n: 1 })
  await soon(() => done.length === 3)
  expect(done.toSorted()).toEqual(['mail 1', 'mail 2', 'quick 1'])
  expect(begun).toEqual([1])
  letGo()
  await soon(() => begun.length === 3)
  await stop()
})

test('a job waits for its moment, goes before those that matter less, and is replaced by the next under its key', async () => {
  const { host, done, note } = await begin()
  const heavy = note('heavy', 'heavy')
  await enqueue(host.db, heavy, { n: 1 }, { runAt: new Date(Date.now() + 3_600_000), key: 'later' })
  await enqueue(host.db, heavy, { n: 2 }, { priority: 5 })
  await enqueue(host.db, heavy, { n: 3 })
  await enqueue(host.db, heavy, { n: 4 }, { priority: -5 })
  const { stop } = await startJobs(host, [heavy], [])
  await soon(() => done.length === 3)
  expect(done).toEqual(['heavy 4', 'heavy 3', 'heavy 2'])
  await enqueue(host.db, heavy, { n: 5 }, { key: 'later' })
  await soon(() => done.length === 4)
  expect(done.at(-1)).toBe('heavy 5')
  await stop()
  expect((await host.pool.query('select from graphile_worker.jobs')).rowCount).toBe(0)
})

test('a job that takes long is done once, however often it is looked whose jobs are over', async () => {
  const { host } = await begin()
  let letGo = () => {}
  const gate = new Promise<void>((resolve) => (letGo = resolve))
  let begun = 0
  const long = defineJob('long', async () => {
    begun++
    await gate
  })
  await enqueue(host.db, long, {})
  const { stop } = await startJobs(host, [long], [])
  await soon(() => begun > 0)
  // As if it had begun an hour ago; every five seconds it is looked, and what is missed twice is done again.
  await host.pool.query(`update graphile_worker._private_jobs set locked_at = now() - interval '1 hour'`)
  await sleep(14_000)
  expect(begun).toBe(1)
  expect((await host.pool.query('select locked_by from graphile_worker.jobs')).rows).toEqual([{ locked_by: expect.any(String) }])
  letGo()
  await expect.poll(async () => (await host.pool.query('select id from graphile_worker.jobs')).rows).toEqual([])
  expect(begun).toBe(1)
  await stop()
})
