import { expect, test } from 'vitest'
import { scene } from '../../scene.ts'

test('what Bob posts reaches Ann live, once and in order', async () => {
  const { ann, bob, team } = await scene()
  const live = await ann.live()
  const first = await bob.post(`/spaces/${team.id}/entries`, { title: 'Lunch', body: 'Soup today, @ann?' })
  const answer = await ann.post(`/entries/${first.id}/replies`, { body: 'Yes' })
  await live.until((e) => e.entry_id === answer.id)
  const told = live.events.filter((e) => e.type === 'entry.published')
  expect(told.map((e) => e.entry.id)).toEqual([first.id, answer.id])
  expect(told[0].entry).toMatchObject({ body: 'Soup today, @ann?', by: { name: 'Bob' } })
})

test('a command repeated with the same key is done once', async () => {
  const { bob, team } = await scene()
  const post = () => bob.post(`/spaces/${team.id}/entries`, { body: 'Only once' }, { 'idempotency-key': 'k-1' })
  const answers = await Promise.all([post(), post(), post()])
  expect(new Set(answers.map((a) => a.id)).size).toBe(1)
  expect((await bob.get(`/spaces/${team.id}/entries`)).items).toHaveLength(1)
})

test('a person is known by what they wrote where one may read it, and by the spaces one shares with them', async () => {
  const { ann, bob, eve, team } = await scene()
  const few = await ann.post('/spaces', { name: 'Few', purpose: 'For two', visibility: 'closed' })
  await ann.put(`/spaces/${few.id}/members/${bob.id}`, { role: 'member' })
  const talk = await ann.post('/conversations', { people: [bob.id] })
  const [open, closed, direct] = await Promise.all([team, few, talk].map(({ id }) => bob.post(`/spaces/${id}/entries`, { body: 'Said' })))
  const answer = await bob.post(`/entries/${open.id}/replies`, { body: 'And more' })
  await bob.del(`/entries/${(await bob.post(`/spaces/${team.id}/entries`, { body: 'Taken back' })).id}`)
  const written = async (who: typeof ann) => new Set((await who.get(`/people/${bob.id}/entries`)).items.map(({ id }: { id: string }) => id))
  expect(await written(ann)).toEqual(new Set([open.id, closed.id, answer.id]))
  expect(await written(eve)).toEqual(new Set([open.id, answer.id]))
  expect(direct.status).toBeUndefined()
  const shared = async (who: typeof ann) => (await who.get(`/spaces?with=${bob.id}`)).items.map(({ id }: { id: string }) => id)
  expect(await shared(ann)).toContain(few.id)
  expect(await shared(eve)).not.toContain(few.id)
})

test('outside a closed space nobody can tell that an entry exists', async () => {
  const { ann, eve, olga } = await scene()
  const closed = await ann.post('/spaces', { name: 'Board', purpose: 'Decide', visibility: 'closed' })
  const entry = await ann.post(`/spaces/${closed.id}/entries`, { body: 'secret' })
  const missing = await eve.get('/entries/01a2010f-841e-7000-b1be-62788d92349e')
  for (const person of [eve, olga]) expect(await person.get(`/entries/${entry.id}`)).toEqual(missing)
  expect(missing).toMatchObject({ status: 404, code: 'not_found' })
})

test('an edit keeps what was said before, and only the author may make it', async () => {
  const { ann, bob, team } = await scene()
  const entry = await bob.post(`/spaces/${team.id}/entries`, { body: '9 Nm' })
  expect(await ann.patch(`/entries/${entry.id}`, { body: 'mine' })).toMatchObject({ status: 403, code: 'authors_only' })
  expect(await bob.patch(`/entries/${entry.id}`, { body: '6 Nm' })).toMatchObject({ body: '6 Nm', edited_at: expect.any(String) })
  expect((await ann.get(`/entries/${entry.id}/versions`)).items).toMatchObject([{ version: 1, body: '9 Nm' }])
  await bob.patch(`/entries/${entry.id}`, { body: 'Again' })
  const newest = await ann.get(`/entries/${entry.id}/versions?limit=1`)
  expect(newest.items).toMatchObject([{ version: 2 }])
  expect(await ann.get(`/entries/${entry.id}/versions?limit=1&before=${newest.next}`)).toMatchObject({ items: [{ version: 1 }], next: null })
})

test('what is removed is gone everywhere, until its author takes the removal back', async () => {
  const { ann, bob, team } = await scene()
  const entry = await bob.post(`/spaces/${team.id}/entries`, { body: 'oops' })
  await bob.del(`/entries/${entry.id}`)
  expect(await ann.get(`/entries/${entry.id}`)).toMatchObject({ status: 404 })
  const log = await ann.get('/events?after=0&limit=100')
  expect(JSON.stringify(log)).not.toContain('oops')
  expect(await bob.post(`/entries/${entry.id}/restore`)).toMatchObject({ body: 'oops', state: 'published' })
  expect(await ann.get(`/entries/${entry.id}`)).toMatchObject({ body: 'oops' })
})

test('the head of a thread that others answered stays as an empty place', async () => {
  const { ann, bob, team } = await scene()
  const entry = await bob.post(`/spaces/${team.id}/entries`, { body: 'oops' })
  await ann.post(`/entries/${entry.id}/replies`, { body: 'no worries' })
  await bob.del(`/entries/${entry.id}`)
  const thread = await ann.get(`/entries/${entry.id}/thread`)
  expect(thread).toMatchObject({ root: { state: 'removed', body: '' }, items: [{ body: 'no worries' }] })
})

test('who can see an entry is said in words, in number and by name', async () => {
  const { ann, bob } = await scene()
  const conversation = await ann.post('/conversations', { people: [bob.id] })
  const entry = await ann.post(`/spaces/${conversation.id}/entries`, { body: 'psst' })
  expect(entry.kind).toBe('message')
  const audience = await bob.get(`/entries/${entry.id}/audience`)
  expect(audience).toMatchObject({ scope: 'few', count: 2, sentence: 'You and Ann' })
  expect(audience.items.map((p: { id: string }) => p.id).sort()).toEqual([ann.id, bob.id].sort())
})
