import { expect, test } from 'vitest'
import { type Client, type Json, scene, signedIn } from '../scene.ts'

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

test('secrets that are shown once are not kept for repetitions', async () => {
  const { olga: owner, host } = await scene()
  const olga = await signedIn(owner)
  const token = await olga.post('/tokens', { name: 'bot' }, keyed('token'))
  const person = await olga.post('/people', { name: 'Bo', handle: `bo${Date.now()}`, token: true }, keyed('person'))
  const { rows } = await host.pool.query('select body::text from idempotency where person_id = $1', [olga.id])
  expect(rows).toHaveLength(2)
  for (const secret of [token.token, person.token]) {
    expect(secret).toMatch(/^fmt_/)
    expect(JSON.stringify(rows)).not.toContain(secret)
  }
  const again = await olga.post('/tokens', { name: 'bot' }, keyed('token'))
  expect(again.id).toBe(token.id)
  expect(again.token).toBeUndefined()
})
