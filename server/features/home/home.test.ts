import { expect, test } from 'vitest'
import { type Client, type Json, scene } from '../../scene.ts'

const post = (person: Client, space: Json, body: string) => person.post(`/spaces/${space.id}/entries`, { body }) as Promise<Json>
const ids = (page: Json) => page.items.map((item: Json) => item.id)

test('home is the threads of the spaces one follows, the newest activity first', async () => {
  const { ann, bob, eve, team } = await scene()
  const other = await ann.post('/spaces', { name: 'Other', purpose: 'x' })
  const [first, second] = [await post(bob, team, 'first'), await post(ann, other, 'second')]
  expect(ids(await ann.get('/home'))).toEqual([second.id, first.id])
  await eve.post(`/entries/${first.id}/replies`, { body: 'new here' })
  const { items, next } = await ann.get('/home')
  expect(items.map((item: Json) => [item.id, item.unread, item.reply_count])).toEqual([[first.id, 2, 1], [second.id, 0, 0]])
  expect(items[0]).toMatchObject({ space_card: { id: team.id, name: team.name, audience: { scope: 'organisation' } }, repliers: [{ id: eve.id }] })
  expect(next).toBeNull()
  // Open, but not followed: there to be found, not at home.
  expect(ids(await bob.get('/home'))).toEqual([first.id])
  expect(ids(await eve.get('/home'))).toEqual([])
})

test('conversations are not at home, and neither is what was removed', async () => {
  const { ann, bob, team } = await scene()
  const conversation = await ann.post('/conversations', { people: [bob.id] })
  await post(bob, conversation, 'psst')
  const [kept, gone] = [await post(bob, team, 'kept'), await post(bob, team, 'gone')]
  await ann.post(`/entries/${kept.id}/replies`, { body: 'hm' })
  for (const entry of [kept, gone]) await bob.del(`/entries/${entry.id}`)
  expect((await ann.get('/home')).items).toMatchObject([{ id: kept.id, state: 'removed', body: '' }])
})

test('unread threads alone, also where only an answer is new', async () => {
  const { ann, bob, team } = await scene()
  const [one, two, three] = [await post(bob, team, 'one'), await post(bob, team, 'two'), await post(ann, team, 'three')]
  await ann.post(`/spaces/${team.id}/read`)
  expect(ids(await ann.get('/home?unread=true'))).toEqual([])
  await bob.post(`/entries/${one.id}/replies`, { body: 'news' })
  await bob.post(`/entries/${three.id}/replies`, { body: 'news' })
  await ann.post(`/entries/${two.id}/replies`, { body: 'my own' })
  expect(ids(await ann.get('/home?unread=true'))).toEqual([three.id, one.id])
  await ann.post(`/entries/${three.id}/read`)
  expect(ids(await ann.get('/home?unread=true'))).toEqual([one.id])
})

test('unread are also threads that were marked so below what was read, page by page', async () => {
  const { ann, bob, team } = await scene()
  const posted: Json[] = []
  for (const body of ['one', 'two', 'three', 'four']) posted.push(await post(bob, team, body))
  const [one, two, three, four] = posted
  await ann.post(`/spaces/${team.id}/read`, { to: three.id })
  for (const entry of [one, two]) await ann.post(`/entries/${entry.id}/unread`)
  expect(ids(await ann.get('/home?unread=true'))).toEqual([four.id, two.id, one.id])
  const first = await ann.get('/home?unread=true&limit=2')
  expect(ids(first)).toEqual([four.id, two.id])
  expect(ids(await ann.get(`/home?unread=true&limit=2&before=${first.next}`))).toEqual([one.id])
  await ann.post(`/entries/${two.id}/read`)
  await ann.post(`/entries/${four.id}/read`)
  expect(ids(await ann.get('/home?unread=true'))).toEqual([one.id])
})

test('page by page nothing is missed or doubled, and the end is the end', async () => {
  const { ann, bob, team } = await scene()
  const other = await ann.post('/spaces', { name: 'Other', purpose: 'x' })
  const posted: string[] = []
  for (let i = 0; i < 23; i++) posted.push((await post(i % 2 ? ann : bob, i % 2 ? other : team, `number ${i}`)).id)
  const read: string[] = []
  for (let cursor = ''; ;) {
    const page = await ann.get(`/home?limit=5${cursor}`)
    read.push(...ids(page))
    if (!page.next) break
    cursor = `&before=${page.next}`
  }
  expect(read).toEqual(posted.toReversed())
})
