import { expect, test } from 'vitest'
import { type Client, type Json, scene, signedIn } from '../scene.ts'
import { fingerprint } from './idempotency.ts'
import { migrations } from './schema.ts'

const keyed = (key: string) => ({ 'idempotency-key': key })
const send = (person: Client, method: string, path: string, body: unknown, key: string) =>
  fetch(`${person.url}/api/v1${path}`, {
    method, body: body === undefined ? undefined : JSON.stringify(body),
    headers: { authorization: `Bearer ${person.token}`, 'content-type': 'application/json', ...keyed(key) },
  })

test('ten equal commands at once have one effect and one answer', async () => {
  const { bob, ann, team } = await scene()
  const answers: Response[] = await Promise.all(Array.from({ length: 10 }, () => send(bob, 'POST', `/spaces/${team.id}/entries`, { body: 'once' }, 'k')))
  expect(answers.map((answer) => answer.status)).toEqual(Array(10).fill(201))
  expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1)
  expect((await ann.get(`/spaces/${team.id}/entries`)).items).toHaveLength(1)
  const log = await ann.get('/events?after=0&limit=100')
  expect(log.items.filter((event: Json) => event.type === 'entry.published' && event.space === team.id)).toHaveLength(1)
})

test('the same key means the same command, of the same person', async () => {
  const { ann, bob, team } = await scene()
  const first = await bob.post(`/spaces/${team.id}/entries`, { body: 'one' }, keyed('k'))
  expect(await bob.post(`/spaces/${team.id}/entries`, { body: 'two' }, keyed('k'))).toMatchObject({ status: 409, code: 'key_used' })
  expect(await bob.post(`/entries/${first.id}/replies`, { body: 'one' }, keyed('k'))).toMatchObject({ status: 409, code: 'key_used' })
  const anns = await ann.post(`/spaces/${team.id}/entries`, { body: 'one' }, keyed('k'))
  expect(anns).toMatchObject({ author: ann.id })
  expect(anns.id).not.toBe(first.id)
})

test('a refusal is not remembered: the command may be tried again when the reason is gone', async () => {
  const { ann, bob, team } = await scene()
  await ann.post(`/spaces/${team.id}/archive`)
  expect(await bob.post(`/spaces/${team.id}/entries`, { body: 'now?' }, keyed('k'))).toMatchObject({ status: 403, code: 'archived' })
  await ann.post(`/spaces/${team.id}/unarchive`)
  expect(await bob.post(`/spaces/${team.id}/entries`, { body: 'now?' }, keyed('k'))).toMatchObject({ body: 'now?' })
})

test('a removal that is repeated answers as the first one did, and does not remove again', async () => {
  const { bob, team } = await scene()
  const entry = await bob.post(`/spaces/${team.id}/entries`, { body: 'oops' })
  expect((await send(bob, 'DELETE', `/entries/${entry.id}`, undefined, 'gone')).status).toBe(204)
  await bob.post(`/entries/${entry.id}/restore`)
  expect((await send(bob, 'DELETE', `/entries/${entry.id}`, undefined, 'gone')).status).toBe(204)
  expect(await bob.get(`/entries/${entry.id}`)).toMatchObject({ state: 'published' })
})

test('a key is 1 to 200 characters', async () => {
  const { bob, team } = await scene()
  expect(await bob.post(`/spaces/${team.id}/entries`, { body: 'x' }, keyed('k'.repeat(201)))).toMatchObject({ status: 422, code: 'bad_idempotency_key' })
  expect(await bob.post(`/spaces/${team.id}/entries`, { body: 'x' }, keyed('k'.repeat(200)))).toMatchObject({ body: 'x' })
})

