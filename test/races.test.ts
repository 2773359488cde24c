import { describe, expect, test } from 'vitest'
import { routes } from '../server/app.ts'
import { checkNumbers } from '../server/core/check.ts'
import { type Client, type Json, scene } from '../server/scene.ts'
import './features.ts'
import { type Command, COMMANDS, ELSEWHERE, type Ground, type People } from './race-commands.ts'
import { countWaiting } from './waiting.ts'

// Every command that concerns a space or what is in it meets, while it waits, what takes its ground away: its actor is taken out,
// the space is archived, the entry is removed; and it is sent twice at once. A new command joins the table the day it is there.

async function send({ url, token }: Client, route: string, path: string, body: unknown, key?: string): Promise<{ status: number; json: Json }> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method: route.split(' ')[0], body: body === undefined ? undefined : JSON.stringify(body),
    headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(key ? { 'idempotency-key': key } : {}) },
  })
  const text = await response.text()
  return { status: response.status, json: text ? JSON.parse(text) : null }
}

async function stage(people: People, { byHost, before }: Command): Promise<Ground> {
  const { ann, bob } = people
  const space = await ann.post('/spaces', { name: 'Board', purpose: 'Decide', visibility: 'secret' })
  await ann.put(`/spaces/${space.id}/members/${bob.id}`, byHost ? { role: 'host' } : {})
  const ask = (title: string) => bob.post(`/spaces/${space.id}/entries`, { kind: 'question', title, body: 'x' })
  const [older, asked, gone] = [await ask('older'), await ask('asked'), await ask('gone')]
  const reply = await ann.post(`/entries/${asked.id}/replies`, { body: 'answer' })
  await bob.del(`/entries/${gone.id}`)
  const ground = { space, question: asked, older, answer: reply, gone }
  await before?.(ground, people)
  return ground
}

type Call = () => Promise<{ status: number; json: Json }>

/** Holds a space's lock until each of these waits for it, one after the other, or is done without; then lets them go. */
async function meet({ host }: People, space: string, calls: Call[]) {
  const client = await host.pool.connect()
  const waiting = () => countWaiting(host.pool, 'advisory')
  await client.query('begin')
  await client.query('select pg_advisory_xact_lock(hashtextextended($1::text, 0))', [space])
  let queued = 0
  const met: { answer: ReturnType<Call>; waited: boolean }[] = []
  for (const call of calls) {
    let isDone = false
    const answer = call().finally(() => (isDone = true))
    await expect.poll(async () => isDone || (await waiting()) > queued, { timeout: 60_000 }).toBe(true)
    if (!isDone) queued++
    met.push({ answer, waited: !isDone })
  }
  await client.query('commit')
  client.release()
  return Promise.all(met.map(async ({ answer, waited }) => ({ ...(await answer), waited })))
}

const asGiven = (one: Command) => (ground: Ground, people: People, route: string, key?: string): Call =>
  () => send(people.bob, route, one.at(ground, people), one.body?.(ground, people), key)

/** Ann does something first, Bob's command comes while that is under way. @returns what became of the command */
async function late(route: string, one: Command, first: (ground: Ground, people: People) => Call) {
  const people = await scene()
  const ground = await stage(people, one)
  const [done, met] = await meet(people, ground.space.id, [first(ground, people), asGiven(one)(ground, people, route)])
  expect(done.status, JSON.stringify(done.json)).toBeLessThan(300)
  expect(met.waited, 'waits for its turn').toBe(!one.isOwn)
  for (const found of await checkNumbers(people.host.db, false)) expect(found).toMatchObject({ wrong: 0 })
  return met
}

test('every command that concerns a space is in the table', () => {
  const writes = routes.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`)
  expect(writes.filter((route) => !COMMANDS[route] && !ELSEWHERE.test(route))).toEqual([])
  expect(Object.keys(COMMANDS).filter((route) => !writes.includes(route))).toEqual([])
})

describe.each(Object.entries(COMMANDS))('%s', (route, one) => {
  test.skipIf(one.isOwn)('whose actor is taken out meanwhile is refused', async () => {
    const { status } = await late(route, one, ({ space }, { ann, bob }) => () => send(ann, 'DELETE', `/spaces/${space.id}/members/${bob.id}`, undefined))
    expect(status).toBe(404)
  })

  test.skipIf(one.isOwn)('in what is archived meanwhile is refused, unless it is for archives, too', async () => {
    const { status, json } = await late(route, one, ({ space }, { ann }) => () => send(ann, 'POST', `/spaces/${space.id}/archive`, undefined))
    if (one.inArchive) expect(status, JSON.stringify(json)).toBeLessThan(300)
    else expect(status, JSON.stringify(json)).toBe(403)
  })

  test.skipIf(!one.entry)('about what is removed meanwhile is refused', async () => {
    const { status, json } = await late(route, one, (ground, { ann }) => () => send(ann, 'DELETE', `/entries/${one.entry!(ground).id}`, undefined))
    expect([403, 404, 422], JSON.stringify(json)).toContain(status)
  })

  test('sent twice at once is done once', async () => {
    const people = await scene()
    const ground = await stage(people, one)
    const call = asGiven(one)(ground, people, route, `once for ${route}`)
    const [a, b] = await Promise.all([call(), call()])
    expect([a.status, b.status, a.json?.id], JSON.stringify([a.json, b.json])).toEqual([b.status, a.status, b.json?.id])
    expect(a.status).toBeLessThan(300)
    for (const found of await checkNumbers(people.host.db, false)) expect(found).toMatchObject({ wrong: 0 })
  })
})
