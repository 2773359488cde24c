import { afterAll, expect, test } from 'vitest'
import { atOnce } from '../../../test/at-once.ts'
import { Visitor } from '../../../test/visitor.ts'
import { countWaiting } from '../../../test/waiting.ts'
import { type Client, type Json, lettersTo, makeClient, scene, signedIn, testConfig, withScopes } from '../../scene.ts'
import { startFolkmoot } from '../../start.ts'
import { inTransaction, SYSTEM } from '../../kernel/context.ts'
import { placeOf } from '../../kernel/places.ts'
import { openHost } from '../../host.ts'
import { addPerson, setPassword } from './commands.ts'

const PASSWORD = 'correct horse'
const clean: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const step of clean.reverse()) await step()
})

test('what hands out keys needs a proof of the last ten minutes, and no token can do it', async () => {
  const { ann, host } = await scene()
  const visitor = new Visitor(ann.url)
  await visitor.signIn(ann.handle, PASSWORD)
  const keys: [string, string, Json?][] = [
    ['POST', '/tokens', { name: 'x' }], ['POST', '/passkeys/register/options'], ['DELETE', `/passkeys/${ann.id}`],
    ['PATCH', '/me', { email: `${ann.handle}@new.example` }], ['PUT', '/me/password', { password: 'battery staple' }], ['POST', '/me/end-everything', {}],
  ]
  await host.pool.query(`update sessions set proven_at = now() - interval '11 minutes' where person_id = $1`, [ann.id])
  for (const [method, path, body] of keys) {
    expect((await visitor.send(method, path, body)).json, path).toMatchObject({ status: 403, code: 'proof_needed' })
    const byToken = await new Visitor(ann.url).send(method, path, body, { authorization: `Bearer ${ann.token}` })
    expect(byToken.json, path).toMatchObject({ status: 403, code: 'session_needed' })
  }
  expect((await visitor.send('PATCH', '/me', { title: 'Potter' })).status).toBe(200)
  expect((await visitor.send('POST', '/sessions/current/proof', { password: 'guess' })).json).toMatchObject({ status: 422, code: 'wrong_password' })
  expect((await visitor.send('POST', '/tokens', { name: 'x' })).json.code).toBe('proof_needed')
  expect(await ann.post('/sessions/current/proof', { password: PASSWORD })).toMatchObject({ code: 'session_needed' })
  expect((await visitor.send('POST', '/sessions/current/proof', { password: PASSWORD })).status).toBe(204)
  expect((await visitor.send('POST', '/tokens', { name: 'x' })).status).toBe(201)
})

test('others are given power and keys with a fresh proof, or by a token that was made to give them', async () => {
  const { olga, ann, host } = await scene()
  const [admin, granting, me] = [await withScopes(olga, 'read', 'write', 'admin'), await withScopes(olga, 'write', 'admin', 'grant'), await signedIn(olga)]
  let serial = 0
  const newcomer = () => ({ name: 'Robot', handle: `robot${++serial}.${olga.handle}` })
  const gifts: ((as: Client) => Promise<Json>)[] = [
    (as) => as.post('/people', { ...newcomer(), token: true }), (as) => as.post('/people', { ...newcomer(), role: 'admin' }),
    (as) => as.post('/invitations', { role: 'admin' }), (as) => as.patch(`/people/${ann.id}`, { role: 'admin' }), (as) => as.patch(`/people/${ann.id}`, { role: 'member' }),
    (as) => as.patch(`/people/${ann.id}`, { state: 'active' }), (as) => as.post('/demo', { password: 'correct horse' }),
  ]
  const [missing, unproven] = [{ status: 403, code: 'scope_missing', detail: expect.stringContaining('`grant`') }, { status: 403, code: 'proof_needed' }]
  const stale = () => host.pool.query(`update sessions set proven_at = now() - interval '11 minutes' where person_id = $1`, [olga.id])
  await stale()
  for (const give of gifts) {
    expect(await give(admin), String(give)).toMatchObject(missing)
    expect(await give(me), String(give)).toMatchObject(unproven)
  }
  expect(await ann.get('/me')).toMatchObject({ role: 'member' })
  expect((await olga.get('/demo')).state).toBe('absent')
  // What gives neither is as it was, and so is closing a door.
  for (const as of [admin, me]) {
    expect(await as.post('/people', newcomer())).toMatchObject({ role: 'member' })
    expect(await as.patch(`/people/${ann.id}`, { state: 'deactivated' })).toMatchObject({ state: 'deactivated' })
    expect(await granting.patch(`/people/${ann.id}`, { state: 'active' })).toMatchObject({ state: 'active' })
  }
  // A link lets somebody in for good, whoever's token asks for it; in a browser that is everyday work.
  expect(await admin.post('/invitations', {})).toMatchObject(missing)
  expect(await me.post('/invitations', {})).toMatchObject({ url: expect.stringContaining('/invite/') })
  const proven = await signedIn(olga)
  for (const give of gifts) {
    expect((await give(granting)).status, String(give)).toBeUndefined()
    expect((await give(proven)).status, String(give)).toBeUndefined()
  }
  await proven.del('/demo?force=true')
})

