import { describe, expect, test } from 'vitest'
import { routes } from '../server/app.ts'
import { checkNumbers } from '../server/core/check.ts'
import { type Client, type Json, scene } from '../server/scene.ts'
import { giveLink } from './joins/link-previews.ts'

// Every command that concerns a space or what is in it meets, while it waits, what takes its ground away: its actor is taken out,
// the space is archived, the entry is removed; and it is sent twice at once. A new command joins the table the day it is there.

type People = Awaited<ReturnType<typeof scene>>
/** Ann's secret space, in which Bob, who sends the commands, asked a question that she answered. */
type Ground = { space: Json; question: Json; older: Json; answer: Json; gone: Json }
type Command = {
  at: (ground: Ground, people: People) => string
  body?: (ground: Ground, people: People) => unknown
  /** Bob is a host beside Ann */
  byHost?: true
  /** what has to be before */
  before?: (ground: Ground, people: People) => Promise<unknown>
  /** the entry without which it has nothing to do */
  entry?: (ground: Ground) => Json
  /** it is there for spaces that are archived, too */
  inArchive?: true
  /** nobody waits: it is about the actor's own things, or the answer would not be different */
  isOwn?: true
}

const inSpace = (path: string) => ({ space }: Ground) => `/spaces/${space.id}${path}`
const ofQuestion = (path = '') => ({ question }: Ground) => `/entries/${question.id}${path}`
const question = { entry: ({ question: it }: Ground) => it }
const answer = { entry: ({ answer: it }: Ground) => it }

