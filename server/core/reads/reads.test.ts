import { expect, test } from 'vitest'
import { type Client, type Json, scene } from '../../scene.ts'

/** What is unread, wherever it is counted: the four must always agree. */
async function unread(person: Client, space: Json): Promise<number> {
  const [counts, card, flat, home] = await Promise.all([
    person.get('/unread'), person.get(`/spaces/${space.id}`), person.get(`/spaces/${space.id}/entries?view=flat&limit=100`), person.get('/home?limit=100'),
  ])
  const inList = flat.items.filter((entry: Json) => entry.unread).length
  const inHome = home.items.filter((item: Json) => item.space === space.id).reduce((n: number, item: Json) => n + item.unread, 0)
  const found = [counts.spaces[space.id] ?? 0, card.my.unread, inList, ...(space.kind === 'community' ? [inHome] : [])]
  expect(new Set(found), JSON.stringify(found)).toHaveLength(1)
  return found[0]
}

const post = (person: Client, space: Json, body = 'hello') => person.post(`/spaces/${space.id}/entries`, { body }) as Promise<Json>
const reply = (person: Client, entry: Json, body = 'hi') => person.post(`/entries/${entry.id}/replies`, { body }) as Promise<Json>

test('what others say is unread until one reads it; what one says oneself never is', async () => {
  const { ann, bob, team } = await scene()
  const first = await post(bob, team)
  await post(ann, team)
  expect([await unread(ann, team), await unread(bob, team)]).toEqual([1, 1])
  await reply(bob, first)
  await reply(ann, first)
  expect([await unread(ann, team), await unread(bob, team)]).toEqual([2, 2])
  await ann.post(`/entries/${first.id}/read`)
  expect([await unread(ann, team), await unread(bob, team)]).toEqual([0, 2])
  await bob.post(`/spaces/${team.id}/read`)
  expect(await unread(bob, team)).toBe(0)
})

test('what was said before one came is not unread, also not when one comes back', async () => {
  const { ann, bob, eve, team } = await scene()
  const first = await post(bob, team)
  await reply(ann, first)
  await eve.post(`/entries/${first.id}/read`, { to: first.id })
  await eve.post(`/spaces/${team.id}/join`)
  expect(await unread(eve, team)).toBe(0)
  const second = await reply(ann, first)
  expect(await unread(eve, team)).toBe(1)
  await eve.post(`/entries/${first.id}/read`, { to: second.id })
  await eve.post(`/spaces/${team.id}/leave`)
  expect((await eve.get('/unread')).spaces).toEqual({})
  await reply(ann, first)
  await post(ann, team)
  await eve.post(`/spaces/${team.id}/join`)
  expect(await unread(eve, team)).toBe(0)
})

test('reading up to an entry leaves what follows unread, and never goes back', async () => {
  const { ann, bob, team } = await scene()
  const root = await post(bob, team)
  const replies = [await reply(bob, root), await reply(bob, root), await reply(bob, root)]
  expect(await ann.post(`/entries/${root.id}/read`, { to: replies[0].id })).toMatchObject({ root: root.id, read_to: replies[0].id, unread: 2 })
  expect(await unread(ann, team)).toBe(2)
  expect(await ann.post(`/entries/${replies[2].id}/read`, { to: root.id })).toMatchObject({ read_to: replies[0].id, unread: 2 })
  expect((await ann.get(`/entries/${root.id}/thread`)).read_to).toBe(replies[0].id)
  // A position beyond the end does not count as read what is still to come.
  await ann.post(`/entries/${root.id}/read`, { to: 'ffffffff-ffff-7fff-bfff-ffffffffffff' })
  expect(await unread(ann, team)).toBe(0)
  await reply(bob, root)
  expect(await unread(ann, team)).toBe(1)
})

test('reading the older part of a thread, or of a space, leaves read what was read beyond it, and unread what was not', async () => {
  const { ann, bob, team } = await scene()
  const root = await post(bob, team)
  const replies = [await reply(bob, root), await reply(bob, root)]
  await ann.post(`/spaces/${team.id}/read`)
  expect(await ann.post(`/entries/${root.id}/read`, { to: replies[0].id })).toMatchObject({ unread: 0 })
  expect(await unread(ann, team)).toBe(0)
  await ann.post(`/entries/${replies[0].id}/unread`)
  await ann.post(`/spaces/${team.id}/read`, { to: root.id })
  expect(await unread(ann, team)).toBe(2)
  await ann.post(`/spaces/${team.id}/read`, { to: replies[0].id })
  expect(await unread(ann, team)).toBe(1)
})

