import { expect, test } from 'vitest'
import { routes } from '../app.ts'
import { type Client, type Json, scene, signedIn } from '../scene.ts'

const raw = (person: Client | null, url: string, path: string, init: RequestInit = {}) =>
  fetch(`${url}/api/v1${path}`, { ...init, headers: { ...(person && { authorization: `Bearer ${person.token}` }), ...init.headers } })
const json = { 'content-type': 'application/json' }

/** A refusal as RFC 9457 wants it: stable code, no word about the inside. */
async function expectProblem(answer: Response, status: number, code: string | RegExp): Promise<Json> {
  const text = await answer.text()
  expect(answer.status, text).toBe(status)
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  const problem = JSON.parse(text)
  expect(problem).toMatchObject({ type: 'about:blank', title: expect.any(String), status })
  expect(problem.code).toMatch(code)
  expect(text).not.toMatch(/node_modules|\.ts:|select |postgres|kysely/i)
  return problem
}

test('what is no JSON, no object, too large or of another type is refused with a stable code', async () => {
  const { bob, team, url } = await scene()
  const post = (body: BodyInit, headers: Record<string, string> = json) => raw(bob, url, `/spaces/${team.id}/entries`, { method: 'POST', body, headers })
  await expectProblem(await post('{"body":'), 400, 'bad_request')
  await expectProblem(await post('[]'), 422, 'invalid')
  await expectProblem(await post('null'), 422, /invalid|empty/)
  await expectProblem(await post('"text"'), 422, 'invalid')
  await expectProblem(await post('{"body":"x"}', { 'content-type': 'text/plain' }), 415, 'unsupported_type')
  await expectProblem(await post('<a/>', { 'content-type': 'application/xml' }), 415, 'unsupported_type')
  await expectProblem(await post(JSON.stringify({ body: 'x'.repeat(1_100_000) })), 413, 'too_large')
  const problem = await expectProblem(await post(JSON.stringify({ body: 'x'.repeat(40_001) })), 422, 'invalid')
  expect(problem.errors).toEqual([{ path: 'body', message: expect.stringContaining('40000') }])
})

test('objects, numbers and arrays in the place of text are refused, and so are characters that cannot be kept', async () => {
  const { bob, team, url } = await scene()
  const post = (body: unknown) => raw(bob, url, `/spaces/${team.id}/entries`, { method: 'POST', body: JSON.stringify(body), headers: json })
  for (const body of [{ body: { $gt: '' } }, { body: ['a'] }, { body: 7 }, { body: true }, { body: 'x', files: 'all' }, { body: 'x', files: [{ id: 1 }] }, { body: 'x', kind: {} }])
    await expectProblem(await post(body), 422, 'invalid')
  await expectProblem(await post({ body: 'nul \u0000 inside' }), 422, 'bad_text')
  await expectProblem(await post({ title: 'two\nlines', body: 'x' }), 422, 'invalid')
  await expectProblem(await post({ body: 'x', kind: 'message' }), 422, 'wrong_kind')
  await expectProblem(await post({ body: '   ' }), 422, 'empty')
  // A half of a pair of surrogates is no character, but what it is sent as can be kept.
  expect((await post({ body: 'half \ud800' })).status).toBe(201)
})

test('odd queries and cursors are refused and never break anything', async () => {
  const { bob, team, url } = await scene()
  const get = (path: string) => raw(bob, url, path)
  for (const path of ['/people', '/spaces', '/home', '/inbox', '/conversations', '/topics/soup/entries', `/spaces/${team.id}/entries`, `/spaces/${team.id}/members`]) {
    for (const limit of ['1000', '0', '-1', 'many', '1e9', '']) await expectProblem(await get(`${path}?limit=${limit}`), 422, 'invalid')
    for (const cursor of ['x', '-'.repeat(36), "'%20or%201=1", '%00', '0'.repeat(500)])
      for (const end of ['before', 'after']) await expectProblem(await get(`${path}?${end}=${cursor}`), 422, /bad_cursor|invalid|bad_text/)
  }
  for (const after of ['x', '-1', '1.5', '9'.repeat(30)]) await expectProblem(await get(`/events?after=${after}`), 422, 'bad_cursor')
  await expectProblem(await get(`/people?q=%00`), 422, 'bad_text')
  await expectProblem(await get(`/people?role=king`), 422, 'invalid')
  await expectProblem(await get(`/mention-suggestions?space=${team.id}&q=${'x'.repeat(61)}`), 422, 'invalid')
  expect((await get(`/people?q=${encodeURIComponent("%_\\'\"")}`)).status).toBe(200)
  expect((await get(`/topics/${encodeURIComponent('🥣')}/entries`)).status).toBe(200)
})

test('an id that is none is not found, whatever is written there', async () => {
  const { bob, url } = await scene()
  for (const id of ['x', '1', 'null', '..%2f..%2fetc', '%00', '{id}', "'%20or%20'1'='1"]) {
    await expectProblem(await raw(bob, url, `/entries/${id}`), 404, 'not_found')
    await expectProblem(await raw(bob, url, `/spaces/${id}/join`, { method: 'POST' }), 404, 'not_found')
  }
  await expectProblem(await raw(bob, url, '/no/such/thing'), 404, 'not_found')
  await expectProblem(await raw(bob, url, '/me', { method: 'DELETE' }), 404, 'not_found')
})

