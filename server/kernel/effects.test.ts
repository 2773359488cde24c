import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { openHost } from '../host.ts'
import { testConfig } from '../scene.ts'
import { type Ctx, inTransaction, SYSTEM } from './context.ts'
import { defineEffect } from './effects.ts'
import { retryEffect, startEffects } from './run-effects.ts'
import { defineEvent, emit, emitHistory, type LoggedEvent } from './events.ts'
import { countFailures } from './jobs.ts'

const clean: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const step of clean.reverse()) await step()
})

const noted = defineEvent('test.noted', z.object({ n: z.number() }))

/** A log with so many facts in it, numbered, and a table that effects write to. */
async function begin(facts: number, env: Record<string, string> = {}) {
  const { config, drop } = await testConfig(env)
  clean.push(drop)
  const { host, close } = await openHost(config)
  clean.push(close)
  await host.pool.query('create table heard (effect text, n int)')
  const note = async (from: number, to: number) => {
    await inTransaction(host, SYSTEM, async (ctx) => {
      for (let n = from; n <= to; n++) await emit(ctx, noted, {}, { n })
    })
    await host.pool.query(`update events set seq = id`)
    return (await host.pool.query('select coalesce(max(seq), 0) as top from events')).rows[0].top as number
  }
  const top = await note(1, facts)
  const heard = async (effect: string) => (await host.pool.query('select n from heard where effect = $1 order by n', [effect])).rows.map((row) => row.n as number)
  return { host, top, note, heard }
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
  const effect = defineEffect('count', [noted], { from: 'beginning' }, async (ctx, events) => {
    order.push(...events.map((event) => event.data.n as number))
    await write(ctx, 'count', events)
  })
  const following = await startEffects(host, [effect], () => {})
  following.advance(top)
  following.advance(top)
  await following.idle()
  expect(order).toEqual(Array.from({ length: 450 }, (_, i) => i + 1))
  await following.stop()
  const again = await startEffects(host, [effect], () => {})
  again.advance(top)
  await again.idle()
  expect(await heard('count')).toHaveLength(450)
})

test('a fact that breaks an effect is set aside for later, and holds up neither the others nor the next', async () => {
  const { host, top, heard } = await begin(30)
  let isBroken = true
  const failures: string[] = []
  const picky = defineEffect('picky', [noted], { from: 'beginning' }, async (ctx, events) => {
    if (isBroken && events.some((event) => event.data.n === 13)) throw new Error('not thirteen')
    await write(ctx, 'picky', events)
  })
  const calm = defineEffect('calm', [noted], { from: 'beginning' }, (ctx, events) => write(ctx, 'calm', events))
  const following = await startEffects(host, [picky, calm], (effect) => failures.push(effect))
  following.advance(top)
  await following.idle()
  expect(await heard('calm')).toHaveLength(30)
  expect(await heard('picky')).toEqual(Array.from({ length: 30 }, (_, i) => i + 1).filter((n) => n !== 13))
  expect(failures).toEqual(['picky'])
  const { rows: [job] } = await host.pool.query(`select task_identifier, key, max_attempts from graphile_worker.jobs`)
  expect(job).toMatchObject({ task_identifier: 'retry-effect', key: expect.stringMatching(/^picky:/), max_attempts: 5 })
  expect(await countFailures(host.db)).toBe(0)
  isBroken = false
  const [, seq] = (job.key as string).split(':')
  await retryEffect([picky, calm]).run(host, { effect: 'picky', seq: Number(seq) })
  expect(await heard('picky')).toHaveLength(30)
})

test('what an effect wrote before it broke is taken back', async () => {
  const { host, top, heard } = await begin(3)
  const effect = defineEffect('half', [noted], { from: 'beginning' }, async (ctx, events) => {
    await write(ctx, 'half', events)
    if (events.some((event) => event.data.n === 2)) throw new Error('after writing')
  })
  const following = await startEffects(host, [effect], () => {})
  following.advance(top)
  await following.idle()
  expect(await heard('half')).toEqual([1, 3])
})

test('effects that the database left alone go on when it is back, without waiting for the next fact', async () => {
  const { host, top, heard } = await begin(5)
  let breaks = 2
  const effect = defineEffect('patient', [noted], { from: 'beginning' }, async (ctx, events) => {
    if (breaks-- > 0) throw Object.assign(new Error('Connection terminated unexpectedly'), { code: '57P01' })
    await write(ctx, 'patient', events)
  })
  const following = await startEffects(host, [effect], () => {})
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
    defineEffect(history ? 'past' : 'present', [noted], { from: 'beginning', history }, (ctx, events) => write(ctx, history ? 'past' : 'present', events)))
  const following = await startEffects(host, [present, past], () => {})
  following.advance(rows[0].top)
  await following.idle()
  expect([await heard('present'), await heard('past')]).toEqual([[], [1]])
})

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)

