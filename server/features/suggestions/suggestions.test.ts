import { expect, test } from 'vitest'
import { type Client, type Json, makeClient, scene, signedIn } from '../../scene.ts'

/** Ann talks with Bob and Pia, both of whom talk with Cid; Ann has never met Cid. */
async function begin(visibility: 'open' | 'closed' = 'open') {
  const all = await scene()
  const { ann, bob, olga, url, settled } = all
  const person = async (name: string) => {
    const handle = `${name}.${ann.handle}`
    const { id, token } = await (await signedIn(olga)).post('/people', { name, handle, email: `${handle}@x.example`, token: true })
    return makeClient(url, { id, token, handle })
  }
  const [pia, cid] = [await person('pia'), await person('cid')]
  const away: Json = await bob.post('/spaces', { name: `Away ${ann.handle}`, purpose: 'x', visibility })
  for (const one of [pia, cid]) await bob.put(`/spaces/${away.id}/members/${one.id}`, {})
  const talk = async (space: Json, one: Client, other: Client) => {
    const root: Json = await one.post(`/spaces/${space.id}/entries`, { body: 'Who?' })
    await other.post(`/entries/${root.id}/replies`, { body: 'Me' })
  }
  await pia.post(`/spaces/${all.team.id}/join`)
  await talk(all.team, ann, bob)
  await talk(all.team, ann, pia)
  await talk(away, bob, cid)
  await talk(away, cid, pia)
  await settled()
  const met = async (one: Client) => (await one.get('/suggestions')).people.map((s: Json) => s.person.id)
  return { ...all, pia, cid, away, talk, met }
}

test('somebody with whom several of one’s own people talk is suggested, with the reason', async () => {
  const { ann, bob, pia, cid, away, met } = await begin()
  const { people, spaces } = await ann.get('/suggestions')
  expect(people).toMatchObject([{ person: { id: cid.id }, introduction: null, reasons: [{ kind: 'through', count: 2 }] }])
  expect(people[0].reasons[0].people.map((p: Json) => p.id).toSorted()).toEqual([bob.id, pia.id].toSorted())
  expect(spaces).toMatchObject([{ space: { id: away.id }, count: 2 }])
  expect(await met(bob)).toEqual([pia.id])
  expect(await met(cid)).toEqual([ann.id])
})

test('what one may not read suggests nobody and nothing', async () => {
  const { ann, met, gina } = await begin('closed')
  expect(await met(ann)).toEqual([])
  expect((await ann.get('/suggestions')).spaces).toEqual([])
  expect(await gina.get('/suggestions')).toMatchObject({ people: [], spaces: [] })
})

test('what one does not want is never suggested again, until that is taken back', async () => {
  const { ann, cid, away, met } = await begin()
  await ann.post('/suggestions/decline', { kind: 'person', id: cid.id })
  await ann.post('/suggestions/decline', { kind: 'space', id: away.id })
  expect(await ann.get('/suggestions')).toMatchObject({ people: [], spaces: [] })
  expect(await ann.post('/suggestions/decline', { kind: 'person', id: '01a2010f-841e-7000-b1be-62788d92349e' })).toMatchObject({ status: 404 })
  await ann.post('/suggestions/undecline', { kind: 'person', id: cid.id })
  expect(await met(ann)).toEqual([cid.id])
})

test('who left the picture is suggested to nobody, is no reason, and is suggested nothing', async () => {
  const { ann, bob, cid, met, settled } = await begin()
  await cid.patch('/me/network', { in_network: false })
  expect(await met(ann)).toEqual([])
  await cid.patch('/me/network', { in_network: true })
  await bob.patch('/me/network', { in_network: false })
  await settled()
  expect(JSON.stringify(await ann.get('/suggestions'))).not.toContain(bob.id)
  expect(await bob.get('/suggestions')).toMatchObject({ people: [], spaces: [] })
})