test('an id may be written in capitals', async () => {
  const { ann, bob, team } = await scene()
  const entry = await bob.post(`/spaces/${team.id.toUpperCase()}/entries`, { body: 'hello' })
  expect(await ann.get(`/entries/${entry.id.toUpperCase()}`)).toMatchObject({ id: entry.id })
  expect(await ann.post(`/entries/${entry.id.toUpperCase()}/read`, { to: entry.id.toUpperCase() })).toMatchObject({ root: entry.id, read_to: entry.id })
})

test('whoever is not signed in is told so, on every route that needs it', async () => {
  const { url } = await scene()
  const id = '01a2010f-841e-7000-b1be-62788d92349e'
  for (const route of routes.filter(({ access }) => access !== 'anyone')) {
    const path = route.path.replace(/:\w+/g, id)
    const answer = await raw(null, url, path, { method: route.method })
    await expectProblem(answer, 401, 'sign_in_needed')
    await expectProblem(await raw(null, url, path, { method: route.method, headers: { authorization: 'Bearer fmt_' + 'x'.repeat(43) } }), 401, 'sign_in_needed')
    await expectProblem(await raw(null, url, path, { method: route.method, headers: { authorization: 'Basic YTpi', cookie: 'session=x' } }), 401, 'sign_in_needed')
  }
})

test('what is for administrators is for nobody else', async () => {
  const { bob, gina, url } = await scene()
  const id = '01a2010f-841e-7000-b1be-62788d92349e'
  for (const route of routes.filter(({ access }) => access === 'admin'))
    for (const person of [bob, gina]) await expectProblem(await raw(person, url, route.path.replace(/:\w+/g, id), { method: route.method }), 403, 'admins_only')
})

test('a foreign id in any place of any route answers like a missing one, and changes nothing', async () => {
  const { ann, eve, gina, olga, url } = await scene()
  const closed = await ann.post('/spaces', { name: 'Board', purpose: 'cnry_purpose', visibility: 'secret' })
  const entry = await ann.post(`/spaces/${closed.id}/entries`, { title: 'cnry_title', body: 'cnry_body' })
  const ids: Record<string, string> = { spaces: closed.id, entries: entry.id }
  const tried = new Set<string>()
  for (const route of routes) {
    const noun = route.path.split('/')[1]
    if (!ids[noun] || !route.path.includes(':id')) continue
    tried.add(`${route.method} ${route.path}`)
    for (const stranger of [eve, gina, olga]) {
      const send = (id: string) => raw(stranger, url, route.path.replace(':id', id).replace(':emoji', '%F0%9F%91%8D').replace(/:\w+/g, ann.id).concat(route.method === 'GET' ? `?space=${closed.id}` : ''), {
        method: route.method, ...(route.body && { headers: json, body: JSON.stringify({ body: 'x', person: ann.id, role: 'member', name: 'x', reply: entry.id, entry: entry.id, stance: 'followed', on: true, hidden: true, to: entry.id, title: 'x', choice: { option: '1' }, option: '1', side: 'for', reason: 'x', text: 'x', at: '2026-01-01T00:00:00Z', stage: 'discussed', into: entry.id, worked: 'yes', next: null, words: 'x', wrong: 'x', right: 'y' }) }),
      })
      const [foreign, missing] = [await send(ids[noun]), await send('01a2010f-841e-7000-b1be-62788d92349e')]
      expect([foreign.status, await foreign.text()], `${route.method} ${route.path}`).toEqual([missing.status, await missing.text()])
      // What one had saved one may be done with, also when it is out of reach; where there is nothing that is no fault.
      expect(missing.status, `${route.method} ${route.path}`).toBe(`${route.method} ${route.path}` === 'DELETE /entries/:id/saved' ? 204 : 404)
    }
  }
  expect(tried.size).toBeGreaterThan(20)
  expect(await ann.get(`/entries/${entry.id}`)).toMatchObject({ body: 'cnry_body', reactions: [], reply_count: 0 })
  expect((await ann.get(`/spaces/${closed.id}/members`)).items).toHaveLength(1)
})

test('too many requests are refused with the seconds to wait, whichever process they meet', async () => {
  const { ann, bob, eve, url } = await scene()
  let granted = Infinity
  for (const person of [ann, bob, eve]) {
    const { cookie } = await signedIn(person)
    const change = () => raw(null, url, '/me/password', { method: 'PUT', headers: { ...json, cookie: cookie! }, body: '{"password":"short"}' })
    let [answer, count] = [await change(), 0]
    for (; answer.status !== 429; answer = await change()) count++
    // Ten a minute; what is on its way from one process to the other is granted beyond it, and never as much again unless that is held up.
    expect(count).toBeGreaterThanOrEqual(10)
    granted = Math.min(granted, count)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    await expectProblem(answer, 429, 'too_many_requests')
    if (granted < 20) break
  }
  expect(granted).toBeLessThan(20)
})

test('pages and answers carry the headers that keep browsers and caches from mischief', async () => {
  const { bob, url } = await scene()
  const answer = await raw(bob, url, '/me')
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin',
    'content-security-policy': expect.stringContaining("default-src 'none'"), 'cross-origin-resource-policy': 'same-origin',
  })
  expect(answer.headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'/)
  expect(answer.headers.get('x-powered-by')).toBeNull()
  expect((await raw(null, url, '/me')).headers.get('cache-control')).toBe('no-store')
})
