import { expect, test } from 'vitest'
import { Visitor } from '../../../test/visitor.ts'
import { type Client, type Json, lettersTo, makeClient, scene, signedIn } from '../../scene.ts'

const handles = (items: Json[]) => items.map((item) => item.handle)

/** Adds a person and returns how they reach the API. */
async function add(admin: Client, handle: string, more: object = {}): Promise<Client> {
  const { id, token } = await (await signedIn(admin)).post('/people', { name: handle, handle, token: true, ...more })
  return makeClient(admin.url, { id, token, handle })
}
const unique = (name: string, beside: Client) => `${name}-${beside.handle}`

test('administrators add people; the token is in the answer once', async () => {
  const { olga, bob } = await scene()
  const handle = unique('kim', olga)
  const added = await (await signedIn(olga)).post('/people', { name: 'Kim', handle: handle.toUpperCase(), email: `${handle}@X.example`, token: true })
  expect(added).toMatchObject({ handle, name: 'Kim', role: 'member', state: 'active', token: expect.stringMatching(/^fmt_/) })
  expect(await bob.get(`/people/${added.id}`)).not.toHaveProperty('token')
  expect(await bob.post('/people', { name: 'X', handle: unique('x', olga) })).toMatchObject({ status: 403, code: 'admins_only' })
})

test('letters are in the language that their reader chose, whoever has them written, and nobody else is told which', async () => {
  const { olga, ann, bob, config } = await scene()
  expect(await ann.get('/me')).toMatchObject({ language: null })
  const me = await signedIn(ann)
  await me.put('/me/password', { password: 'battery staple' })
  expect(await ann.patch('/me', { language: 'de' })).toMatchObject({ language: 'de' })
  await me.put('/me/password', { password: 'correct horse' })
  const letters = await lettersTo(config, `${ann.handle}@x.example`)
  expect(letters.map(({ text }) => text)).toEqual([expect.stringContaining('Das Passwort von'), expect.stringContaining('The password of')])
  for (const other of [olga, bob]) expect(await other.get(`/people/${ann.id}`)).not.toHaveProperty('language')
  expect(await ann.patch('/me', { language: 'tlh' })).toMatchObject({ status: 422 })
  expect(await ann.patch('/me', { language: null })).toMatchObject({ language: null })
})

test('whoever comes in by an invitation gets letters in the language they came in with', async () => {
  const { olga, ann, url } = await scene()
  const come = async (language: string) => {
    const { url: link } = await olga.post('/invitations', {})
    const name = unique(`zoe${language.length}`, ann)
    const response = await fetch(`${url}/api/v1/invitations/by-token/${link.split('/').at(-1)}/accept`, {
      method: 'POST', headers: { 'content-type': 'application/json', 'accept-language': language },
      body: JSON.stringify({ name, handle: name, email: `${name}@x.example`, password: 'correct horse' }),
    })
    return (await response.json()).person.language
  }
  expect([await come('de-AT,de;q=0.9'), await come('*')]).toEqual(['de', null])
})

test('a handle and an address belong to one person, also when two ask at once', async () => {
  const { olga, bob } = await scene()
  expect(await olga.post('/people', { name: 'B', handle: bob.handle })).toMatchObject({ status: 409, code: 'handle_taken' })
  expect(await olga.post('/people', { name: 'B', handle: unique('b', olga), email: `${bob.handle}@X.EXAMPLE` })).toMatchObject({ status: 409, code: 'email_taken' })
  expect(await bob.patch('/me', { handle: olga.handle })).toMatchObject({ status: 409, code: 'handle_taken' })
  const answers = await Promise.all(Array.from({ length: 5 }, () => olga.post('/people', { name: 'Twin', handle: unique('twin', olga) })))
  expect(answers.filter((answer) => answer.id)).toHaveLength(1)
  expect(answers.filter((answer) => answer.code === 'handle_taken')).toHaveLength(4)
  for (const handle of ['', 'two words', 'Ümlaut', '-dash', 'x'.repeat(40)]) expect(await olga.post('/people', { name: 'X', handle })).toMatchObject({ status: 422 })
})

