import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { connect as dial, type Socket } from 'node:net'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import WebSocket from 'ws'
import { random, rounds } from './chance.ts'
import { House, type Resident } from './house.ts'
import { Follower, Ledger } from './ledger.ts'

// The sizes for every run; a long one takes more.
const KILLS = rounds(25, 250)
const OUTAGES = rounds(5, 50)
const BLACKOUTS = Math.ceil(OUTAGES / 2)
const WRITERS = 12

let opened: Promise<{ house: House; residents: Resident[] }> | undefined
afterAll(async () => (await opened)?.house.close())

/** The house of this file, and in it a space of one's own to write in. */
async function settle() {
  opened ??= (async () => {
    const house = await House.open()
    await house.start()
    return { house, residents: await house.populate(['olga', ...Array.from({ length: WRITERS }, (_, i) => `w${i}`)]) }
  })()
  const { house, residents: [reader, ...writers] } = await opened
  const space = async (name: string) => (await house.call(reader, 'POST', '/spaces', { name, purpose: 'Work' })).json.id as string
  const [team, garden] = [await space('Team'), await space('Garden')]
  // Whoever is in a space hears it.
  for (const writer of writers) await house.call(writer, 'POST', `/spaces/${team}/join`)
  const { json: me } = await house.call(reader, 'GET', '/me')
  const followers = [new Follower(house.url, reader.token, me.seq), new Follower(house.url, writers[0].token, me.seq)]
  return { house, reader, writers, team, ledger: new Ledger(house, team, garden), followers }
}

/** A limit of a machine that has nothing else to do, on one that is shared. */
const patience = (milliseconds: number) => milliseconds * Math.max(1, (2 * loadavg()[0]) / availableParallelism())

/** Every follower has heard of every entry, once and in order; then they go. */
async function expectFollowed(ledger: Ledger, followers: Follower[]): Promise<void> {
  const missing = () => followers.map((follower) => [...ledger.posts.keys()].filter((id) => !follower.has('entry.published', id)).length)
  for (let waited = 0; waited < 60_000 && missing().some(Boolean); waited += 100) await sleep(100)
  expect(missing(), 'what followers never heard').toEqual(followers.map(() => 0))
  for (const follower of followers) {
    follower.close()
    expect(follower.faults).toEqual([])
    const told = follower.facts.filter((fact) => fact.type === 'entry.published').map((fact) => fact.entry_id)
    expect(new Set(told).size, 'told twice').toBe(told.length)
  }
}

/** Looks at the space again and again: what was there once must not vanish and return. */
function watch(house: House, reader: Resident, team: string) {
  const seen = new Set<string>()
  const vanished = new Set<string>()
  const faults: string[] = []
  let stopped = false
  const watching = (async () => {
    for (; !stopped; await sleep(100)) {
      const answer = await house.call(reader, 'GET', `/spaces/${team}/entries?view=flat&limit=100`).catch(() => null)
      if (answer?.status !== 200) continue
      const ids = new Set<string>(answer.json.items.map((item: { id: string }) => item.id))
      const oldest = answer.json.next ? [...ids].at(-1)! : ''
      for (const id of ids) if (vanished.has(id)) faults.push(`${id} vanished and returned`)
      for (const id of seen) if (id >= oldest && !ids.has(id)) vanished.add(id)
      for (const id of ids) seen.add(id)
    }
  })()
  return { vanished, end: async () => ((stopped = true), await watching, faults) }
}