test('an effect that is new to a network hears what comes from now on, or all there is, as it says; and goes on there', async () => {
  const { host, top, note, heard } = await begin(20)
  const [teller, keeper] = (['now', 'beginning'] as const).map((from) => defineEffect(from, [noted], { from }, (ctx, events) => write(ctx, from, events)))
  const first = await startEffects(host, [teller, keeper], () => {})
  first.advance(top)
  await first.idle()
  await first.stop()
  expect([await heard('now'), await heard('beginning')]).toEqual([[], numbers(1, 20)])
  // What was said while nobody followed is no longer the past to it.
  const more = await note(21, 25)
  const second = await startEffects(host, [teller, keeper], () => {})
  second.advance(more)
  await second.idle()
  expect([await heard('now'), await heard('beginning')]).toEqual([numbers(21, 25), numbers(1, 25)])
  await second.stop()
})

test('two processes that begin with the same effect at once tell it everything once, and no cursor goes back', async () => {
  const { host, top, note, heard } = await begin(40)
  const slow = defineEffect('shared', [noted], { from: 'beginning' }, async (ctx, events) => {
    await sleep(150)
    await write(ctx, 'shared', events)
  })
  const processes = await Promise.all([startEffects(host, [slow], () => {}), startEffects(host, [slow], () => {})])
  for (const { advance } of processes) advance(top)
  await soon(async () => (await heard('shared')).length >= 40)
  const more = await note(41, 60)
  processes[0].advance(more)
  await processes[0].idle()
  // The other one wakes later, with what it knew before.
  await processes[1].idle()
  for (const { stop } of processes) await stop()
  expect(await heard('shared')).toEqual(numbers(1, 60))
  expect((await host.pool.query(`select seq from effect_cursors where effect = 'shared'`)).rows).toEqual([{ seq: more }])
})

test('however many effects there are, the log is read once for all, and connections are left for requests', async () => {
  const { host, top, heard } = await begin(30, { POOL: '10' })
  const never = defineEvent('test.never', z.object({}))
  let open = () => {}
  const gate = new Promise<void>((resolve) => (open = resolve))
  let running = 0
  const busy = Array.from({ length: 20 }, (_, i) => defineEffect(`busy-${i}`, [noted], { from: 'beginning' }, async (ctx, events) => {
    running++
    await gate
    await write(ctx, `busy-${i}`, events)
  }))
  const idle = Array.from({ length: 20 }, (_, i) => defineEffect(`idle-${i}`, [never], { from: 'beginning' }, () => Promise.reject(new Error('nothing was said'))))
  const following = await startEffects(host, [...busy, ...idle], () => {})
  let asked = 0
  host.pool.on('acquire', () => asked++)
  following.advance(top)
  await soon(async () => running > 0)
  await Promise.all(numbers(1, 8).map(() => host.pool.query('select pg_sleep(0.05)')))
  expect(running).toBeLessThanOrEqual(2)
  open()
  await following.idle()
  // One reading, one transaction for each of the twenty that hear it, and the eight requests.
  expect(asked).toBe(1 + 20 + 8)
  for (const { name } of busy) expect(await heard(name)).toEqual(numbers(1, 30))
  await following.stop()
  expect((await host.pool.query('select distinct seq from effect_cursors')).rows).toEqual([{ seq: top }])
})

test('the cursor of an effect that hears nothing moves on with the log, and what it missed is not read again', async () => {
  const { host, top } = await begin(0)
  await host.pool.query(`insert into events (type) select 'test.other' from generate_series(1, 12000)`)
  await host.pool.query('update events set seq = id')
  const heardNothing = defineEffect('hears-nothing', [noted], { from: 'beginning' }, () => Promise.reject(new Error('nothing was said')))
  const following = await startEffects(host, [heardNothing], () => {})
  following.advance(top + 12_000)
  await following.idle()
  expect((await host.pool.query('select seq from effect_cursors')).rows).toEqual([{ seq: 12_000 }])
  await following.stop()
})

test('what a crash of the database took from effects is heard again: with the next fact, when this process leads again, and after a restart', async () => {
  const { host, top, note, heard } = await begin(20)
  const busy = defineEffect('busy', [noted], { from: 'beginning' }, (ctx, events) => write(ctx, 'busy', events))
  const picky = defineEffect('picky', [noted], { from: 'beginning' }, (ctx, events) => write(ctx, 'picky', events.filter(({ data }) => data.n !== 3)))
  const effects = [busy, picky]
  const all = async () => [await heard('busy'), await heard('picky')]
  const upTo = (n: number) => [numbers(1, n), numbers(1, n).filter((one) => one !== 3)]
  // Their commits do not wait for the disk: what they wrote and their cursors are gone together.
  const crash = async (at: number) => {
    await host.pool.query('update effect_cursors set seq = $1', [at])
    await host.pool.query('delete from heard where n > $1', [at])
  }
  const following = await startEffects(host, effects, () => {})
  following.advance(top)
  await following.idle()
  expect(await all()).toEqual(upTo(20))

  await crash(12)
  const more = await note(21, 25)
  following.advance(more)
  await following.idle()
  expect(await all()).toEqual(upTo(25))

  await crash(17)
  following.advance(more, true)
  await following.idle()
  expect(await all()).toEqual(upTo(25))

  await crash(2)
  await following.stop()
  const next = await startEffects(host, effects, () => {})
  next.advance(more, true)
  await next.idle()
  expect(await all()).toEqual(upTo(25))
  await next.stop()
})
