import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { openHost } from '../host.ts'
import { testConfig } from '../scene.ts'
import { type Ctx, inTransaction, SYSTEM } from './context.ts'
import { defineEffect, retryEffect, startEffects } from './effects.ts'
import { defineEvent, emit, emitHistory, type LoggedEvent } from './events.ts'
import { listFailures } from './jobs.ts'

const clean: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const step of clean.reverse()) await step()
})

const noted = defineEvent('test.noted', z.object({ n: z.number() }))

/** A log with so many facts in it, numbered, and a table that effects write to. */
async function begin(facts: number) {
  const { config, drop } = await testConfig()
  clean.push(drop)
  const { host, close } = await openHost(config)
  clean.push(close)
  await host.pool.query('create table heard (effect text, n int)')
  await inTransaction(host, SYSTEM, async (ctx) => {
    for (let n = 1; n <= facts; n++) await emit(ctx, noted, {}, { n })
  })
  await host.pool.query(`update events set seq = id`)
  const { rows } = await host.pool.query('select max(seq) as top from events')
  const heard = async (effect: string) => (await host.pool.query('select n from heard where effect = $1 order by n', [effect])).rows.map((row) => row.n as number)
  return { host, top: rows[0].top as number, heard }
}

const write = async (ctx: Ctx, effect: string, events: LoggedEvent[]) => {
  for (const event of events) await sql`insert into heard values (${effect}, ${event.data.n})`.execute(ctx.db)
}

const soon = async (check: () => Promise<boolean>) => {
  for (let waited = 0; waited < 30_000; waited += 20, await sleep(20)) if (await check()) return
  expect.fail('did not come true within ten seconds')
}

test('every effect hears every fact, once, in order, and goes on where it was', async () => {
  const { host, top, heard } = await begin(450)
  const order: number[] = []
  const effect = defineEffect('count', [noted], async (ctx, events) => {
    order.push(...events.map((event) => event.data.n as number))
    await write(ctx, 'count', events)
  })
  const following = startEffects(host, [effect], () => {})
  following.advance(top)
  following.advance(top)
  await following.idle()
  expect(order).toEqual(Array.from({ length: 450 }, (_, i) => i + 1))
  await following.stop()
  const again = startEffects(host, [effect], () => {})
  again.advance(top)
  await again.idle()
  expect(await heard('count')).toHaveLength(450)
})

test('a fact that breaks an effect is set aside for later, and holds up neither the others nor the next', async () => {
  const { host, top, heard } = await begin(30)
  let isBroken = true
  const failures: string[] = []
  const picky = defineEffect('picky', [noted], async (ctx, events) => {
    if (isBroken && events.some((event) => event.data.n === 13)) throw new Error('not thirteen')
    await write(ctx, 'picky', events)
  })
  const calm = defineEffect('calm', [noted], (ctx, events) => write(ctx, 'calm', events))
  const following = startEffects(host, [picky, calm], (effect) => failures.push(effect))
  following.advance(top)
  await following.idle()
  expect(await heard('calm')).toHaveLength(30)
  expect(await heard('picky')).toEqual(Array.from({ length: 30 }, (_, i) => i + 1).filter((n) => n !== 13))
  expect(failures).toEqual(['picky'])
  const { rows: [job] } = await host.pool.query(`select task_identifier, key, max_attempts from graphile_worker.jobs`)
  expect(job).toMatchObject({ task_identifier: 'retry-effect', key: expect.stringMatching(/^picky:/), max_attempts: 5 })
  expect(await listFailures(host.db)).toEqual([])
  isBroken = false
  const [, seq] = (job.key as string).split(':')
  await retryEffect([picky, calm]).run(host, { effect: 'picky', seq: Number(seq) })
  expect(await heard('picky')).toHaveLength(30)
})

test('what an effect wrote before it broke is taken back', async () => {
  const { host, top, heard } = await begin(3)
  const effect = defineEffect('half', [noted], async (ctx, events) => {
    await write(ctx, 'half', events)
    if (events.some((event) => event.data.n === 2)) throw new Error('after writing')
  })
  const following = startEffects(host, [effect], () => {})
  following.advance(top)
  await following.idle()
  expect(await heard('half')).toEqual([1, 3])
})

test('effects that the database left alone go on when it is back, without waiting for the next fact', async () => {
  const { host, top, heard } = await begin(5)
  let breaks = 2
  const effect = defineEffect('patient', [noted], async (ctx, events) => {
    if (breaks-- > 0) throw Object.assign(new Error('Connection terminated unexpectedly'), { code: '57P01' })
    await write(ctx, 'patient', events)
  })
  const following = startEffects(host, [effect], () => {})
  following.advance(top)
  await soon(async () => (await heard('patient')).length === 5)
  await following.stop()
})

test('history is heard only by those who ask for it', async () => {
  const { host, heard } = await begin(0)
  await inTransaction(host, SYSTEM, (ctx) => emitHistory(ctx, [{ type: noted.type, actor_id: null, data: { n: 1 }, at: '2020-01-01T00:00:00Z' }]))
  await host.pool.query('update events set seq = id')
  const { rows } = await host.pool.query('select max(seq) as top from events')
  const [present, past] = [false, true].map((history) =>
    defineEffect(history ? 'past' : 'present', [noted], (ctx, events) => write(ctx, history ? 'past' : 'present', events), { history }))
  const following = startEffects(host, [present, past], () => {})
  following.advance(rows[0].top)
  await following.idle()
  expect([await heard('present'), await heard('past')]).toEqual([[], [1]])
})