test(`FT-01: the server is killed ${KILLS} times while ${WRITERS} people write, and nothing is lost, doubled or torn`, { timeout: rounds(300_000) }, async () => {
  const { house, reader, writers, team, ledger, followers } = await settle()
  const watching = watch(house, reader, team)
  ledger.begin(writers, reader)
  const starts: number[] = []
  for (let kill = 0; kill < KILLS; kill++) {
    const enough = ledger.acknowledged + WRITERS * (1 + random() * 4)
    for (let waited = 0; ledger.acknowledged < enough && waited < 3000; waited += 20) await sleep(20)
    if (kill % 3 === 0) followers[kill % 2].drop()
    await house.kill()
    starts.push(await house.start())
  }
  await ledger.end()
  expect(await ledger.audit(reader, writers)).toEqual([])
  expect(await watching.end()).toEqual([])
  for (const id of watching.vanished) expect(ledger.posts.get(id)?.removed, `${id} vanished`).toBe(true)
  await expectFollowed(ledger, followers)
  starts.sort((a, b) => a - b)
  console.log(`FT-01: ${ledger.acknowledged} commands, ${ledger.posts.size} entries, ready after ${starts[starts.length >> 1]} ms (median), ${starts.at(-1)} ms (longest)`)
  expect(starts[starts.length >> 1]).toBeLessThan(patience(5000))
})

/** Asks for something until it is refused as "not now"; how long that took and what the refusal said. */
async function firstRefusal(house: House, reader: Resident) {
  const begun = Date.now()
  for (; Date.now() - begun < 30_000; await sleep(5)) {
    const asked = Date.now()
    const answer = await house.call(reader, 'GET', '/me')
    if (answer.status === 503) return { after: Date.now() - begun, took: Date.now() - asked, retry: answer.headers.get('retry-after'), code: answer.json.code }
    if (answer.status !== 200) throw new Error(`/me answers ${answer.status}`)
  }
  return null
}

test(`FT-03: PostgreSQL is killed ${OUTAGES} times: the server says "not now", stays, and writes again`, { timeout: rounds(300_000) }, async () => {
  const { house, reader, writers, ledger, followers } = await settle()
  ledger.begin(writers, reader)
  const { pid } = house
  const back: number[] = []
  for (let outage = 0; outage < OUTAGES; outage++) {
    await sleep(500 + random() * 300)
    house.killPostgres()
    const refusal = await firstRefusal(house, reader)
    if (refusal) {
      expect(refusal).toMatchObject({ retry: expect.stringMatching(/^\d+$/), code: 'database_away' })
      expect(refusal.took).toBeLessThan(patience(2000))
    }
    for (let begun = Date.now(); ; await sleep(10)) {
      if (await house.ask('select 1').then(() => true, () => false)) break
      expect(Date.now() - begun, 'PostgreSQL comes back').toBeLessThan(60_000)
    }
    const accepts = Date.now()
    await house.insist(reader, 'PATCH', '/me', { title: `after outage ${outage}` }, `outage-${outage}`)
    back.push(Date.now() - accepts)
  }
  await ledger.end()
  expect(house.pid).toBe(pid)
  expect(house.isRunning()).toBe(true)
  expect(await ledger.audit(reader, writers)).toEqual([])
  await expectFollowed(ledger, followers)
  const [{ n }] = await house.ask<{ n: number }>(`select count(*)::int as n from pg_stat_activity where application_name = 'folkmoot'`)
  expect(n, 'connections').toBeLessThanOrEqual(20)
  console.log(`FT-03: ${ledger.acknowledged} commands, ${ledger.posts.size} entries, writes again ${back.join(', ')} ms after PostgreSQL accepts`)
  expect(Math.max(...back)).toBeLessThan(patience(5000))
})

/** Begins a backup or its restoring and cuts the power while it works. */
async function cutOff(house: House, after: number, ...args: string[]): Promise<void> {
  const { done, kill } = house.command(...args)
  await Promise.race([done, sleep(after)])
  kill()
  await done
}