test('a member’s token invites nobody either, and a new person’s token reads and writes unless more is said', async () => {
  const { olga, ann, team, url } = await scene()
  expect(await (await withScopes(ann, 'read', 'write')).post('/invitations', { spaces: [team.id] })).toMatchObject({ status: 403, code: 'scope_missing' })
  expect(await (await withScopes(ann, 'write', 'grant')).post('/invitations', { spaces: [team.id] })).toMatchObject({ role: 'member' })
  const me = await signedIn(olga)
  const made = (handle: string, more: object) => me.post('/people', { name: 'Adam', handle: `${handle}.${olga.handle}`, role: 'admin', token: true, ...more })
  const as = async (person: Json) => makeClient(url, person)
  expect(await (await as(await made('a', {}))).patch('/network', { name: 'Mine' })).toMatchObject({ status: 403, code: 'scope_missing' })
  expect(await (await as(await made('b', { scopes: ['read', 'write', 'admin'] }))).patch('/network', { name: 'Acme' })).toMatchObject({ name: 'Acme' })
})

test('the other administrators are told by a letter who became one, in whatever way', async () => {
  const { olga, ann, bob, eve, url, host, config } = await scene()
  const address = `${olga.handle}@x.example`
  const told = async (handle: string) => (await lettersTo(config, address)).filter(({ text }) => text.includes(`@${handle} is an administrator`)).map(({ text }) => text)
  await olga.patch(`/people/${ann.id}`, { role: 'admin' })
  await olga.patch(`/people/${ann.id}`, { role: 'admin' })
  expect(await told(ann.handle)).toEqual([expect.stringContaining(`by @${olga.handle}.`)])
  await olga.patch(`/people/${bob.id}`, { role: 'guest' })
  expect(await told(bob.handle)).toEqual([])
  // By an invitation, when it is used; by coming back; as somebody new; on the command line.
  const { url: link } = await ann.post('/invitations', { role: 'admin' })
  expect(await told(`zoe.${olga.handle}`)).toEqual([])
  const zoe = { name: 'Zoe', handle: `zoe.${olga.handle}`, email: `zoe.${olga.handle}@x.example`, password: PASSWORD }
  expect((await new Visitor(url).send('POST', `/invitations/by-token/${link.split('/').at(-1)}/accept`, zoe)).status).toBe(201)
  expect(await told(zoe.handle)).toEqual([expect.stringContaining(`by @${ann.handle}.`)])
  for (const change of [{ state: 'deactivated' }, { role: 'admin' }]) await olga.patch(`/people/${eve.id}`, change)
  expect(await told(eve.handle)).toEqual([])
  await olga.patch(`/people/${eve.id}`, { state: 'active' })
  expect(await told(eve.handle)).toHaveLength(1)
  await ann.post('/people', { name: 'New', handle: `new.${olga.handle}`, role: 'admin' })
  await inTransaction(host, SYSTEM, (ctx) => addPerson(ctx, { name: 'Cli', handle: `cli.${olga.handle}`, role: 'owner', kind: 'person', token: false }))
  expect([await told(`new.${olga.handle}`), await told(`cli.${olga.handle}`)]).toEqual([[expect.stringContaining(`by @${ann.handle}.`)], [expect.stringContaining('on the command line')]])
})

