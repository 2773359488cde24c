import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect } from 'vitest'
import WebSocket from 'ws'
import { addPerson, createToken, setPassword } from './core/people/commands.ts'
import { readMailbox } from './features/mailbox/queries.ts'
import { beginSession } from './core/people/sessions.ts'
import { nameNetwork } from './features/setup/network.ts'
import { readConfig, type Config } from './kernel/config.ts'
import { type Host, inTransaction, type Role, type Scope, SCOPES, SYSTEM } from './kernel/context.ts'
import type { Method } from './kernel/http.ts'
import { openHost } from './host.ts'
import { note } from '../test/canaries.ts'
import { routes } from './app.ts'
import type { Running } from './start.ts'
import { startSeveral } from '../test/several.ts'

export type Json = any
export type Client = Awaited<ReturnType<typeof makeClient>>

let serial = 0

/** A configuration for a test: a database and a folder of its own; both are gone afterwards. */
export async function testConfig(env: Record<string, string> = {}): Promise<{ config: Config; drop: () => Promise<void> }> {
  const admin = process.env.FOLKMOOT_TEST_PG
  if (!admin) throw new Error('FOLKMOOT_TEST_PG is not set: run the tests by `npm test` or `npx vitest`.')
  const name = `t_${process.pid}_${++serial}_${Date.now().toString(36)}`
  const client = new pg.Client(admin)
  await client.connect()
  await client.query(`create database ${name}`)
  const data = mkdtempSync(join(tmpdir(), 'folkmoot-data-'))
  const address = new URL(admin)
  address.pathname = `/${name}`
  const logs = process.env.FOLKMOOT_TEST_LOGS
  const logging = logs ? { LOG_LEVEL: 'debug', LOG_FILE: join(logs, `${name}.log`) } : { LOG_LEVEL: 'error' }
  const config = readConfig({ PORT: '0', ...logging, REQUESTS_PER_MINUTE: '1000000', FOLKMOOT_DATA: data, DATABASE_URL: address.href, NATS_URL: process.env.FOLKMOOT_TEST_NATS, ...env }, data)
  const drop = async () => {
    await client.query(`drop database if exists ${name} with (force)`)
    await client.end()
    rmSync(data, { recursive: true, force: true })
  }
  return { config, drop }
}

type Shared = { running: Running; config: Config; host: Host }
let shared: Promise<Shared> | undefined

/** The server of this test file; its first scene starts it. */
export function server(): Promise<Shared> {
  return (shared ??= (async () => {
    const { config, drop } = await testConfig()
    const running = await startSeveral(config)
    const { host, close } = await openHost(config)
    note('secret', host.cursorKey)
    afterAll(async () => {
      await close()
      await running.stop()
      await drop()
    })
    return { running, config, host }
  })())
}

/** A server of its own with other settings: a network with an owner, Olga, and two members, Ann and Bob. */
export async function sceneWith(env: Record<string, string>) {
  const { config, drop } = await testConfig(env)
  const running = await startSeveral(config)
  const { host, close } = await openHost(config)
  afterAll(async () => {
    await close()
    await running.stop()
    await drop()
  })
  const arrive = async (handle: string, role: Role) => {
    const person = await inTransaction(host, SYSTEM, (ctx) => addPerson(ctx, { name: handle, handle, role, kind: 'person', token: true, scopes: [...SCOPES] }))
    return makeClient(running.url, { ...(person as { id: string; token: string }), handle })
  }
  await inTransaction(host, SYSTEM, (ctx) => nameNetwork(ctx, 'Acme'))
  return { olga: await arrive('olga', 'owner'), ann: await arrive('ann', 'member'), bob: await arrive('bob', 'member'), host, config, settled: running.settled }
}

/**
 * Ann and Bob share an open space that Ann hosts, `team`; Eve is a member of the network and of no space; Gina is a
 * guest; Olga owns the network. All speak HTTP only, like any client. Each scene has new people in the file's one network.
 */
export async function scene() {
  const { running, config, host } = await server()
  const people: Record<string, Client> = {}
  const n = ++serial
  await inTransaction(host, SYSTEM, (ctx) => nameNetwork(ctx, 'Acme'))
  for (const [name, role] of Object.entries({ olga: 'owner', ann: 'member', bob: 'member', eve: 'member', gina: 'guest' } satisfies Record<string, Role>)) {
    const handle = `${name}${n}`
    const { id, token } = await inTransaction(host, SYSTEM, async (ctx) => {
      const person = await addPerson(ctx, { name: name[0].toUpperCase() + name.slice(1), handle, email: `${handle}@x.example`, role, kind: 'person', token: true, scopes: [...SCOPES] })
      if (name === 'ann') await setPassword(ctx, person.id, 'correct horse')
      return person as { id: string; token: string }
    })
    people[name] = await makeClient(running.url, { id, token, handle })
  }
  const { olga, ann, bob, eve, gina } = people
  const team: Json = await ann.post('/spaces', { name: `Team ${n}`, purpose: 'Work together', visibility: 'open' })
  await bob.post(`/spaces/${team.id}/join`)
  return { olga, ann, bob, eve, gina, team, url: running.url, settled: running.settled, config, host }
}