test(`FT-04: server and PostgreSQL are killed at once ${BLACKOUTS} times, a backup and its restoring are cut off, and what is restored is all there`, { timeout: rounds(300_000) }, async () => {
  const { house, reader, writers, ledger, followers } = await settle()
  const folder = mkdtempSync(join(tmpdir(), 'folkmoot-drill-'))
  const [half, whole] = [join(folder, 'half'), join(folder, 'whole')]
  const other = await House.open()
  try {
    ledger.begin(writers, reader)
    for (let outage = 0; outage < BLACKOUTS; outage++) {
      await sleep(400 + outage * 150)
      house.killPostgres()
      await house.kill()
      await house.start()
    }
    await cutOff(house, patience(1000), 'backup', half)
    expect(await house.command('backup', join(folder, 'beside')).done).toMatchObject({ code: 0, said: expect.stringMatching(/were read back/) })
    await ledger.end()
    expect(await ledger.audit(reader, writers)).toEqual([])
    await expectFollowed(ledger, followers)
    for (const name of readdirSync(folder).filter((one) => one.includes('unfinished')))
      // It may have been cut off when all was written and only its name was still to come.
      expect(await house.command('backup', '--verify', join(folder, name)).done).toMatchObject({ said: expect.stringMatching(/never finished|^The backup is whole/) })
    expect((await house.command('backup', whole).done).code).toBe(0)

    await cutOff(other, patience(2000), 'restore', whole)
    // The one that was cut off may have been done already.
    expect((await other.command('restore', whole).done).said).toMatch(/^Restored: |There are people in this network already/)
    await other.start()
    ledger.moveTo(other)
    expect(await ledger.audit(reader, writers)).toEqual([])
  } finally {
    await other.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

/** A program that opens the event stream and then reads nothing. */
async function deafStream({ url }: House, { token }: Resident): Promise<Socket> {
  const { hostname, port } = new URL(url)
  const socket = dial(Number(port), hostname)
  socket.on('error', () => {})
  socket.write(`GET /api/v1/events HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAuthorization: Bearer ${token}\r\nAccept: text/event-stream\r\n\r\n`)
  await new Promise((done) => socket.once('data', done))
  socket.pause()
  return socket
}

async function openSocket({ url }: House, { token }: Resident): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/live`, { headers: { authorization: `Bearer ${token}` } })
  await new Promise((done) => socket.once('message', done))
  return socket
}

const connections = async (url: string) => Number(/^folkmoot_live_connections (\d+)$/m.exec(await (await fetch(`${url}/metrics`)).text())![1])
const memory = (pid: number) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024

test('FT-10: clients that do not read are let go, and the others go on', { timeout: 180_000 }, async () => {
  const { house, reader, writers: [writer, other], team, followers } = await settle()
  for (const follower of followers) follower.close()
  const before = await connections(house.url)
  const healthy = await openSocket(house, reader)
  let heard = 0
  healthy.on('message', (data) => (heard += String(data).split('"type":"reaction.').length - 1))
  // Each reaction sends the whole entry: 40 kB to everybody, several hundred times.
  const { json: entry } = await house.call(writer, 'POST', `/spaces/${team}/entries`, { body: 'long '.repeat(8000) })
  let turns = 0
  const react = async (times: number) => {
    for (const end = turns + times; turns < end; turns++) await house.call(writer, turns % 2 ? 'DELETE' : 'PUT', `/entries/${entry.id}/reactions/👍`)
  }
  await react(200)
  const used = memory(house.pid)

  const deaf = await Promise.all([writer, writer, other].map((person) => openSocket(house, person)))
  for (const socket of deaf) socket.pause()
  const deafStreams = await Promise.all([deafStream(house, writer), deafStream(house, other)])
  let closed: number | null = null
  deaf[0].on('close', (code) => (closed = code))
  expect(await connections(house.url)).toBe(before + 1 + deaf.length + deafStreams.length)
  // Whoever reads again finds what was buffered, and then that it has to come back by its cursor.
  for (let i = 0; i < 25 && (await connections(house.url)) > before + 1; i++) await react(20)
  deaf[0].resume()
  for (let waited = 0; waited < 30_000 && closed === null; waited += 20) await sleep(20)
  expect(closed).toBe(1013)
  await react(200)
  for (let waited = 0; waited < 30_000 && heard < turns; waited += 20) await sleep(20)
  expect(heard).toBe(turns)
  expect(healthy.readyState).toBe(WebSocket.OPEN)
  expect(memory(house.pid) - used, 'megabytes more').toBeLessThan(128)
  expect(await connections(house.url)).toBe(before + 1)
  for (const socket of [healthy, ...deaf]) socket.terminate()
  for (const socket of deafStreams) socket.destroy()
})