test('a letter tells of every key that was made or changed, and ending everything leaves this session and what is kept', async () => {
  const { ann, url, host } = await scene()
  const me = await signedIn(ann)
  const thief = new Visitor(url)
  await thief.signIn(ann.handle, PASSWORD)
  const live = await thief.openSocket()
  const { token } = await me.post('/tokens', { name: 'x' })
  await me.put('/me/password', { password: 'battery staple' })
  await thief.signIn(ann.handle, 'battery staple')
  expect(await (await makeClient(url, { ...ann, token })).get('/me')).toMatchObject({ id: ann.id })
  expect((await me.post('/me/end-everything')).status).toBe(204)
  expect(await (await makeClient(url, { ...ann, token })).get('/me')).toMatchObject({ status: 401 })
  expect((await thief.send('GET', '/me')).status).toBe(401)
  await expect.poll(() => live.socket!.readyState).toBe(3)
  expect(await me.get('/me')).toMatchObject({ id: ann.id })
  expect((await me.get('/tokens')).items).toEqual([])
  const { rows } = await host.pool.query(`select text from letters where "to" = $1 order by id`, [`${ann.handle}@x.example`])
  expect(rows.map(({ text }) => text)).toEqual([expect.stringContaining('API token was made'), expect.stringContaining('password of'), expect.stringContaining('were ended')])
})

test('a token does what it was made for, and without the scope for it an administrator is none', async () => {
  const { olga, ann, team, url } = await scene()
  const made = async (person: Client, scopes?: string[]) =>
    makeClient(url, { ...person, token: (await (await signedIn(person)).post('/tokens', { name: 'x', scopes })).token })
  const [reader, writer, plain] = [await made(ann, ['read']), await made(ann, ['write']), await made(olga)]
  const missing = { status: 403, code: 'scope_missing' }
  expect(await reader.get('/me')).toMatchObject({ id: ann.id })
  expect(await reader.post(`/spaces/${team.id}/entries`, { body: 'x' })).toMatchObject(missing)
  expect(await writer.get(`/spaces/${team.id}`)).toMatchObject(missing)
  expect(await writer.post(`/spaces/${team.id}/entries`, { body: 'x' })).toMatchObject({ body: 'x' })
  await expect(writer.live()).rejects.toThrow('403')
  expect((await fetch(`${url}/api/v1/events`, { headers: { accept: 'text/event-stream', authorization: `Bearer ${writer.token}` } })).status).toBe(403)
  expect(await plain.get('/failures')).toMatchObject({ status: expect.any(Number), code: expect.stringMatching(/scope_missing|not_found/) })
  expect(await plain.patch('/network', { name: 'Mine' })).toMatchObject(missing)
  expect(await plain.get(`/people/${ann.id}`)).not.toHaveProperty('email')
  expect(await olga.get(`/people/${ann.id}`)).toHaveProperty('email')
  expect((await ann.get('/tokens')).items[0]).toMatchObject({ scopes: ['write'], expires_at: null })
})

test('one has fifty tokens and sees them all', async () => {
  const { eve, host } = await scene()
  await host.pool.query(`insert into api_tokens (id, token_hash, person_id, name, scopes) select gen_random_uuid(), sha256(convert_to(gen_random_uuid()::text, 'UTF8')), $1, 'old', '{read}' from generate_series(1, 48)`, [eve.id])
  const me = await signedIn(eve)
  const answers = await Promise.all([1, 2, 3].map(() => me.post('/tokens', { name: 'new' })))
  expect(answers.map(({ code }) => code ?? 'made').sort()).toEqual(['made', 'too_many_tokens', 'too_many_tokens'])
  expect((await me.get('/tokens')).items).toHaveLength(50)
})

