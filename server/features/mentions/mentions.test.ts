import { expect, test } from 'vitest'
import { type Json, scene } from '../../scene.ts'

const handles = (items: Json[]) => items.map((item) => item.handle)

test('suggestions are people who can read the space, its members first', async () => {
  const { ann, bob, eve, gina, team } = await scene()
  const n = ann.handle.slice(3)
  const suggest = async (space: Json, q: string) => handles((await ann.get(`/mention-suggestions?space=${space.id}&q=${q}`)).items)
  expect(await suggest(team, 'bo')).toContain(bob.handle)
  expect(await suggest(team, `eve${n}`)).toEqual([eve.handle])
  expect(await suggest(team, gina.handle)).toEqual([])
  const everyone = await suggest(team, n)
  expect(everyone.indexOf(bob.handle)).toBeLessThan(everyone.indexOf(eve.handle))
  expect(everyone).not.toContain(ann.handle)
  const closed = await ann.post('/spaces', { name: 'Board', purpose: 'x', visibility: 'closed' })
  expect(await suggest(closed, n)).toEqual([])
  await ann.put(`/spaces/${closed.id}/members/${gina.id}`, {})
  expect(await suggest(closed, n)).toEqual([gina.handle])
  expect(await bob.get(`/mention-suggestions?space=${closed.id}&q=`)).toMatchObject({ status: 404 })
})

test('signs that mean something to a search are taken as they are', async () => {
  const { ann, team } = await scene()
  for (const q of ['%', '_', '\\', "'", '%25', '*', ')'])
    expect((await ann.get(`/mention-suggestions?space=${team.id}&q=${encodeURIComponent(q)}`)).items).toEqual([])
})

test('a mention leads to a person as they are called now; words that only look like one stay words', async () => {
  const { ann, bob, eve, team } = await scene()
  const body = `@${bob.handle}, ask @${eve.handle.toUpperCase()}. Not \`@${ann.handle}\`, not mail@${ann.handle}, not @nobody-here`
  const entry = await ann.post(`/spaces/${team.id}/entries`, { body })
  expect(entry.mentions.map((one: Json) => one.id).toSorted()).toEqual([bob.id, eve.id].toSorted())
  await bob.patch('/me', { name: 'Robert' })
  expect((await ann.get(`/entries/${entry.id}`)).mentions.find((one: Json) => one.id === bob.id)).toEqual({ id: bob.id, handle: bob.handle, name: 'Robert' })
  expect((await ann.patch(`/entries/${entry.id}`, { body: `only @${eve.handle}` })).mentions).toEqual([{ id: eve.id, handle: eve.handle, name: 'Eve' }])
})

test('a guest mentions only whom they may know of', async () => {
  const { ann, eve, gina } = await scene()
  const closed = await ann.post('/spaces', { name: 'Board', purpose: 'x', visibility: 'closed' })
  await ann.put(`/spaces/${closed.id}/members/${gina.id}`, {})
  const entry = await gina.post(`/spaces/${closed.id}/entries`, { body: `@${ann.handle} and @${eve.handle}` })
  expect(entry.mentions.map((one: Json) => one.id)).toEqual([ann.id])
})