/** The letters to an address with their links, the newest first, as whoever has the machine prints them. */
export async function lettersTo(config: Config, to: string): Promise<Json[]> {
  const { host, close } = await openHost(config)
  const letters = await readMailbox(host, 1000).finally(close)
  return letters.filter((letter) => letter.to === to).reverse()
}

/** The same person with a token for some things only: the tokens of a scene may do everything that a token may. */
export async function withScopes(person: Client, ...scopes: Scope[]): Promise<Client> {
  const { host } = await server()
  const { token } = await inTransaction(host, { id: person.id, role: 'member', session: null }, (ctx) => createToken(ctx, { name: 'some things', scopes }))
  return makeClient(person.url, { ...person, token })
}

/** The same person in a browser: signed in just now, so that what needs a proof may be done. */
export async function signedIn(person: Client): Promise<Client> {
  const { host } = await server()
  const { cookie } = await inTransaction(host, SYSTEM, (ctx) => beginSession(ctx, person.id, {}))
  return makeClient(person.url, { ...person, cookie: cookie[0].split(';')[0] })
}

/** A person with a token, as a program sees the API: paths below /api/v1, answers as JSON (also refusals). */
export async function makeClient(url: string, { id, token, handle, cookie }: { id: string; token: string; handle: string; cookie?: string }) {
  const key: Record<string, string> = cookie ? { cookie } : { authorization: `Bearer ${token}` }
  async function call(method: Method, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Json> {
    const response = await fetch(`${url}/api/v1${path}`, {
      method, headers: { ...key, ...(body instanceof FormData || body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body: body === undefined ? undefined : body instanceof FormData ? body : JSON.stringify(body),
    })
    const text = await response.text()
    if (!response.headers.get('content-type')?.includes('json')) return { status: response.status, text, headers: response.headers }
    const answer = JSON.parse(text)
    if (response.ok) checkShape(method, path, answer)
    return answer
  }
  return {
    id, token, handle, url, cookie,
    get: (path: string, headers?: Record<string, string>) => call('GET', path, undefined, headers),
    post: (path: string, body?: unknown, headers?: Record<string, string>) => call('POST', path, body, headers),
    put: (path: string, body?: unknown, headers?: Record<string, string>) => call('PUT', path, body, headers),
    patch: (path: string, body?: unknown) => call('PATCH', path, body),
    del: (path: string) => call('DELETE', path),
    live: async (after?: number) => {
      if (after === undefined) await caughtUp(url)
      return listen(url, token, after)
    },
  }
}

// A stream begins where its process stands, and that may be behind what a test has done: then it would hear of that, too.
async function caughtUp(url: string): Promise<void> {
  const running = (await shared)?.running
  if (running && url.startsWith(running.url)) await running.settled()
}

// Every answer is held against the shape that the API's description promises for it.
function checkShape(method: Method, path: string, answer: unknown): void {
  const plain = path.split('?')[0]
  const route = routes.find((r) => r.method === method && new RegExp(`^${r.path.replace(/:\w+/g, '[^/]+')}$`).test(plain))
  const parsed = route?.reply?.safeParse(answer)
  if (parsed && !parsed.success) expect.fail(`${method} ${path} does not answer as described: ${JSON.stringify(parsed.error.issues.slice(0, 3))}`)
}

/** An open live stream: what it received, and waiting for something. */
export async function listen(url: string, token: string, after?: number) {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/live${after === undefined ? '' : `?after=${after}`}`, { headers: { authorization: `Bearer ${token}` } })
  const events: Json[] = []
  const state = { seq: after ?? 0, closed: null as number | null, resets: 0, watching: [] as string[] }
  const acknowledged: (() => void)[] = []
  let greeted = () => {}
  const open = new Promise<void>((resolve, reject) => {
    greeted = resolve
    socket.on('error', reject)
  })
  socket.on('message', (data) => {
    const frame = JSON.parse(data.toString())
    if (Array.isArray(frame)) events.push(...frame)
    else if (frame.reset) state.resets++
    else if (frame.watching) {
      state.watching = frame.watching
      acknowledged.shift()?.()
    }
    state.seq = Array.isArray(frame) ? (frame.at(-1).seq ?? state.seq) : frame.seq
    if (!Array.isArray(frame)) greeted()
  })
  socket.on('close', (code) => (state.closed = code))
  await open
  return {
    events, state,
    /** the first event that fits, now or within half a minute */
    until: async (fits: (event: Json) => boolean): Promise<Json> => {
      for (let waited = 0; waited < 30_000; waited += 10) {
        const found = events.find(fits)
        if (found) return found
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
      throw new Error(`Nothing like that arrived. There was: ${events.map((e) => e.type).join(', ')}`)
    },
    /** says what is on the screen: from then on one hears what happens there */
    watch: (...spaces: string[]) => new Promise<void>((resolve) => {
      acknowledged.push(resolve)
      socket.send(JSON.stringify({ watch: spaces }))
    }),
    /** everything that was sent before has arrived */
    pong: () => new Promise<void>((resolve) => {
      socket.once('pong', () => resolve())
      socket.ping()
    }),
    send: (frame: object) => socket.send(JSON.stringify(frame)),
    close: () => socket.close(),
  }
}