test('only owners make and unmake owners, and the last one stays', async () => {
  const { olga, bob, ann } = await scene()
  expect(await olga.patch(`/people/${ann.id}`, { role: 'admin' })).toMatchObject({ role: 'admin' })
  expect(await ann.patch(`/people/${bob.id}`, { role: 'owner' })).toMatchObject({ status: 403, code: 'owners_only' })
  expect(await ann.patch(`/people/${olga.id}`, { role: 'member' })).toMatchObject({ status: 403, code: 'owners_only' })
  expect(await ann.post('/people', { name: 'X', handle: unique('x', olga), role: 'owner' })).toMatchObject({ status: 403, code: 'owners_only' })
  expect(await bob.patch(`/people/${olga.id}`, { role: 'member' })).toMatchObject({ status: 403, code: 'admins_only' })
  // The other scenes of this file have owners too; without them olga would be the last.
  const owners = (await olga.get('/people?role=owner&limit=100')).items as Json[]
  for (const other of owners.filter(({ id }) => id !== olga.id)) await olga.patch(`/people/${other.id}`, { role: 'member' })
  expect(await olga.patch(`/people/${olga.id}`, { role: 'member' })).toMatchObject({ status: 422, code: 'last_owner' })
  expect(await olga.patch(`/people/${olga.id}`, { state: 'deactivated' })).toMatchObject({ status: 422, code: 'last_owner' })
  await olga.patch(`/people/${bob.id}`, { role: 'owner' })
  expect(await bob.patch(`/people/${olga.id}`, { role: 'admin' })).toMatchObject({ role: 'admin' })
})

test('two owners who unmake each other at once leave one', async () => {
  const { olga, ann } = await scene()
  const owners = (await olga.get('/people?role=owner&limit=100')).items as Json[]
  for (const other of owners.filter(({ id }) => id !== olga.id)) await olga.patch(`/people/${other.id}`, { role: 'member' })
  for (let round = 0; round < 5; round++) {
    await olga.patch(`/people/${ann.id}`, { role: 'owner' })
    const answers = await Promise.all([olga.patch(`/people/${ann.id}`, { role: 'admin' }), ann.patch(`/people/${olga.id}`, { role: 'admin' })])
    const left = (await olga.get('/people?role=owner&limit=100')).items
    expect(left, JSON.stringify(answers)).toHaveLength(1)
    if (left[0].id === ann.id) await ann.patch(`/people/${olga.id}`, { role: 'owner' })
  }
})

test('one changes one\'s own profile, and everybody hears of it', async () => {
  const { ann, bob } = await scene()
  const live = await bob.live()
  const change = { name: 'Ann B.', pronouns: 'she/her', title: 'Cell chemist', department: 'Cell lab', time_zone: 'Europe/Vienna', about: '**Cells**' }
  expect(await ann.patch('/me', change)).toMatchObject(change)
  const event = await live.until((e) => e.type === 'person.changed')
  expect(event.person).toMatchObject({ id: ann.id, name: 'Ann B.', title: 'Cell chemist' })
  expect(await bob.get(`/people/${ann.id}`)).toMatchObject(change)
  expect((await bob.get(`/spaces/${(await bob.get(`/people/${ann.id}`)).space}`)).name).toBe('Ann B.')
  for (const wrong of [{ time_zone: 'Mars/Base' }, { time_zone: '+02:00' }, { name: '' }, { name: 'two\nlines' }, { email: 'nobody' }, { about: 'x'.repeat(2001) }, { handle: 'Not Good' }])
    expect(await ann.patch('/me', wrong)).toMatchObject({ status: 422, code: 'invalid' })
  expect(await ann.patch('/me', { role: 'owner', state: 'active' })).toMatchObject({ role: 'member' })
})