test('an introduction goes through an acquaintance, and the three meet when both say yes', async () => {
  const { ann, bob, eve, cid } = await begin()
  const live = await bob.live()
  await ann.post('/introductions', { to: cid.id, through: bob.id, note: 'About glazing' })
  await live.until((e) => e.type === 'introduction.asked')
  expect(await ann.post('/introductions', { to: cid.id, through: bob.id })).toMatchObject({ status: 409, code: 'introduction_asked' })
  expect((await ann.get('/suggestions')).people[0].introduction).toBe('asked')
  const [asked] = (await bob.get('/introductions')).items
  expect(asked).toMatchObject({ role: 'through', from: { id: ann.id }, to: { id: cid.id }, note: 'About glazing' })
  expect((await cid.get('/introductions')).items).toEqual([])
  expect(await cid.post(`/introductions/${asked.id}/accept`)).toMatchObject({ status: 404 })
  expect(await eve.post(`/introductions/${asked.id}/accept`)).toMatchObject({ status: 404 })
  expect(await bob.post(`/introductions/${asked.id}/accept`)).toEqual({ state: 'passed_on', space: null })
  expect((await cid.get('/introductions')).items).toMatchObject([{ id: asked.id, role: 'to', through: { id: bob.id } }])
  const { state, space } = await cid.post(`/introductions/${asked.id}/accept`)
  expect(state).toBe('met')
  for (const one of [ann, bob, cid]) expect((await one.get('/conversations')).items.map((s: Json) => s.id)).toContain(space)
  expect(await eve.get(`/spaces/${space}`)).toMatchObject({ status: 404 })
})

test('a yes that is repeated does not tell that the other one said no', async () => {
  const { ann, bob, cid } = await begin()
  await ann.post('/introductions', { to: cid.id, through: bob.id })
  const [{ id }] = (await bob.get('/introductions')).items
  const pass = () => bob.post(`/introductions/${id}/accept`, {}, { 'idempotency-key': 'pass' })
  expect(await pass()).toEqual({ state: 'passed_on', space: null })
  expect(await cid.post(`/introductions/${id}/decline`)).toEqual({ state: 'over', space: null })
  expect(await pass()).toEqual({ state: 'passed_on', space: null })
})

test('a no ends it without a word', async () => {
  const { ann, bob, cid } = await begin()
  await ann.post('/introductions', { to: cid.id, through: bob.id })
  const [{ id }] = (await bob.get('/introductions')).items
  expect(await bob.post(`/introductions/${id}/decline`)).toEqual({ state: 'over', space: null })
  expect((await cid.get('/introductions')).items).toEqual([])
  expect(await bob.post(`/introductions/${id}/accept`)).toMatchObject({ status: 404 })
  // Ann cannot tell it from waiting, and asks nobody again and again.
  expect((await ann.get('/suggestions')).people[0]).toMatchObject({ person: { id: cid.id }, introduction: 'asked' })
  expect(await ann.post('/introductions', { to: cid.id, through: bob.id })).toMatchObject({ status: 409 })
  for (const wrong of [{ to: ann.id, through: bob.id }, { to: cid.id, through: ann.id }, { to: '01a2010f-841e-7000-b1be-62788d92349e', through: bob.id }])
    expect(await ann.post('/introductions', wrong)).toMatchObject({ status: 404 })
})

test('five introductions a day are granted, also when more are asked for at once', async () => {
  const { ann, bob, olga } = await begin()
  const others: Json[] = []
  for (let i = 0; i < 7; i++) others.push(await olga.post('/people', { name: `O ${i}`, handle: `o${i}.${ann.handle}`, email: `o${i}.${ann.handle}@x.example` }))
  const answers = await Promise.all(others.map(({ id }) => ann.post('/introductions', { to: id, through: bob.id })))
  expect(answers.filter((answer: Json) => answer?.code === 'too_many_introductions')).toHaveLength(2)
})
