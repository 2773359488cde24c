import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { openHost } from '../server/host.ts'
import { connect } from '../server/kernel/db.ts'
import { startRelay } from '../server/kernel/relay.ts'
import { type Client, type Json, scene, testConfig } from '../server/scene.ts'
import { random, rounds } from './chance.ts'

// The sizes for every run; a long one takes more.
const EVENTS = rounds(10_000, 100_000)
const ROUNDS = rounds(50, 500)
const WRITERS = 8
const PER_TRANSACTION = 25

const clean: (() => Promise<unknown> | void)[] = []
afterAll(async () => {
  for (const step of clean.reverse()) await step()
})

/** Somebody who reads the log by a cursor, woken by a relay of their own. */
function follow(pool: ReturnType<typeof connect>['pool']) {
  const read: { seq: number; space: string | null; n: number }[] = []
  let goal = 0
  let isReading = false
  const pump = async () => {
    if (isReading) return
    isReading = true
    while ((read.at(-1)?.seq ?? 0) < goal) {
      const { rows } = await pool.query('select seq, space_id as space, (data->>\'n\')::int as n from events where seq > $1 and seq <= $2 order by seq limit 500', [read.at(-1)?.seq ?? 0, goal])
      if (!rows.length) break
      read.push(...rows)
    }
    isReading = false
  }
  const silent = { warn: () => {} } as never
  const relay = startRelay(pool, silent, (seq) => {
    goal = seq
    void pump()
  })
  return { read, relay }
}

const LEADER = 7_106_221

test(`FT-13: of ${EVENTS} facts in transactions open for up to five seconds none is skipped, and each space's are in the order of their commits`, { timeout: rounds(180_000) }, async () => {
  const { config, drop } = await testConfig()
  clean.push(drop)
  await (await openHost(config)).close()
  const { pool, db } = connect(config.databaseUrl!, 20)
  clean.push(() => db.destroy())
  await pool.query('create table counters (space uuid primary key, n int not null default 0)')
  await pool.query('insert into counters select gen_random_uuid() from generate_series(1, 30)')
  const spaces = (await pool.query('select space from counters')).rows.map((row) => row.space as string)
  const readers = [follow(pool), follow(pool)]

  const write = async (transaction: number) => {
    const space = spaces[Math.floor(random() * spaces.length)]
    const client = await pool.connect()
    try {
      await client.query('begin')
      // As commands do that write in a space.
      await client.query('select pg_advisory_xact_lock(hashtextextended($1::text, 0))', [space])
      for (let i = 0; i < PER_TRANSACTION; i++) {
        const { rows } = await client.query('update counters set n = n + 1 where space = $1 returning n', [space])
        await client.query(`insert into events (type, space_id, data) values ('test.noted', $1, $2)`, [space, { n: rows[0].n }])
      }
      // Most are short; one in fifteen stays open for long.
      await sleep(transaction % 15 === 7 ? random() * 5000 : random() * 100)
      await client.query('commit')
      for (const { relay } of readers) relay.wake()
    } finally {
      client.release()
    }
  }
  const perWriter = Math.ceil(EVENTS / WRITERS / PER_TRANSACTION)
  const writing = Promise.all(Array.from({ length: WRITERS }, async (_, writer) => {
    for (let i = 0; i < perWriter; i++) await write(writer * perWriter + i)
  }))
  // The one that numbers the facts loses its connection; the other takes over.
  for (let kill = 0; kill < 3; kill++) {
    await sleep(1500)
    await pool.query(`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = $1 and granted
      and database = (select oid from pg_database where datname = current_database())`, [LEADER])
  }
  await writing
  const all = perWriter * WRITERS * PER_TRANSACTION
  for (let waited = 0; waited < 60_000 && readers.some(({ read }) => read.length < all); waited += 50) await sleep(50)

  for (const { read, relay } of readers) {
    await relay.stop()
    expect(read.length, 'skipped').toBe(all)
    expect(new Set(read.map(({ seq }) => seq)).size, 'doubled').toBe(all)
    const last = new Map<string, number>()
    const disordered = read.filter(({ space, n }) => {
      const before = last.get(space!) ?? 0
      last.set(space!, n)
      return n !== before + 1
    })
    expect(disordered).toEqual([])
  }
})

/** Posts without a pause until told to stop; notes what was begun and done while somebody was out. */
function flow(author: Client, space: string) {
  const whileOut = new Set<string>()
  const state = { phase: 0, isOut: false, stopped: false, posts: 0 }
  const run = (async () => {
    while (!state.stopped) {
      const { isOut, phase } = state
      const { id } = await author.post(`/spaces/${space}/entries`, { body: `number ${++state.posts}` })
      if (isOut && phase === state.phase) whileOut.add(id)
    }
  })()
  return { state, whileOut, stop: () => ((state.stopped = true), run) }
}

test(`FT-22: a member is removed ${ROUNDS} times while posts flow, and receives nothing after it`, { timeout: rounds(180_000) }, async () => {
  const { ann, bob, olga, settled } = await scene()
  const space = await ann.post('/spaces', { name: 'Board', purpose: 'Decide', visibility: 'closed' })
  await ann.put(`/spaces/${space.id}/members/${olga.id}`, { role: 'host' })
  const live = await bob.live()
  const flows = [flow(ann, space.id), flow(olga, space.id)]
  const denied: unknown[] = []
  for (let round = 0; round < ROUNDS; round++) {
    for (const { state } of flows) Object.assign(state, { isOut: false, phase: round })
    await ann.put(`/spaces/${space.id}/members/${bob.id}`, {})
    const heard = live.events.length
    for (let waited = 0; waited < 2000 && live.events.length < heard + 3; waited += 5) await sleep(5)
    await ann.del(`/spaces/${space.id}/members/${bob.id}`)
    for (const { state } of flows) state.isOut = true
    denied.push((await bob.get(`/spaces/${space.id}/entries`)).status)
    await sleep(20)
  }
  for (const { stop } of flows) await stop()
  await settled()

  expect(new Set(denied)).toEqual(new Set([404]))
  const late = live.events.filter((event) => flows.some(({ whileOut }) => whileOut.has(event.entry_id)))
  expect(flows.some(({ whileOut }) => whileOut.size > 0)).toBe(true)
  expect(late.map((event) => event.seq), 'posts after the removal').toEqual([])
  let isIn = false
  const stray = live.events.filter((event: Json) => {
    if (event.space !== space.id) return false
    if (event.person?.id === bob.id && event.type.startsWith('membership.')) {
      isIn = event.type !== 'membership.left'
      return false
    }
    return !isIn
  })
  expect(stray.map((event) => event.seq), 'facts outside of a membership').toEqual([])
  expect(live.events.filter((event) => event.type === 'entry.published').length).toBeGreaterThan(ROUNDS)
  expect(live.state.closed).toBeNull()
})
