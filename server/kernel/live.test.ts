import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { addPerson } from '../core/people/commands.ts'
import { openHost } from '../host.ts'
import { type Client, type Json, makeClient, scene, testConfig } from '../scene.ts'
import { startFolkmoot } from '../start.ts'
import { inTransaction, type Role, SCOPES, SYSTEM } from './context.ts'

const clean: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const step of clean.reverse()) await step()
})

/** A server whose log is not numbered until one says so: what happens meanwhile arrives in one batch, late. */
async function lateServer(names: Record<string, Role>) {
  const { config, drop } = await testConfig()
  clean.push(drop)
  const { host, close } = await openHost(config)
  clean.push(close)
  const holder = new pg.Client(config.databaseUrl!)
  // On a slow machine the relay takes it for one that stands still, and ends it by itself.
  holder.on('error', () => {})
  await holder.connect()
  await holder.query('select pg_advisory_lock(7106221)')
  const running = await startFolkmoot(config)
  clean.push(running.stop)
  const people: Record<string, Client> = {}
  for (const [name, role] of Object.entries(names)) {
    const person = await inTransaction(host, SYSTEM, (ctx) => addPerson(ctx, { name, handle: name, role, kind: 'person', token: true, scopes: [...SCOPES] }))
    people[name] = await makeClient(running.url, person as { id: string; token: string; handle: string })
  }
  return { people, running, catchUp: () => holder.end() }
}

test('words that were written after a removal do not reach who was removed, however late the log is read', async () => {
  const { people: { ann, bob, eve }, running, catchUp } = await lateServer({ ann: 'owner', bob: 'member', eve: 'member' })
  const space = await ann.post('/spaces', { name: 'Board', purpose: 'Decide', visibility: 'closed' })
  const open = await ann.post('/spaces', { name: 'Hall', purpose: 'Talk', visibility: 'open' })
  await ann.put(`/spaces/${space.id}/members/${bob.id}`, {})
  const [anns, bobs, eves] = [await ann.live(), await bob.live(), await eve.live()]
  const entry = await ann.post(`/spaces/${space.id}/entries`, { body: 'harmless' })
  const inHall = await ann.post(`/spaces/${open.id}/entries`, { body: 'harmless' })
  await ann.del(`/spaces/${space.id}/members/${bob.id}`)
  await ann.patch(`/spaces/${open.id}`, { visibility: 'closed' })
  await ann.patch(`/entries/${entry.id}`, { body: 'cnry_for_members' })
  await ann.patch(`/entries/${inHall.id}`, { body: 'cnry_for_members' })
  await catchUp()
  await anns.until((event) => event.type === 'entry.edited' && event.entry_id === inHall.id)
  await running.settled()
  await sleep(100)
  for (const outside of [bobs, eves]) expect(JSON.stringify(outside.events)).not.toContain('cnry_for_members')
  expect(bobs.events.some((event) => event.type === 'membership.left')).toBe(true)
})

const words = (events: Json[]) => events.filter((e) => e.type === 'entry.published').map((e) => e.entry.body)

test('one hears what happens where one is a member, and elsewhere for as long as it is on the screen', async () => {
  const { ann, bob, eve, team, settled } = await scene()
  const board = await ann.post('/spaces', { name: 'Board', purpose: 'Decide', visibility: 'closed' })
  const [bobs, eves] = [await bob.live(), await eve.live()]
  const say = async (body: string, space = team) => {
    await ann.post(`/spaces/${space.id}/entries`, { body })
    await settled()
    await Promise.all([bobs.pong(), eves.pong()])
  }
  await say('nobody looks')
  await eves.watch(team.id, board.id, 'nothing')
  expect(eves.state.watching).toEqual([team.id])
  await say('she looks')
  await say('not for her', board)
  await eves.watch()
  await say('she has gone')
  await eves.watch(team.id)
  await ann.patch(`/spaces/${team.id}`, { visibility: 'closed' })
  await say('closed')
  await ann.put(`/spaces/${team.id}/members/${eve.id}`, {})
  await say('she is in')
  expect(words(bobs.events)).toEqual(['nobody looks', 'she looks', 'she has gone', 'closed', 'she is in'])
  expect(words(eves.events)).toEqual(['she looks', 'she is in'])
})

test('who watches what they are then taken out of hears no more of it', async () => {
  const { ann, bob, settled } = await scene()
  const board = await ann.post('/spaces', { name: 'Board', purpose: 'Decide', visibility: 'closed' })
  await ann.put(`/spaces/${board.id}/members/${bob.id}`, {})
  const live = await bob.live()
  await live.watch(board.id)
  await ann.post(`/spaces/${board.id}/entries`, { body: 'while he is in' })
  await ann.del(`/spaces/${board.id}/members/${bob.id}`)
  await ann.post(`/spaces/${board.id}/entries`, { body: 'when he is out' })
  await settled()
  await live.pong()
  expect(words(live.events)).toEqual(['while he is in'])
})

test('the event stream gives all that may be read, as the pages of the log do', async () => {
  const { ann, eve, team, url } = await scene()
  const { seq } = await eve.get('/me')
  const entry = await ann.post(`/spaces/${team.id}/entries`, { body: 'to whom it may concern' })
  const stop = new AbortController()
  const stream = await fetch(`${url}/api/v1/events?after=${seq}`, { headers: { authorization: `Bearer ${eve.token}`, accept: 'text/event-stream' }, signal: stop.signal })
  let heard = ''
  const reply = async () => void (await ann.post(`/entries/${entry.id}/replies`, { body: 'and live' }))
  for await (const chunk of stream.body!) {
    heard += Buffer.from(chunk as Uint8Array).toString()
    if (/^:\{"seq"/m.test(heard) && !heard.includes('and live')) await reply()
    if (heard.includes('and live')) break
  }
  stop.abort()
  expect(heard).toContain('to whom it may concern')
})

test('what is no list of spaces is refused', async () => {
  const { eve } = await scene()
  for (const watch of ['s', [1], Array.from({ length: 101 }, (_, i) => String(i)), null]) {
    const live = await eve.live()
    live.send({ watch })
    for (let waited = 0; waited < 5000 && live.state.closed === null; waited += 10) await sleep(10)
    expect(live.state.closed, JSON.stringify(watch)).toBe(1008)
  }
})

test('a cursor too far back is told to begin afresh, and pages of the log go on without looking at all of it', async () => {
  const { ann, eve, host, settled } = await scene()
  const den = await ann.post('/spaces', { name: 'Den', purpose: 'x', visibility: 'secret' })
  await settled()
  const { seq } = await eve.get('/me')
  await host.pool.query(`insert into events (type, space_id, data) select 'test.noted', $1, '{}' from generate_series(1, 50_500)`, [den.id])
  await settled()
  const [near, far] = [await eve.live(seq + 1000), await eve.live(seq)]
  expect([near.state.resets, far.state.resets]).toEqual([0, 1])
  const page = await eve.get(`/events?after=${seq}`)
  expect(page).toMatchObject({ items: [], next: String(seq + 50_000) })
  await ann.patch('/me', { title: 'Found' })
  await settled()
  expect((await eve.get(`/events?after=${page.next}`)).items).toMatchObject([{ type: 'person.changed' }])
})