const COMMANDS: Record<string, Command> = {
  'POST /spaces/:id/entries': { at: inSpace('/entries'), body: () => ({ body: 'late' }) },
  'POST /entries/:id/replies': { at: ofQuestion('/replies'), body: () => ({ body: 'late' }) },
  'PATCH /entries/:id': { at: ofQuestion(), body: () => ({ body: 'late' }), ...question },
  'DELETE /entries/:id': { at: ({ older }) => `/entries/${older.id}`, entry: ({ older }) => older, inArchive: true },
  'POST /entries/:id/restore': { at: ({ gone }) => `/entries/${gone.id}/restore`, inArchive: true },
  'PUT /entries/:id/reactions/:emoji': { at: ({ answer: it }) => `/entries/${it.id}/reactions/👍`, ...answer },
  'DELETE /entries/:id/reactions/:emoji': { at: ({ answer: it }) => `/entries/${it.id}/reactions/👍`, ...answer, before: ({ answer: it }, { bob }) => bob.put(`/entries/${it.id}/reactions/👍`) },
  'PUT /entries/:id/accepted': { at: ofQuestion('/accepted'), body: ({ answer: it }) => ({ reply: it.id }), ...answer },
  'DELETE /entries/:id/accepted': { at: ofQuestion('/accepted'), before: ({ question: it, answer: reply }, { bob }) => bob.put(`/entries/${it.id}/accepted`, { reply: reply.id }) },
  'PUT /entries/:id/duplicate_of': { at: ofQuestion('/duplicate_of'), body: ({ older }) => ({ entry: older.id }), entry: ({ older }) => older },
  'DELETE /entries/:id/duplicate_of': { at: ofQuestion('/duplicate_of'), before: ({ question: it, older }, { bob }) => bob.put(`/entries/${it.id}/duplicate_of`, { entry: older.id }) },
  'DELETE /entries/:id/previews/:preview': { at: ({ older: it }) => `/entries/${it.id}/previews/${it.id}`, entry: ({ older }) => older, before: ({ older: it }, people) => giveLink(people, it) },
  'PUT /entries/:id/previews/:preview': { at: ({ older: it }) => `/entries/${it.id}/previews/${it.id}`, entry: ({ older }) => older, before: ({ older: it }, people) => giveLink(people, it) },
  'PUT /spaces/:id/link-previews': { at: inSpace('/link-previews'), body: () => ({ on: false }), byHost: true, inArchive: true },
  'PATCH /spaces/:id': { at: inSpace(''), body: () => ({ purpose: 'late' }), byHost: true, inArchive: true },
  'POST /spaces/:id/archive': { at: inSpace('/archive'), byHost: true, inArchive: true },
  'POST /spaces/:id/unarchive': { at: inSpace('/unarchive'), byHost: true, inArchive: true },
  'POST /spaces/:id/leave': { at: inSpace('/leave'), inArchive: true },
  'PUT /spaces/:id/members/:person': { at: ({ space }, { eve }) => `/spaces/${space.id}/members/${eve.id}`, body: () => ({}), byHost: true, inArchive: true },
  'DELETE /spaces/:id/members/:person': { at: ({ space }, { eve }) => `/spaces/${space.id}/members/${eve.id}`, before: ({ space }, { ann, eve }) => ann.put(`/spaces/${space.id}/members/${eve.id}`), byHost: true, inArchive: true },
  'POST /spaces/:id/invitations': { at: inSpace('/invitations'), body: (_, { eve }) => ({ person: eve.id }), byHost: true, inArchive: true },
  'DELETE /spaces/:id/invitations/:person': { at: ({ space }, { eve }) => `/spaces/${space.id}/invitations/${eve.id}`, before: ({ space }, { ann, eve }) => ann.post(`/spaces/${space.id}/invitations`, { person: eve.id }), byHost: true, inArchive: true },
  'POST /spaces/:id/read': { at: inSpace('/read'), isOwn: true },
  'PUT /spaces/:id/muting': { at: inSpace('/muting'), isOwn: true },
  'DELETE /spaces/:id/muting': { at: inSpace('/muting'), before: ({ space }, { bob }) => bob.put(`/spaces/${space.id}/muting`), isOwn: true },
  'POST /entries/:id/read': { at: ofQuestion('/read'), isOwn: true },
  'POST /entries/:id/unread': { at: ofQuestion('/unread'), isOwn: true },
  'PUT /entries/:id/stance': { at: ofQuestion('/stance'), body: () => ({ stance: 'muted' }), isOwn: true },
  'PUT /entries/:id/resolved': { at: ofQuestion('/resolved'), ...question },
  'DELETE /entries/:id/resolved': { at: ofQuestion('/resolved'), ...question, before: ({ question: it }, { bob }) => bob.put(`/entries/${it.id}/resolved`) },
  'PUT /entries/:id/pinned': { at: ofQuestion('/pinned'), ...question },
  'DELETE /entries/:id/pinned': { at: ofQuestion('/pinned'), ...question, before: ({ question: it }, { bob }) => bob.put(`/entries/${it.id}/pinned`) },
  'PUT /entries/:id/saved': { at: ofQuestion('/saved'), body: () => ({}), isOwn: true },
  'DELETE /entries/:id/saved': { at: ofQuestion('/saved'), before: ({ question: it }, { bob }) => bob.put(`/entries/${it.id}/saved`, {}), isOwn: true },
  'PUT /drafts/:place': { at: ({ space }) => `/drafts/${space.id}`, body: () => ({ version: 0, body: 'late' }), isOwn: true },
}

/** What concerns no space, or is about coming in, where there is nobody yet to be taken out (spaces.test.ts, races.test.ts beside the spaces). */
const ELSEWHERE = /^[A-Z]+ \/(me|emoji|presence|sessions|tokens|passkeys|people|network|invitations|introductions|suggestions|attributions|communities|demo|setup|files|effects|policy-reports|imports|conversations|read-all|waiting|scheduled|password-resets)\b|^[A-Z]+ \/spaces$|^[A-Z]+ \/spaces\/:id\/(join|requests|invitations\/decline)|^DELETE \/drafts/

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
  const { rows: [{ db }] } = await client.query('select current_database() as db')
  const waiting = async () => (await host.pool.query(`select count(*)::int as n from pg_locks l join pg_database d on d.oid = l.database
    where d.datname = $1 and l.locktype = 'advisory' and not l.granted`, [db])).rows[0].n as number
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