test('an entry is marked unread, with what follows it in its thread', async () => {
  const { ann, bob, team } = await scene()
  const root = await post(bob, team)
  const replies = [await reply(bob, root), await reply(ann, root), await reply(bob, root)]
  await ann.post(`/spaces/${team.id}/read`)
  await ann.post(`/entries/${replies[0].id}/unread`)
  expect(await unread(ann, team)).toBe(2)
  expect((await ann.get(`/entries/${root.id}/thread`)).read_to).toBe(root.id)
  await ann.post(`/entries/${root.id}/unread`)
  expect(await unread(ann, team)).toBe(3)
  await ann.post(`/spaces/${team.id}/read`)
  expect(await unread(ann, team)).toBe(0)
})

test('what is removed is not unread, and is again when it comes back', async () => {
  const { ann, bob, team } = await scene()
  const root = await post(bob, team)
  const answer = await reply(bob, root)
  await bob.del(`/entries/${root.id}`)
  expect(await unread(ann, team)).toBe(1)
  await bob.del(`/entries/${answer.id}`)
  expect(await unread(ann, team)).toBe(0)
  await bob.post(`/entries/${root.id}/restore`)
  expect(await unread(ann, team)).toBe(1)
})

test('two devices of one person agree, by counts and not by sums', async () => {
  const { ann, bob, team } = await scene()
  const [one, two] = [await ann.live(), await ann.live()]
  const other = await bob.live()
  const root = await post(bob, team, `@${ann.handle} look`)
  await reply(bob, root)
  await one.until((e) => e.type === 'notification.created')
  await ann.post(`/entries/${root.id}/read`)
  for (const device of [one, two]) {
    const event = await device.until((e) => e.type === 'read.marked')
    expect(event.data).toMatchObject({ space: team.id, root: root.id, unread: 0, inbox: 0 })
  }
  await ann.post(`/entries/${root.id}/unread`)
  const counts = await ann.get('/unread')
  const event = await two.until((e) => e.type === 'read.marked' && e.data.unread === 2)
  expect(event.data).toMatchObject({ unread: counts.spaces[team.id], inbox: counts.inbox })
  expect(other.events.filter((e) => e.type === 'read.marked' || e.type === 'notification.created')).toEqual([])
})

test('what is read in a thread is read in the inbox, and the other way round', async () => {
  const { ann, bob, team, settled } = await scene()
  const root = await post(ann, team)
  await reply(bob, root)
  const mention = await reply(bob, root, `@${ann.handle}`)
  await settled()
  expect((await ann.get('/inbox')).items).toMatchObject([{ root: { id: root.id }, unread: 2, reasons: ['mention', 'reply'] }])
  expect((await ann.get('/unread')).inbox).toBe(1)
  await ann.post(`/entries/${root.id}/read`, { to: mention.id })
  expect((await ann.get('/inbox')).items).toMatchObject([{ root: { id: root.id }, unread: 0 }])
  expect((await ann.get('/unread')).inbox).toBe(0)
  expect(await unread(ann, team)).toBe(0)
  await ann.post(`/entries/${mention.id}/unread`)
  expect((await ann.get('/unread'))).toMatchObject({ inbox: 1, spaces: { [team.id]: 1 } })
})

test('a count stops at one hundred', async () => {
  const { ann, bob, team } = await scene()
  const root = await post(bob, team)
  for (let i = 0; i < 11; i++) await Promise.all(Array.from({ length: 10 }, () => reply(bob, root)))
  expect((await ann.get('/unread')).spaces[team.id]).toBe(100)
  expect((await ann.get(`/spaces/${team.id}`)).my.unread).toBe(100)
  expect((await ann.post(`/entries/${root.id}/read`)).unread).toBe(0)
})

test('reading while others write never hides what is new', async () => {
  const { ann, bob, eve, team } = await scene()
  const root = await post(bob, team)
  const writing = Promise.all([bob, eve].map(async (person) => {
    for (let i = 0; i < 15; i++) await reply(person, root)
  }))
  const seen = new Set<string>()
  let isDone = false
  void writing.then(() => (isDone = true))
  for (let last = false; !last; ) {
    last = isDone
    const thread = await ann.get(`/entries/${root.id}/thread?limit=100`)
    for (const { id } of thread.items) seen.add(id)
    await ann.post(`/entries/${root.id}/read`, { to: thread.items.at(-1)?.id ?? root.id })
  }
  expect(seen.size).toBe(30)
  expect(await unread(ann, team)).toBe(0)
})

test('who may not read a thread cannot mark it either', async () => {
  const { ann, eve, gina, team } = await scene()
  const board = await ann.post('/spaces', { name: 'Board', purpose: 'x', visibility: 'closed' })
  const entry = await post(ann, board)
  for (const verb of ['read', 'unread']) expect(await eve.post(`/entries/${entry.id}/${verb}`)).toMatchObject({ status: 404 })
  expect(await eve.post(`/spaces/${board.id}/read`)).toMatchObject({ status: 404 })
  expect(await gina.post(`/spaces/${team.id}/read`)).toMatchObject({ status: 404 })
})
