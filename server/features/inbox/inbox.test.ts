import { expect, test } from 'vitest'
import { type Client, type Json, scene } from '../../scene.ts'

const post = (person: Client, space: Json, body: string) => person.post(`/spaces/${space.id}/entries`, { body }) as Promise<Json>
const reply = (person: Client, entry: Json, body: string, parent?: string) => person.post(`/entries/${entry.id}/replies`, { body, parent }) as Promise<Json>

test('a mention and an answer are told live, once, and wait in the inbox by thread', async () => {
  const { ann, bob, eve, team, settled } = await scene()
  const live = await ann.live()
  const root = await post(ann, team, 'Lunch?')
  const answer = await reply(bob, root, `Yes, @${ann.handle}`)
  await settled()
  const other = await post(eve, team, `@${ann.handle} and @${bob.handle}`)
  await settled()
  await live.until((e) => e.data?.entry === other.id)
  const told = live.events.filter((e) => e.type === 'notification.created')
  expect(told.map((e) => e.data)).toEqual([
    { space: team.id, root: root.id, entry: answer.id, reasons: ['mention', 'reply'], inbox: 1, late: false },
    { space: team.id, root: other.id, entry: other.id, reasons: ['mention'], inbox: 2, late: false },
  ])
  expect((await ann.get('/inbox')).items).toMatchObject([
    { root: { id: other.id }, reasons: ['mention'], entries: [{ id: other.id }], unread: 1, space_card: { id: team.id, name: team.name }, at: other.created_at },
    { root: { id: root.id }, entries: [{ id: answer.id, mentions: [{ id: ann.id }] }], unread: 1 },
  ])
  expect((await bob.get('/inbox')).items).toHaveLength(1)
  expect((await eve.get('/inbox')).items).toEqual([])
})

test('whose words are answered is told, wherever in the thread they stand; others in it are not', async () => {
  const { ann, bob, eve, olga, team, settled } = await scene()
  const root = await post(ann, team, 'Lunch?')
  const first = await reply(bob, root, 'Where?')
  await reply(olga, root, 'Soup!')
  await reply(eve, first, 'Here')
  await settled()
  const count = async (person: Client) => (await person.get('/inbox')).items[0]?.entries.length ?? 0
  expect([await count(ann), await count(bob), await count(olga), await count(eve)]).toEqual([3, 1, 0, 0])
})

test('of a long thread the inbox shows the newest three, and counts all', async () => {
  const { ann, bob, team, settled } = await scene()
  const root = await post(ann, team, 'Count')
  const replies = []
  for (let i = 0; i < 5; i++) replies.push(await reply(bob, root, `number ${i}`))
  await settled()
  const [item] = (await ann.get('/inbox')).items
  expect(item.entries.map((entry: Json) => entry.id)).toEqual(replies.slice(-3).reverse().map(({ id }) => id))
  expect(item.unread).toBe(5)
})

test('one is told of what one may read, and of nothing that one may not read any more', async () => {
  const { ann, bob, eve, settled } = await scene()
  const board = await ann.post('/spaces', { name: 'Board', purpose: 'x', visibility: 'closed' })
  await ann.put(`/spaces/${board.id}/members/${bob.id}`, {})
  const live = await eve.live()
  await post(ann, board, `@${bob.handle} and @${eve.handle}: cnry_board`)
  await settled()
  expect((await bob.get('/inbox')).items).toHaveLength(1)
  expect(await eve.get('/inbox')).toEqual({ items: [], next: null })
  expect(live.events.filter((e) => e.type === 'notification.created')).toEqual([])
  await ann.del(`/spaces/${board.id}/members/${bob.id}`)
  expect(await bob.get('/inbox')).toEqual({ items: [], next: null })
  expect((await bob.get('/unread')).inbox).toBe(0)
  // Who comes later is not told of what was before, and finds it in the space.
  await ann.put(`/spaces/${board.id}/members/${eve.id}`, {})
  await settled()
  expect((await eve.get('/inbox')).items).toEqual([])
})

test('an edit that names somebody tells them, once; a removal takes it back', async () => {
  const { ann, bob, team, settled } = await scene()
  const live = await ann.live()
  const entry = await post(bob, team, 'Hello')
  await bob.patch(`/entries/${entry.id}`, { body: `Hello @${ann.handle}` })
  await bob.patch(`/entries/${entry.id}`, { body: `Hello, @${ann.handle}!` })
  await settled()
  await live.until((e) => e.type === 'notification.created')
  expect(live.events.filter((e) => e.type === 'notification.created')).toHaveLength(1)
  expect((await ann.get('/unread')).inbox).toBe(1)
  await bob.del(`/entries/${entry.id}`)
  expect((await ann.get('/inbox')).items).toEqual([])
  expect((await ann.get('/unread')).inbox).toBe(0)
  await bob.post(`/entries/${entry.id}/restore`)
  expect((await ann.get('/unread')).inbox).toBe(1)
})

test('nobody is told of their own words, and who was let go is not told at all', async () => {
  const { ann, bob, olga, team, settled, host } = await scene()
  const root = await post(ann, team, `I am @${ann.handle}`)
  await reply(ann, root, 'and answer myself')
  await olga.patch(`/people/${bob.id}`, { state: 'deactivated' })
  await post(ann, team, `@${bob.handle}?`)
  await settled()
  expect((await ann.get('/inbox')).items).toEqual([])
  expect((await host.pool.query('select from notifications where person_id = $1', [bob.id])).rowCount).toBe(0)
})

test('a thread is on one page, that of the newest thing it tells, however much of it there is', async () => {
  const { ann, bob, team, settled } = await scene()
  const roots: Json[] = []
  for (let i = 0; i < 4; i++) roots.push(await post(ann, team, `root ${i}`))
  for (const n of [0, 1, 2, 3, 1, 1, 1, 0]) await reply(bob, roots[n], 'again')
  await settled()
  const seen: string[][] = []
  for (let cursor = ''; ;) {
    const page = await ann.get(`/inbox?limit=1${cursor}`)
    seen.push(page.items.map((item: Json) => item.root.body))
    if (!page.next) break
    cursor = `&before=${page.next}`
  }
  expect(seen).toEqual([['root 0'], ['root 1'], ['root 3'], ['root 2']])
})

test('the inbox is read page by page', async () => {
  const { ann, bob, team, settled } = await scene()
  for (let i = 0; i < 5; i++) await post(bob, team, `@${ann.handle} ${i}`)
  await settled()
  const bodies: string[] = []
  for (let cursor = ''; ;) {
    const page = await ann.get(`/inbox?limit=2${cursor}`)
    bodies.push(...page.items.map((item: Json) => item.root.body.split(' ')[1]))
    if (!page.next) break
    cursor = `&before=${page.next}`
  }
  expect(bodies).toEqual(['4', '3', '2', '1', '0'])
})
