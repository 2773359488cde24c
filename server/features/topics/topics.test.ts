import { expect, test } from 'vitest'
import { type Json, scene } from '../../scene.ts'

const ids = (page: Json) => page.items.map((item: Json) => item.id)

test('a topic gathers what was said on it, however it is written, newest first and page by page', async () => {
  const { ann, bob, eve, team } = await scene()
  const topic = `Zellchemie${ann.handle}`
  const post = (body: string) => bob.post(`/spaces/${team.id}/entries`, { body })
  const first = await post(`about #${topic} today`)
  const second = await post(`#${topic.toUpperCase()}, again`)
  await post(`not \`#${topic}\` and not x#${topic}`)
  const answer = await ann.post(`/entries/${first.id}/replies`, { body: `yes, #${topic.toLowerCase()}!` })
  expect(ids(await eve.get(`/topics/${topic}/entries`))).toEqual([answer.id, second.id, first.id])
  const page = await eve.get(`/topics/${topic}/entries?limit=2`)
  expect(ids(await eve.get(`/topics/${topic}/entries?limit=2&before=${page.next}`))).toEqual([first.id])
  expect(ids(await eve.get('/topics/nobody-ever-said-this/entries'))).toEqual([])
})

test('topics are written in any script', async () => {
  const { bob, ann, team } = await scene()
  const topic = `電池${ann.handle}`
  const entry = await bob.post(`/spaces/${team.id}/entries`, { body: `今日の #${topic} です` })
  expect(ids(await ann.get(`/topics/${encodeURIComponent(topic)}/entries`))).toEqual([entry.id])
})

test('an edit changes the topics; what is removed or not for one is not there', async () => {
  const { ann, bob, eve, team } = await scene()
  const [before, after] = [`before-${ann.handle}`, `after-${ann.handle}`]
  const entry = await bob.post(`/spaces/${team.id}/entries`, { body: `#${before}` })
  await bob.patch(`/entries/${entry.id}`, { body: `#${after}` })
  expect(ids(await ann.get(`/topics/${before}/entries`))).toEqual([])
  expect(ids(await ann.get(`/topics/${after}/entries`))).toEqual([entry.id])
  await ann.post(`/entries/${entry.id}/replies`, { body: 'hm' })
  await bob.del(`/entries/${entry.id}`)
  expect(ids(await ann.get(`/topics/${after}/entries`))).toEqual([])
  const closed = await ann.post('/spaces', { name: 'Board', purpose: 'x', visibility: 'closed' })
  await ann.post(`/spaces/${closed.id}/entries`, { body: `#${after}` })
  expect(ids(await eve.get(`/topics/${after}/entries`))).toEqual([])
  expect(ids(await ann.get(`/topics/${after}/entries`))).toHaveLength(1)
})
