import { expect, test } from 'vitest'
import { type Client, type Json, scene } from '../../scene.ts'

const unread = async (person: Client) => (await person.get('/unread')) as { spaces: Record<string, number>; inbox: number }

test('all of Home is marked read, and taking it back restores exactly what was unread', async () => {
  const { ann, bob, eve, team, settled } = await scene()
  const other = await ann.post('/spaces', { name: 'Other', purpose: 'Elsewhere', visibility: 'open' })
  await bob.post(`/spaces/${other.id}/join`)
  const [first, second] = [await ann.post(`/spaces/${team.id}/entries`, { body: 'One' }), await ann.post(`/spaces/${team.id}/entries`, { body: 'Two' })]
  const reply: Json = await eve.post(`/entries/${first.id}/replies`, { body: 'Three' })
  await ann.post(`/entries/${first.id}/replies`, { body: `Four, @${bob.handle}` })
  await ann.post(`/spaces/${other.id}/entries`, { body: 'Five' })
  const talk = await ann.post('/conversations', { people: [bob.id] })
  await ann.post(`/spaces/${talk.id}/entries`, { body: 'Six' })
  // One thread is read in part, another was read and marked unread.
  await bob.post(`/entries/${first.id}/read`, { to: reply.id })
  await bob.post(`/entries/${second.id}/read`)
  await bob.post(`/entries/${second.id}/unread`)
  await settled()
  const before = await unread(bob)
  expect(before.inbox).toBe(1)
  const { id, count } = await bob.post('/read-all', { place: 'home' })
  expect(count).toBe(2)
  // Conversations are not part of Home.
  expect((await unread(bob)).spaces).toEqual({ [talk.id]: 1 })
  expect((await unread(bob)).inbox).toBe(0)
  expect(await ann.post(`/read-all/${id}/undo`)).toMatchObject({ code: 'not_found' })
  const heard = await bob.live()
  expect(await bob.post(`/read-all/${id}/undo`)).toEqual({ spaces: before.spaces, inbox: before.inbox })
  await heard.until((event) => event.type === 'reads.restored')
  expect(await unread(bob)).toEqual(before)
  expect(await bob.post(`/read-all/${id}/undo`)).toMatchObject({ code: 'not_found' })
})

test('what was read on after marking all stays read when that is taken back', async () => {
  const { ann, bob, team, settled } = await scene()
  const [first] = [await ann.post(`/spaces/${team.id}/entries`, { body: `One @${bob.handle}` }), await ann.post(`/spaces/${team.id}/entries`, { body: 'Two' })]
  await settled()
  const before = await unread(bob)
  const { id } = await bob.post('/read-all', { place: 'inbox' })
  expect(await unread(bob)).toMatchObject({ inbox: 0, spaces: { [team.id]: before.spaces[team.id] - 1 } })
  await ann.post(`/entries/${first.id}/replies`, { body: 'Three' })
  await bob.post(`/entries/${first.id}/read`)
  await bob.post(`/read-all/${id}/undo`)
  expect(await unread(bob)).toMatchObject({ inbox: 0, spaces: { [team.id]: before.spaces[team.id] - 1 } })
})