test('of an answer nothing is kept but its status and an id: not what was written, and no secret', async () => {
  const { olga: owner, team, host } = await scene()
  const olga = await signedIn(owner)
  const token = await olga.post('/tokens', { name: 'bot' }, keyed('token'))
  const person = await olga.post('/people', { name: 'Bo', handle: `bo${Date.now()}` }, keyed('person'))
  const entry = await olga.post(`/spaces/${team.id}/entries`, { body: 'yes' }, keyed('a long and random key'))
  const { rows } = await host.pool.query('select about, status, key, fingerprint from idempotency where person_id = $1 order by created_at', [olga.id])
  expect(rows.map(({ about, status }) => [about, status])).toEqual([[token.id, 201], [person.id, 201], [entry.id, 201]])
  // Whoever has the database cannot try what the request may have been: the key is not in it.
  expect(JSON.stringify(rows)).not.toContain('random')
  expect(rows[2].fingerprint).not.toContain(fingerprint('POST', `/api/v1/spaces/${team.id}/entries`, { title: '', body: 'yes', files: [] }))
  const again = await olga.post('/tokens', { name: 'bot' }, keyed('token'))
  expect(again.id).toBe(token.id)
  expect(again.token).toBeUndefined()
})

test('a repetition is answered with what is there now, and by the rights of now', async () => {
  const { ann, bob, olga, team } = await scene()
  const post = () => bob.post(`/spaces/${team.id}/entries`, { body: 'once' }, keyed('post'))
  const entry = await post()
  await bob.patch(`/entries/${entry.id}`, { body: 'better' })
  expect(await post()).toMatchObject({ id: entry.id, body: 'better' })
  await bob.del(`/entries/${entry.id}`)
  expect(await post()).toMatchObject({ status: 404, code: 'not_found' })
  await bob.post(`/entries/${entry.id}/restore`)
  expect(await post()).toMatchObject({ id: entry.id, body: 'better' })

  const board = await ann.post('/spaces', { name: 'Board', purpose: 'x', visibility: 'secret' })
  await ann.put(`/spaces/${board.id}/members/${bob.id}`, { role: 'host' })
  const rename = () => send(bob, 'PATCH', `/spaces/${board.id}`, { name: 'Council' }, 'rename').then((answer) => answer.json())
  expect(await rename()).toMatchObject({ name: 'Council', my: { may_manage: true } })
  await ann.put(`/spaces/${board.id}/members/${bob.id}`, { role: 'member' })
  expect(await rename()).toMatchObject({ name: 'Council', my: { may_manage: false } })
  await ann.del(`/spaces/${board.id}/members/${bob.id}`)
  expect(await rename()).toMatchObject({ status: 404, code: 'not_found' })

  const add = () => olga.post('/people', { name: 'Bo', handle: `bo${team.id.slice(-12)}` }, keyed('person'))
  const added = await add()
  expect((await add()).id).toBe(added.id)
})

test('what was marked read or unread is answered again as it is, and not marked again', async () => {
  const { ann, bob, team } = await scene()
  const entry = await bob.post(`/spaces/${team.id}/entries`, { body: 'new' })
  const read = (path: string, key: string) => ann.post(path, {}, keyed(key))
  expect(await read(`/entries/${entry.id}/read`, 'r')).toEqual({ space: team.id, root: entry.id, read_to: entry.id, unread: 0, inbox: 0 })
  const unread = await read(`/entries/${entry.id}/unread`, 'u')
  expect(unread).toMatchObject({ root: entry.id, unread: 1 })
  expect(await read(`/entries/${entry.id}/read`, 'r')).toEqual(unread)
  expect(await read(`/spaces/${team.id}/read`, 's')).toMatchObject({ root: null, read_to: entry.id })
  expect(await read(`/spaces/${team.id}/read`, 's')).toMatchObject({ root: null, read_to: entry.id })
})

test('a repetition that comes after an update is one, although answers were kept with their words before', async () => {
  const { bob, team, host } = await scene()
  const post = () => bob.post(`/spaces/${team.id}/entries`, { body: 'before' }, keyed('old'))
  const entry = await post()
  await host.db.deleteFrom('idempotency').execute()
  await host.pool.query('alter table idempotency drop column about, add column body json')
  await host.pool.query('insert into idempotency (person_id, key, fingerprint, status, body) values ($1, $2, $3, 201, $4)',
    [bob.id, 'old', fingerprint('POST', `/api/v1/spaces/${team.id}/entries`, { title: '', body: 'before', files: [] }), JSON.stringify(entry)])
  await migrations['0142-answers-without-words'].up(host.db)
  expect((await post()).id).toBe(entry.id)
})
