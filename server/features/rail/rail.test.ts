import { expect, test } from 'vitest'
import { type Json, scene } from '../../scene.ts'

test('each arranges their own rail, and their other devices hear of it, nobody else', async () => {
  const { ann, bob, team } = await scene()
  const talk: Json = await ann.post('/conversations', { people: [bob.id] })
  expect(await ann.get('/me/rail')).toEqual({ favourites: [], sequence: [], unread_first: false })
  const [other, his] = [await ann.live(), await bob.live()]
  await his.watch(team.id)
  expect(await ann.patch('/me/rail', { favourites: [talk.id, team.id, talk.id] })).toEqual({ favourites: [talk.id, team.id], sequence: [], unread_first: false })
  await other.until((event) => event.type === 'rail.changed')
  expect(await ann.patch('/me/rail', { sequence: [team.id], unread_first: true })).toEqual({ favourites: [talk.id, team.id], sequence: [team.id], unread_first: true })
  await bob.post(`/spaces/${team.id}/entries`, { body: 'x' })
  await his.until((event) => event.type === 'entry.published')
  expect(his.events.filter(({ type }: Json) => type === 'rail.changed')).toEqual([])
  expect(await bob.get('/me/rail')).toMatchObject({ favourites: [] })
  other.close()
  his.close()
})

test('what one may not read is no favourite, and stops being one', async () => {
  const { ann, bob, eve } = await scene()
  const board: Json = await ann.post('/spaces', { name: 'Board', purpose: 'x', visibility: 'secret' })
  const denied = await eve.patch('/me/rail', { favourites: [board.id] })
  expect(denied).toEqual(await eve.patch('/me/rail', { favourites: ['01a2010f-841e-7000-b1be-62788d92349e'] }))
  expect(denied).toMatchObject({ status: 404 })
  await ann.put(`/spaces/${board.id}/members/${bob.id}`)
  expect((await bob.patch('/me/rail', { favourites: [board.id], sequence: [board.id] })).favourites).toEqual([board.id])
  await ann.del(`/spaces/${board.id}/members/${bob.id}`)
  expect(await bob.get('/me/rail')).toEqual({ favourites: [], sequence: [], unread_first: false })
  for (const wrong of [{ favourites: ['x'] }, { favourites: Array.from({ length: 51 }, () => board.id) }, { unread_first: 'yes' }]) expect(await bob.patch('/me/rail', wrong)).toMatchObject({ status: 422 })
})