test('an e-mail address is shown to its person and to administrators only', async () => {
  const { ann, bob, olga } = await scene()
  expect(await bob.get(`/people/${ann.id}`)).not.toHaveProperty('email')
  expect(JSON.stringify(await bob.get('/people?limit=100'))).not.toContain(`${ann.handle}@`)
  expect(await olga.get(`/people/${ann.id}`)).toHaveProperty('email', `${ann.handle}@x.example`)
  expect(await ann.get('/me')).toHaveProperty('email', `${ann.handle}@x.example`)
  // Looking for it finds nobody.
  expect((await bob.get(`/people?q=${ann.handle}@x`)).items).toEqual([])
})

test('the directory is searched by name, handle and title, filtered, and read page by page', async () => {
  const { olga, bob } = await scene()
  const mark = `zq${Date.now().toString(36)}`
  for (const [at, name] of ['Čeda', 'ada', 'Bea', 'ada'].entries()) await olga.post('/people', { name: `${name} ${mark}`, handle: unique(`p${at}`, olga) })
  const all = (await bob.get(`/people?q=${mark.toUpperCase()}`)).items as Json[]
  expect(all.map((person) => person.name)).toEqual([`ada ${mark}`, `ada ${mark}`, `Bea ${mark}`, `Čeda ${mark}`])
  const paged: Json[] = []
  for (let cursor = ''; ;) {
    const page = await bob.get(`/people?q=${mark}&limit=1${cursor}`)
    paged.push(...page.items)
    if (!page.next) break
    cursor = `&before=${page.next}`
  }
  expect(handles(paged)).toEqual(handles(all))
  expect(handles((await bob.get('/people?role=guest&limit=100')).items)).not.toContain(bob.handle)
  expect((await bob.get(`/people?q=${encodeURIComponent('%')}`)).items).toEqual([])
  await bob.patch('/me', { department: `Kiln ${mark}` })
  expect(handles((await olga.get(`/people?department=${encodeURIComponent(`Kiln ${mark}`)}`)).items)).toEqual([bob.handle])
  expect((await olga.get('/departments')).items).toContainEqual({ name: `Kiln ${mark}`, people: 1 })
})

test('a guest knows only whom they share a space with', async () => {
  const { ann, bob, eve, gina } = await scene()
  expect(handles((await gina.get('/people')).items)).toEqual([gina.handle])
  await ann.patch('/me', { department: 'Where Ann is' })
  expect((await gina.get('/departments')).items).toEqual([])
  const closed = await ann.post('/spaces', { name: 'Partners', purpose: 'Work with Gina', visibility: 'closed' })
  await ann.put(`/spaces/${closed.id}/members/${gina.id}`, {})
  expect(handles((await gina.get('/people')).items).toSorted()).toEqual([ann.handle, gina.handle])
  expect(await gina.get(`/people/${ann.id}`)).toMatchObject({ handle: ann.handle, space: null })
  expect((await gina.get('/departments')).items).toEqual([{ name: 'Where Ann is', people: 1 }])
  for (const other of [bob, eve]) expect(await gina.get(`/people/${other.id}`)).toMatchObject({ status: 404 })
  expect(await gina.post('/conversations', { people: [eve.id] })).toMatchObject({ status: 404 })
  expect(await gina.post('/conversations', { people: [ann.id] })).toMatchObject({ kind: 'direct' })
  await ann.post(`/spaces/${closed.id}/entries`, { body: `ask @${eve.handle}` })
  await ann.del(`/spaces/${closed.id}/members/${gina.id}`)
  expect(handles((await gina.get('/people')).items).toSorted()).toEqual([ann.handle, gina.handle])
})

