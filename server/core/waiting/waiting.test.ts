import { expect, test } from 'vitest'
import { type Client, type Json, scene } from '../../scene.ts'

const waiting = async (person: Client): Promise<Json[]> => (await person.get('/waiting')).items
const kinds = async (person: Client) => (await waiting(person)).map(({ kind }) => kind)

test('an invitation waits for who is invited until it is answered or taken back, and they hear of it at once', async () => {
  const { ann, bob, eve } = await scene()
  const board = await ann.post('/spaces', { name: 'Board', purpose: 'Decide', visibility: 'secret', people: [bob.id] })
  const heard = await eve.live()
  await ann.post(`/spaces/${board.id}/invitations`, { people: [eve.id] })
  await heard.until((event) => event.type === 'space.invited')
  expect(await bob.get('/waiting')).toMatchObject({ count: 1, next: null, items: [{ kind: 'space_invited', space: { name: 'Board' }, people: [{ id: ann.id }], facts: { purpose: 'Decide' } }] })
  expect((await ann.get(`/spaces/${board.id}/invitations`)).items.map(({ id }: Json) => id).sort()).toEqual([bob.id, eve.id].sort())
  expect(await bob.get(`/spaces/${board.id}/invitations`)).toMatchObject({ code: 'not_found' })

  await ann.del(`/spaces/${board.id}/invitations/${eve.id}`)
  await heard.until((event) => event.type === 'waiting.changed')
  expect(await waiting(eve)).toEqual([])
  expect(await eve.get(`/spaces/${board.id}`)).toMatchObject({ code: 'not_found' })
  expect(await ann.del(`/spaces/${board.id}/invitations/${eve.id}`)).toMatchObject({ code: 'not_found' })
  await bob.post(`/spaces/${board.id}/join`)
  expect(await waiting(bob)).toEqual([])
  expect((await ann.get(`/spaces/${board.id}/invitations`)).items).toEqual([])
  // Only who looks after a space takes an invitation back.
  await ann.post(`/spaces/${board.id}/invitations`, { person: eve.id })
  expect(await bob.del(`/spaces/${board.id}/invitations/${eve.id}`)).toMatchObject({ code: 'hosts_only' })
  expect(await kinds(eve)).toEqual(['space_invited'])
})

test('who asks to join waits for every host, with a number at the members; the answer waits for who asked', async () => {
  const { ann, bob, eve } = await scene()
  const den = await ann.post('/spaces', { name: 'Den', purpose: 'Think', visibility: 'closed' })
  await ann.put(`/spaces/${den.id}/members/${bob.id}`, { role: 'host' })
  await eve.post(`/spaces/${den.id}/join`)
  for (const host of [ann, bob]) {
    expect(await waiting(host)).toMatchObject([{ kind: 'join_asked', space: { id: den.id }, people: [{ id: eve.id }] }])
    expect((await host.get(`/spaces/${den.id}`)).my.asking).toBe(1)
  }
  expect((await eve.get(`/spaces/${den.id}`)).my.asking).toBe(0)
  const heard = await bob.live()
  await ann.post(`/spaces/${den.id}/requests/${eve.id}/decline`)
  await heard.until((event) => event.type === 'waiting.changed')
  expect(await waiting(bob)).toEqual([])
  const [told] = await waiting(eve)
  expect(told).toMatchObject({ kind: 'told', space: { id: den.id }, people: [{ id: ann.id }], facts: { kind: 'not_let_in' } })
  // The newest word counts, and it is there until it is put away.
  await eve.post(`/spaces/${den.id}/join`)
  await bob.post(`/spaces/${den.id}/requests/${eve.id}/approve`)
  const [letIn, ...more] = await waiting(eve)
  expect([letIn.facts.kind, letIn.people[0].id, more]).toEqual(['let_in', bob.id, []])
  expect(await bob.post(`/waiting/${letIn.id}/put-away`)).toMatchObject({ code: 'not_found' })
  await eve.post(`/waiting/${letIn.id}/put-away`)
  expect(await waiting(eve)).toEqual([])
})

test('what waits is not told of spaces or people that one may not know of any more', async () => {
  const { ann, bob, eve, gina } = await scene()
  const den = await ann.post('/spaces', { name: 'Den', purpose: 'Think', visibility: 'closed' })
  await eve.post(`/spaces/${den.id}/join`)
  await ann.post(`/spaces/${den.id}/requests/${eve.id}/approve`)
  expect(await kinds(eve)).toEqual(['told'])
  await ann.del(`/spaces/${den.id}/members/${eve.id}`)
  await ann.patch(`/spaces/${den.id}`, { visibility: 'secret' })
  expect(await waiting(eve)).toEqual([])
  // A guest reads that they are invited, and not by whom: they share no space yet.
  const heard = await gina.live()
  await ann.post(`/spaces/${den.id}/invitations`, { person: gina.id })
  expect(JSON.stringify(await heard.until(({ type }) => type === 'space.invited'))).not.toContain(ann.id)
  expect(await waiting(gina)).toMatchObject([{ kind: 'space_invited', people: [] }])
  // What waits in a space that was archived waits no more.
  await ann.post(`/spaces/${den.id}/invitations`, { person: bob.id })
  await ann.post(`/spaces/${den.id}/archive`)
  expect(await waiting(bob)).toEqual([])
})

test('asking and taking it back again and again keeps no host busy', async () => {
  const { ann, eve } = await scene()
  const den = await ann.post('/spaces', { name: 'Den', purpose: 'Think', visibility: 'closed' })
  const heard = await ann.live()
  for (let time = 0; time < 4; time++) {
    await eve.post(`/spaces/${den.id}/join`)
    await eve.post(`/spaces/${den.id}/leave`)
  }
  await eve.post(`/spaces/${den.id}/join`)
  await ann.post(`/spaces/${den.id}/requests/${eve.id}/decline`)
  await heard.until((event) => event.type === 'waiting.changed' && event.actor === ann.id)
  expect(heard.events.filter(({ type }) => type === 'join.requested' || type === 'waiting.changed').map(({ type }) => type)).toEqual(['join.requested', 'waiting.changed', 'waiting.changed'])
})

test('what waits is listed page by page, the newest first, and counted', async () => {
  const { ann, bob } = await scene()
  for (let n = 1; n <= 5; n++) await ann.post('/spaces', { name: `S${n}`, purpose: 'Wait', visibility: 'secret', people: [bob.id] })
  const first = await bob.get('/waiting?limit=3')
  expect([first.count, first.items.map(({ space }: Json) => space.name)]).toEqual([5, ['S5', 'S4', 'S3']])
  const second = await bob.get(`/waiting?limit=3&before=${first.next}`)
  expect([second.next, second.items.map(({ space }: Json) => space.name)]).toEqual([null, ['S2', 'S1']])
})
