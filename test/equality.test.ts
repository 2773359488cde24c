import { expect, test, vi } from 'vitest'
import { eventTypes } from '../server/kernel/events.ts'
import { type Json, scene } from '../server/scene.ts'
import { equalities, expectEventsEqualFetch } from './equality.ts'
import './features.ts'
import { user } from './slack-archives.ts'
import { base, entriesOf, finished, people, send, spaceOf, workspace } from './slack-scene.ts'

// Each comparison waits until the log stands still for every viewer.
vi.setConfig({ testTimeout: 120_000 })

const seen = new Set<string>()

/** Ann and Bob in an open space with two threads, and Eve who reads along without following it. */
async function stage() {
  const all = await scene()
  const { ann, bob, eve, team, settled } = all
  const first: Json = await bob.post(`/spaces/${team.id}/entries`, { title: 'Lunch', body: 'Soup on #soup, @everyone?' })
  const reply: Json = await ann.post(`/entries/${first.id}/replies`, { body: 'Yes #soup' })
  const second: Json = await ann.post(`/spaces/${team.id}/entries`, { body: `Dinner, @${bob.handle}?` })
  const direct: Json = await ann.post('/conversations', { people: [bob.id] })
  await bob.post(`/spaces/${direct.id}/entries`, { body: 'psst' })
  await settled()
  const views = { spaces: [team.id, direct.id], threads: [first.id, second.id], topics: ['soup'] }
  const equal = async (command: () => Promise<unknown>, asks: string[] = []) => {
    for (const event of await expectEventsEqualFetch([ann, bob, eve], views, command, { asks })) seen.add(event.type)
  }
  return { ...all, first, reply, second, direct, equal }
}

test('a post and a reply', async () => {
  const { ann, bob, eve, team, first, second, equal } = await stage()
  await equal(() => bob.post(`/spaces/${team.id}/entries`, { title: 'News', body: 'Bread #bread' }))
  await equal(() => ann.post(`/entries/${second.id}/replies`, { body: 'At eight' }), ['inbox', 'unread', 'home/unread'])
  await equal(() => eve.post(`/entries/${first.id}/replies`, { body: 'From outside' }), ['inbox', 'unread', 'home/unread'])
})

test('a mention', async () => {
  const { ann, bob, team, equal } = await stage()
  await equal(() => bob.post(`/spaces/${team.id}/entries`, { body: `Look, @${ann.handle}` }), ['inbox', 'unread'])
})

test('a line in a conversation', async () => {
  const { ann, bob, direct, equal } = await stage()
  await equal(() => ann.post(`/spaces/${direct.id}/entries`, { body: 'hush' }))
  await equal(() => bob.post(`/spaces/${direct.id}/entries`, { body: 'hush yourself' }))
})

test('an edit', async () => {
  const { ann, bob, first, reply, equal } = await stage()
  await equal(() => bob.patch(`/entries/${first.id}`, { title: 'Lunch!', body: 'Soup on #soup, now' }))
  await equal(() => ann.patch(`/entries/${reply.id}`, { body: 'No #soup' }))
})

test('a removal and its undoing', async () => {
  const { ann, bob, first, reply, second, equal } = await stage()
  const asks = ['inbox', 'unread', 'conversations', 'topic', 'entries', 'home', 'entry', 'thread']
  await equal(() => ann.del(`/entries/${reply.id}`), asks)
  await equal(() => ann.post(`/entries/${reply.id}/restore`), asks)
  await equal(() => bob.del(`/entries/${first.id}`), asks)
  await equal(() => bob.post(`/entries/${first.id}/restore`), asks)
  await equal(() => ann.post(`/entries/${second.id}/replies`, { body: 'so?' }), asks)
})

test('a reaction and its withdrawal', async () => {
  const { ann, bob, eve, first, reply, equal } = await stage()
  for (const [person, entry] of [[ann, first], [bob, reply], [eve, first]] as const) {
    await equal(() => person.put(`/entries/${entry.id}/reactions/🎉`))
    await equal(() => person.del(`/entries/${entry.id}/reactions/🎉`))
  }
})