test('guesses count for the person in all processes, keep nobody out who comes from elsewhere, and forwarded addresses count behind a named proxy only', async () => {
  const { config, drop } = await testConfig({ TRUSTED_PROXIES: '127.0.0.1,::1' })
  const trusting = await startFolkmoot(config)
  const plain = await startFolkmoot({ ...config, port: 0, url: 'http://localhost:0', trustedProxies: [] })
  const { host, close } = await openHost(config)
  clean.push(drop, trusting.stop, plain.stop, close)
  await inTransaction(host, SYSTEM, async (ctx) =>
    setPassword(ctx, (await addPerson(ctx, { name: 'Ann', handle: 'ann', email: 'ann@x.example', role: 'owner', kind: 'person', token: false })).id, PASSWORD))
  const from = (url: string, ip: string, login: string, password: string, visitor = new Visitor(url)) =>
    visitor.send('POST', '/sessions', { login, password }, { 'x-forwarded-for': ip }).then(({ status }) => status)
  /** How many of these were looked at; how many may be, by the time they took: five, one more after 4 s, another 8 s later, and so on. */
  const looked = async (times: number, free: number, one: (i: number) => Promise<number>) => {
    const began = Date.now()
    const statuses = await atOnce(times, one)
    const most = free + Math.floor(Math.log2(1 + (Date.now() - began) / 4000))
    const n = statuses.filter((status) => status === 401).length
    return { isRight: n >= free && n <= most && statuses.every((status) => status === 401 || status === 429), statuses, most }
  }

  const known = new Visitor(trusting.url)
  expect(await from(trusting.url, '203.0.113.1', 'ann', PASSWORD, known)).toBe(200)
  // Where no proxy is named, all of these come from one address.
  expect(await looked(9, 5, (i) => from(plain.url, `198.51.100.${i}`, i % 2 ? 'ann' : 'ANN@x.example', 'guess'))).toMatchObject({ isRight: true })
  expect(await from(trusting.url, '203.0.113.1', 'ann', PASSWORD)).toBe(200)
  // Another process, the same place and person, all networks of one owner.
  expect(await looked(9, 5, (i) => from(trusting.url, `2001:db8:7:${i}::1`, 'ann', 'guess'))).toMatchObject({ isRight: true })
  // Many places at it: each of the others has one try, and who is known is not slowed.
  await atOnce(30, (i) => from(trusting.url, `192.0.2.${i}`, 'ann', 'guess'))
  expect(await looked(2, 1, () => from(trusting.url, '192.0.2.99', 'ann', 'guess'))).toMatchObject({ isRight: true })
  // While it waits, however long this machine takes, what is right is not looked at either.
  expect((await host.pool.query(`update guesses set open_at = now() + interval '1 hour' where source = '192.0.2.99'`)).rowCount).toBe(1)
  expect(await from(trusting.url, '192.0.2.99', 'ann', PASSWORD)).toBe(429)
  expect(await from(trusting.url, '203.0.113.77', 'ann', PASSWORD)).toBe(200)
  expect(await atOnce(4, () => from(trusting.url, '192.0.2.99', 'ann', PASSWORD, known))).toEqual([200, 200, 200, 200])
  // A name that nobody has waits alike.
  expect(await looked(7, 5, () => from(trusting.url, '192.0.2.50', 'nobody', 'guess'))).toMatchObject({ isRight: true })
})

test('who signs in twice in the same moment comes in twice', async () => {
  const { host, url, eve } = await scene()
  const at = () => new Visitor(url).signIn(eve.handle, PASSWORD)
  await inTransaction(host, SYSTEM, (ctx) => setPassword(ctx, eve.id, PASSWORD))
  await new Visitor(url).signIn(eve.handle, 'guess')
  const other = await host.pool.connect()
  try {
    await other.query('begin')
    await other.query('select from guesses where about = $1 for update', [eve.id])
    const second = at()
    await expect.poll(() => countWaiting(host.pool), { timeout: 30_000 }).toBeGreaterThan(0)
    await other.query('update guesses set open_at = clock_timestamp() where about = $1', [eve.id])
    await other.query('commit')
    expect((await second).status).toBe(200)
  } finally {
    other.release()
  }
})

test('a place is an address, or the network one owner has', () => {
  expect(['10.1.2.3', '::ffff:10.1.2.3', '2001:db8:7:1::1', '2001:0DB8:0007::', '::1'].map(placeOf))
    .toEqual(['10.1.2.3', '10.1.2.3', '2001:db8:7::/48', '2001:db8:7::/48', '0:0:0::/48'])
})