test('who is let go loses everything within a second: token, cookie, socket, stream and sign-in', async () => {
  const { olga, ann, bob, team } = await scene()
  const visitor = new Visitor(ann.url)
  await visitor.signIn(ann.handle, 'correct horse')
  const [live, browser] = [await ann.live(), await visitor.openSocket()]
  const stream = await fetch(`${ann.url}/api/v1/events`, { headers: { authorization: `Bearer ${ann.token}`, accept: 'text/event-stream' } })
  const ended = (async () => {
    let text = ''
    for await (const chunk of stream.body!) text += Buffer.from(chunk).toString()
    return text
  })()
  await olga.patch(`/people/${ann.id}`, { state: 'deactivated' })
  expect(await ann.get('/me')).toMatchObject({ status: 401 })
  expect((await visitor.send('GET', '/me')).status).toBe(401)
  expect(await browser.closed).toBe(4401)
  await bob.post(`/spaces/${team.id}/entries`, { body: 'cnry_after' })
  expect(await ended).not.toContain('cnry_after')
  await expect.poll(() => live.state.closed).toBe(4401)
  expect(JSON.stringify(live.events)).not.toContain('cnry_after')
  expect((await visitor.signIn(ann.handle, 'correct horse')).status).toBe(401)
  expect(handles((await bob.get('/people?limit=100')).items)).not.toContain(ann.handle)
  expect((await bob.get(`/mention-suggestions?space=${team.id}&q=${ann.handle}`)).items).toEqual([])
  expect(await bob.post('/conversations', { people: [ann.id] })).toMatchObject({ status: 404 })
})

test('who comes back has their spaces again, but no old token', async () => {
  const { olga, ann, bob } = await scene()
  const closed = await ann.post('/spaces', { name: 'Board', purpose: 'Decide', visibility: 'closed' })
  await ann.put(`/spaces/${closed.id}/members/${bob.id}`, {})
  const count = async () => (await ann.get(`/spaces/${closed.id}`)).member_count
  expect(await count()).toBe(2)
  await olga.patch(`/people/${bob.id}`, { state: 'deactivated' })
  expect(await count()).toBe(1)
  await olga.patch(`/people/${bob.id}`, { state: 'deactivated' })
  expect(await count()).toBe(1)
  await olga.patch(`/people/${bob.id}`, { state: 'active' })
  expect(await count()).toBe(2)
  expect(await bob.get('/me')).toMatchObject({ status: 401 })
})

test('who becomes a guest keeps their own spaces and loses the open ones, also on an open socket', async () => {
  const { olga, ann, bob, eve } = await scene()
  const open = await ann.post('/spaces', { name: 'Hall', purpose: 'Talk', visibility: 'open' })
  const entry = await ann.post(`/spaces/${open.id}/entries`, { body: 'hello' })
  expect(await eve.get(`/entries/${entry.id}`)).toMatchObject({ body: 'hello' })
  const live = await eve.live()
  await live.watch(open.id)
  expect(live.state.watching).toEqual([open.id])
  await olga.patch(`/people/${eve.id}`, { role: 'guest' })
  expect(await eve.get(`/entries/${entry.id}`)).toMatchObject({ status: 404 })
  await expect.poll(() => live.state.closed).toBe(4401)
  const again = await eve.live(live.state.seq)
  await again.watch(open.id)
  expect(again.state.watching).toEqual([])
  await ann.post(`/spaces/${open.id}/entries`, { body: 'cnry_members' })
  await olga.patch(`/people/${eve.id}`, { role: 'member' })
  await expect.poll(() => again.state.closed).not.toBe(null)
  expect(JSON.stringify(again.events)).not.toContain('cnry_members')
  expect(await eve.get(`/entries/${entry.id}`)).toMatchObject({ body: 'hello' })
  expect(await bob.get('/me')).toMatchObject({ role: 'member' })
})

test('an administrator who is none any more is refused with the next call', async () => {
  const { olga, ann } = await scene()
  const admin = await add(olga, unique('adam', olga), { role: 'admin', scopes: ['read', 'write', 'admin', 'grant'] })
  expect(await admin.patch(`/people/${ann.id}`, { role: 'guest' })).toMatchObject({ role: 'guest' })
  await olga.patch(`/people/${admin.id}`, { role: 'member' })
  expect(await admin.patch(`/people/${ann.id}`, { role: 'member' })).toMatchObject({ status: 403, code: 'admins_only' })
})