test('reading, marking unread, and reading a whole space', async () => {
  const { ann, bob, team, first, second, equal, settled } = await stage()
  await equal(() => bob.post(`/entries/${second.id}/read`), ['inbox'])
  await equal(() => ann.post(`/entries/${first.id}/read`), ['inbox'])
  // A mark inside of a thread leaves a number that the server counts.
  const asks = ['home', 'inbox', 'entries']
  const third = await bob.post(`/entries/${first.id}/replies`, { body: 'one' })
  await bob.post(`/entries/${first.id}/replies`, { body: 'two' })
  await settled()
  await equal(() => ann.post(`/entries/${first.id}/read`, { to: third.id }), asks)
  await equal(() => bob.post(`/entries/${second.id}/unread`), asks)
  await equal(() => ann.post(`/spaces/${team.id}/read`), asks)
  await equal(() => bob.post(`/spaces/${team.id}/read`), asks)
  await bob.post(`/entries/${first.id}/replies`, { body: 'three' })
  await settled()
  let all: { id: string } | undefined
  await equal(async () => { all = await ann.post('/read-all', { place: 'home' }) }, [...asks, 'unread'])
  // Everything that tells of reading may be different when it is taken back.
  await equal(() => ann.post(`/read-all/${all!.id}/undo`), [''])
})

test('joining and leaving', async () => {
  const { eve, bob, team, equal } = await stage()
  const asks = ['home', 'inbox', 'unread', 'entries', 'thread']
  await equal(() => eve.post(`/spaces/${team.id}/join`), asks)
  await equal(() => eve.post(`/spaces/${team.id}/leave`), asks)
  await equal(() => bob.post(`/spaces/${team.id}/leave`), asks)
})

test('a charter, an archive, roles', async () => {
  const { ann, bob, team, equal } = await stage()
  await equal(() => ann.patch(`/spaces/${team.id}`, { name: 'Another name' }), ['home', 'inbox'])
  await equal(() => ann.put(`/spaces/${team.id}/members/${bob.id}`, { role: 'host' }), [])
  await equal(() => ann.post(`/spaces/${team.id}/archive`), ['home'])
  await equal(() => ann.post(`/spaces/${team.id}/unarchive`), ['home'])
})

test('a profile', async () => {
  const { ann, bob, equal } = await stage()
  await equal(() => bob.patch('/me', { name: 'Robert', title: 'Cook' }), ['conversations'])
  const { space } = await ann.get('/me')
  await bob.post(`/spaces/${space}/join`)
  await ann.post(`/spaces/${space}/entries`, { body: 'news' })
  await equal(() => ann.patch('/me', { name: 'Anna' }), ['conversations'])
})

test('who comes into a closed space and goes', async () => {
  const { ann, bob, eve } = await scene()
  const board = await ann.post('/spaces', { name: 'Board', purpose: 'x', visibility: 'closed' })
  await ann.put(`/spaces/${board.id}/members/${bob.id}`, {})
  const entry = await ann.post(`/spaces/${board.id}/entries`, { body: `@${bob.handle}` })
  const views = { spaces: [board.id], threads: [entry.id] }
  await expectEventsEqualFetch([ann, bob], views, () => ann.put(`/spaces/${board.id}/members/${eve.id}`, {}), { asks: ['inbox'] })
  await expectEventsEqualFetch([ann, bob], views, () => eve.post(`/spaces/${board.id}/leave`), { asks: ['inbox'] })
})

test('words of an import that somebody says are theirs', async () => {
  const { olga, ann, eve } = await scene()
  const w = workspace()
  const files = { ...base(w), 'users.json': [people(w)[0], user(w.u(2), 'x', { profile: { email: `${ann.handle}@x.example` } })] }
  const { id } = await finished(olga, (await send(files, olga)).id)
  const space = await spaceOf(eve, w.room)
  await eve.post(`/spaces/${space.id}/join`)
  const [head] = await entriesOf(eve, space.id)
  const views = { spaces: [space.id], threads: [head.id] }
  const asks = ['home', 'entries', 'thread', 'entry']
  for (const event of await expectEventsEqualFetch([ann, eve], views, () => ann.post(`/attributions/${id}/confirm`), { asks })) seen.add(event.type)
})

test.each(equalities)('what a feature brings: $name', async ({ play }) => {
  await play(await scene(), async (viewers, views, command, asks = []) => {
    for (const event of await expectEventsEqualFetch(viewers, views, command, { asks })) seen.add(event.type)
  })
})

test('every fact that changes what one reads was in a test of this file', () => {
  const others = /^(join|ties|draft|communit(y|ies)|introduction|space\.(invited|opened|imported)|session|person\.joined|attribution\.asked|waiting|scheduled|links\.switched|rail|network|emoji|look|test)/
  const missing = eventTypes().map(({ type }) => type).filter((type) => !others.test(type) && !seen.has(type))
  expect(missing).toEqual([])
})
