import { afterAll, expect, test } from 'vitest'
import { Visitor } from '../../../test/visitor.ts'
import { type Client, type Json, makeClient, scene, signedIn, testConfig } from '../../scene.ts'
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

test('an administrator adds people with a token, but makes nobody with a key of their own without a proof', async () => {
  const { olga, host } = await scene()
  const me = await signedIn(olga)
  const add = (as: Client, token: boolean) => as.post('/people', { name: 'Robot', handle: `robot${token ? 1 : 0}.${as.cookie ? 's' : 't'}${olga.handle}`, kind: 'bot', token })
  expect(await add(olga, false)).toMatchObject({ kind: 'bot' })
  expect(await add(olga, true)).toMatchObject({ status: 403, code: 'session_needed' })
  await host.pool.query(`update sessions set proven_at = now() - interval '11 minutes' where person_id = $1`, [olga.id])
  expect(await add(me, true)).toMatchObject({ status: 403, code: 'proof_needed' })
  expect(await add(me, false)).toMatchObject({ kind: 'bot' })
  expect(await add(await signedIn(olga), true)).toMatchObject({ token: expect.stringMatching(/^fmt_/) })
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
  const many = (n: number, one: (i: number) => Promise<number>) => Promise.all(Array.from({ length: n }, (_, i) => one(i)))

  const known = new Visitor(trusting.url)
  expect(await from(trusting.url, '203.0.113.1', 'ann', PASSWORD, known)).toBe(200)
  // Where no proxy is named, all of these come from one address.
  const rotating = await many(9, (i) => from(plain.url, `198.51.100.${i}`, i % 2 ? 'ann' : 'ANN@x.example', 'guess'))
  expect(rotating.filter((status) => status === 401)).toHaveLength(5)
  expect(await from(trusting.url, '203.0.113.1', 'ann', PASSWORD)).toBe(200)
  // Another process, the same place and person, all networks of one owner.
  const places = await many(9, (i) => from(trusting.url, `2001:db8:7:${i}::1`, 'ann', 'guess'))
  expect(places.filter((status) => status === 401)).toHaveLength(5)
  // Many places at it: each of the others has one try, and who is known is not slowed.
  await many(30, (i) => from(trusting.url, `192.0.2.${i}`, 'ann', 'guess'))
  expect([await from(trusting.url, '192.0.2.99', 'ann', 'guess'), await from(trusting.url, '192.0.2.99', 'ann', 'guess'), await from(trusting.url, '192.0.2.99', 'ann', PASSWORD)]).toEqual([401, 401, 429].map((s, i) => (i === 1 ? 429 : s)))
  expect(await from(trusting.url, '203.0.113.77', 'ann', PASSWORD)).toBe(200)
  expect(await many(4, () => from(trusting.url, '192.0.2.99', 'ann', PASSWORD, known))).toEqual([200, 200, 200, 200])
  // A name that nobody has waits alike.
  expect((await many(7, () => from(trusting.url, '192.0.2.50', 'nobody', 'guess'))).filter((status) => status === 429)).toHaveLength(2)
})

test('a place is an address, or the network one owner has', () => {
  expect(['10.1.2.3', '::ffff:10.1.2.3', '2001:db8:7:1::1', '2001:0DB8:0007::', '::1'].map(placeOf))
    .toEqual(['10.1.2.3', '10.1.2.3', '2001:db8:7::/48', '2001:db8:7::/48', '0:0:0::/48'])
})
