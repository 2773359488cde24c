import { expect, test } from 'vitest'
import { Visitor } from '../../../test/visitor.ts'
import { type Client, scene } from '../../scene.ts'

const PASSWORD = 'correct horse'

async function signedIn(person: Client): Promise<Visitor> {
  const visitor = new Visitor(person.url)
  expect((await visitor.signIn(person.handle, PASSWORD)).status).toBe(200)
  return visitor
}

test('one signs in with the handle or the e-mail address, however it is written', async () => {
  const { ann, url } = await scene()
  for (const login of [ann.handle, `@${ann.handle.toUpperCase()}`, ` ${ann.handle}@X.example `]) {
    const visitor = new Visitor(url)
    const { status, json, headers } = await visitor.signIn(login, PASSWORD)
    expect([status, json.person?.id]).toEqual([200, ann.id])
    expect(headers.getSetCookie()[0]).toMatch(/^session=fms_[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/)
    expect(headers.getSetCookie()[1]).toMatch(/^device=fmd_[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/)
    expect((await visitor.send('GET', '/me')).json).toMatchObject({ id: ann.id, network: { name: 'Acme' } })
  }
})

test('a wrong password and a person who does not exist are answered alike, in words and in time', async () => {
  const { ann, eve, url } = await scene()
  const tries = async (login: string) => {
    const begun = performance.now()
    const { status, json } = await new Visitor(url).signIn(login, 'wrong password')
    return { took: performance.now() - begun, answer: JSON.stringify([status, json]) }
  }
  const known = []
  const unknown = []
  const without = []
  for (let i = 0; i < 4; i++) {
    known.push(await tries(ann.handle))
    unknown.push(await tries(`nobody-${ann.handle}`))
    without.push(await tries(eve.handle))
  }
  const answers = new Set([...known, ...unknown, ...without].map(({ answer }) => answer))
  expect(answers.size).toBe(1)
  expect([...answers][0]).toContain('"wrong_credentials"')
  const median = (list: { took: number }[]) => list.map(({ took }) => took).sort((a, b) => a - b)[2]
  // Looking a name up takes a millisecond, hashing a password twenty and more.
  for (const other of [unknown, without]) expect(median(other) / median(known)).toBeGreaterThan(0.3)
})

test('after five wrong tries one waits, however the person is written, and others do not', async () => {
  const { ann, url } = await scene()
  const answers = await Promise.all(Array.from({ length: 9 }, (_, i) => (i % 2 ? [ann.handle.toUpperCase()] : [`${ann.handle}@x.example`]).map((login) => new Visitor(url).signIn(login, 'guess'))[0]))
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(5)
  const refused = answers.filter(({ status }) => status === 429)
  expect(refused).toHaveLength(4)
  expect(Number(refused[0].headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
  expect(refused[0].json.code).toBe('too_many_requests')
  expect((await new Visitor(url).signIn(ann.handle, PASSWORD)).status).toBe(429)
  expect((await new Visitor(url).signIn('somebody-else', 'guess')).status).toBe(401)
})

test('a cookie that was planted before signing in is worth nothing afterwards', async () => {
  const { ann, url } = await scene()
  const visitor = new Visitor(url)
  visitor.cookie = `session=fms_${'a'.repeat(43)}`
  await visitor.signIn(ann.handle, PASSWORD)
  expect(visitor.cookie).not.toContain('aaaa')
  const planted = new Visitor(url)
  planted.cookie = `session=fms_${'a'.repeat(43)}`
  expect((await planted.send('GET', '/me')).status).toBe(401)
})

test('sessions are listed; one that is ended elsewhere is out at once, and its socket closes', async () => {
  const { ann } = await scene()
  const [laptop, phone] = [await signedIn(ann), await signedIn(ann)]
  const live = await phone.openSocket()
  const { json } = await laptop.send('GET', '/sessions')
  expect(json.items).toHaveLength(2)
  expect(json.items.filter((one: { current: boolean }) => one.current)).toHaveLength(1)
  expect(JSON.stringify(json)).not.toMatch(/fms_|hash/)
  const other = json.items.find((one: { current: boolean }) => !one.current)
  expect((await laptop.send('DELETE', `/sessions/${other.id}`)).status).toBe(204)
  expect((await phone.send('GET', '/me')).status).toBe(401)
  expect(await live.closed).toBe(4401)
  expect((await laptop.send('GET', '/me')).status).toBe(200)
})

test("somebody else's session is not to be found", async () => {
  const { ann, bob } = await scene()
  const visitor = await signedIn(ann)
  const [session] = (await visitor.send('GET', '/sessions')).json.items
  expect(await bob.del(`/sessions/${session.id}`)).toMatchObject({ status: 404, code: 'not_found' })
  expect((await visitor.send('GET', '/me')).status).toBe(200)
})

test('signing out takes the cookie and what the browser kept', async () => {
  const { ann } = await scene()
  const visitor = await signedIn(ann)
  const { cookie } = visitor
  const { status, headers } = await visitor.send('DELETE', '/sessions/current')
  expect(status).toBe(204)
  expect(headers.getSetCookie()[0]).toMatch(/^session=; .*Max-Age=0/)
  expect(headers.get('clear-site-data')).toContain('"storage"')
  visitor.cookie = cookie
  expect((await visitor.send('GET', '/me')).status).toBe(401)
})

test('a session that was not used for two weeks is over', async () => {
  const { ann, host } = await scene()
  const visitor = await signedIn(ann)
  await host.pool.query(`update sessions set expires_at = now() - interval '1 second' where person_id = $1`, [ann.id])
  expect((await visitor.send('GET', '/me')).status).toBe(401)
  expect((await visitor.openSocket()).status).toBe(401)
})

test('a new password ends the other sessions and their sockets, and keeps this one and the tokens', async () => {
  const { ann } = await scene()
  const [here, there] = [await signedIn(ann), await signedIn(ann)]
  const [liveHere, liveThere] = [await here.openSocket(), await there.openSocket()]
  expect((await here.send('PUT', '/me/password', { password: 'short' })).json.code).toBe('invalid')
  expect((await here.send('PUT', '/me/password', { password: 'ü'.repeat(600) })).json.code).toBe('invalid')
  expect((await here.send('PUT', '/me/password', { password: 'battery staple' })).status).toBe(204)
  expect(await liveThere.closed).toBe(4401)
  expect((await there.send('GET', '/me')).status).toBe(401)
  expect((await here.send('GET', '/me')).status).toBe(200)
  expect(await ann.get('/me')).toMatchObject({ id: ann.id })
  expect(liveHere.socket!.readyState).toBe(1)
  expect((await new Visitor(ann.url).signIn(ann.handle, PASSWORD)).status).toBe(401)
  expect((await new Visitor(ann.url).signIn(ann.handle, 'battery staple')).status).toBe(200)
  liveHere.socket!.close()
})

test('what another site makes a browser send is refused', async () => {
  const { ann, team, url } = await scene()
  const visitor = await signedIn(ann)
  const post = (headers: Record<string, string>) => visitor.send('POST', `/spaces/${team.id}/entries`, { body: 'hello' }, headers)
  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.example' }, { origin: 'null' }, { origin: `${url}.evil.example` }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' },
  ]
  for (const headers of foreign) {
    const { status, json } = await post(headers)
    expect([status, json.code], JSON.stringify(headers)).toEqual([403, 'foreign_origin'])
  }
  for (const headers of [{ origin: url }, { 'sec-fetch-site': 'same-origin' }, {}] as Record<string, string>[]) expect((await post(headers)).status).toBe(201)
  expect((await new Visitor(url).signIn(ann.handle, PASSWORD, { origin: 'https://evil.example' })).json.code).toBe('foreign_origin')
  expect((await visitor.openSocket('https://evil.example')).status).toBe(403)
  const { socket, status } = await visitor.openSocket()
  expect(status).toBe(101)
  socket!.close()
  const stream = await visitor.send('GET', '/events', undefined, { accept: 'text/event-stream', origin: 'https://evil.example' })
  expect([stream.status, stream.json.code]).toEqual([403, 'foreign_origin'])
})
