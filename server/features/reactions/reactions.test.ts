import { expect, test } from 'vitest'
import { atOnce } from '../../../test/at-once.ts'
import { type Client, type Json, scene } from '../../scene.ts'
import { migrations } from './schema.ts'

const at = (entry: Json, emoji: string) => `/entries/${entry.id}/reactions/${encodeURIComponent(emoji)}`

async function begin() {
  const all = await scene()
  const entry: Json = await all.bob.post(`/spaces/${all.team.id}/entries`, { body: 'We did it' })
  return { ...all, entry }
}

test('a reaction is added once and taken back once, and everybody hears of it', async () => {
  const { ann, bob, eve, entry } = await begin()
  const live = await bob.live()
  for (let i = 0; i < 2; i++) expect((await ann.put(at(entry, '🎉'))).reactions).toEqual([{ emoji: '🎉', count: 1, mine: true }])
  await eve.put(at(entry, '🎉'))
  expect((await bob.get(`/entries/${entry.id}`)).reactions).toEqual([{ emoji: '🎉', count: 2, mine: false }])
  expect((await bob.get(`/entries/${entry.id}/reactions`)).items).toMatchObject([{ emoji: '🎉', person: { id: ann.id } }, { emoji: '🎉', person: { id: eve.id } }])
  for (let i = 0; i < 2; i++) expect((await ann.del(at(entry, '🎉'))).reactions).toEqual([{ emoji: '🎉', count: 1, mine: false }])
  await live.until((e) => e.type === 'reaction.removed')
  const told = live.events.filter((e) => e.type.startsWith('reaction.'))
  expect(told.map((e) => [e.type, e.actor, e.data.emoji])).toEqual([
    ['reaction.added', ann.id, '🎉'], ['reaction.added', eve.id, '🎉'], ['reaction.removed', ann.id, '🎉'],
  ])
  // What everybody gets says nothing about whose it is.
  expect(told[0].entry.reactions).toEqual([{ emoji: '🎉', count: expect.any(Number) }])
})

test('a reaction is an emoji, also one of several signs or of our own, and no text', async () => {
  const { ann, entry } = await begin()
  for (const emoji of ['👍', '👩‍👩‍👧‍👦', '🏳️‍🌈', '🇦🇹', '1️⃣', ':partyparrot:', ':ありがとう:']) expect((await ann.put(at(entry, emoji))).reactions.at(-1)).toMatchObject({ emoji })
  for (const text of ['yes', '<b>', ':', '::', ':a b\n:', '👍yes', 'x'.repeat(80)]) expect(await ann.put(at(entry, text))).toMatchObject({ status: 422, code: 'not_an_emoji' })
})

test('an emoji is the same with and without its variation selector, and everybody sees one form of it', async () => {
  const { ann, bob, eve, entry } = await begin()
  const live = await eve.live()
  await live.watch(entry.space)
  await ann.put(at(entry, '👍\ufe0f'))
  expect((await bob.put(at(entry, '👍'))).reactions).toEqual([{ emoji: '👍', count: 2, mine: true }])
  await bob.put(at(entry, '❤'))
  expect((await ann.put(at(entry, '❤\ufe0f'))).reactions[1]).toEqual({ emoji: '❤\ufe0f', count: 2, mine: true })
  expect((await ann.del(at(entry, '👍'))).reactions[0]).toEqual({ emoji: '👍', count: 1, mine: false })
  await live.until((e) => e.type === 'reaction.removed')
  expect(live.events.filter((e) => e.type.startsWith('reaction.')).map((e) => e.data.emoji)).toEqual(['👍', '👍', '❤\ufe0f', '❤\ufe0f', '👍'])
})

test('reactions from before there was one form are brought together', async () => {
  const { ann, bob, entry, host } = await begin()
  const row = { entry_id: entry.id, created_at: '2024-01-01T00:00:00Z' }
  await host.db.insertInto('reactions').values([
    { ...row, person_id: ann.id, emoji: '👍\ufe0f' }, { ...row, person_id: ann.id, emoji: '👍' },
    { ...row, person_id: bob.id, emoji: '👍\ufe0f' }, { ...row, person_id: bob.id, emoji: ':party:' },
  ]).execute()
  await migrations['0025-one-form-of-emoji'].up(host.db)
  expect((await ann.get(`/entries/${entry.id}`)).reactions).toEqual([{ emoji: ':party:', count: 1, mine: false }, { emoji: '👍', count: 2, mine: true }])
})

test('an entry takes fifty different reactions, and twenty of one person', async () => {
  const { ann, bob, eve, entry } = await begin()
  for (let i = 0; i < 50; i++) await [ann, eve, bob][Math.floor(i / 20)].put(at(entry, `:number-${i}:`))
  expect(await bob.put(at(entry, ':one-more:'))).toMatchObject({ status: 422, code: 'too_many_reactions' })
  expect((await bob.put(at(entry, ':number-7:'))).reactions[7]).toEqual({ emoji: ':number-7:', count: 2, mine: true })
  expect(await ann.put(at(entry, ':number-21:'))).toMatchObject({ status: 422, code: 'too_many_reactions' })
  expect((await ann.put(at(entry, ':number-7:'))).reactions[7].count).toBe(2)
  await ann.del(at(entry, ':number-8:'))
  expect((await ann.put(at(entry, ':number-21:'))).reactions.find((one: Json) => one.emoji === ':number-21:')).toEqual({ emoji: ':number-21:', count: 2, mine: true })
})

test('who reacted is read page by page to the end, and by emoji', async () => {
  const { ann, bob, eve, entry, host } = await begin()
  for (const emoji of [':b:', ':a:', ':c:']) for (const person of [ann, bob, eve]) await person.put(at(entry, emoji))
  // Imports bring many of one moment.
  await host.db.updateTable('reactions').set({ created_at: '2024-01-01T00:00:00.123456Z' }).where('entry_id', '=', entry.id).where('emoji', '<>', ':c:').execute()
  const found: string[] = []
  for (let cursor = ''; ;) {
    const page = await ann.get(`/entries/${entry.id}/reactions?limit=2${cursor}`)
    found.push(...page.items.map((one: Json) => one.emoji + one.person.id))
    if (!page.next) break
    cursor = `&after=${page.next}`
  }
  expect([found.length, new Set(found).size]).toEqual([9, 9])
  expect(found.slice(0, 2)).toEqual([`:a:${ann.id}`, `:b:${ann.id}`])
  const hearts = await ann.get(`/entries/${entry.id}/reactions?emoji=:c:`)
  expect([hearts.items.map((one: Json) => one.person.id), hearts.next]).toEqual([[ann.id, bob.id, eve.id], null])
  expect(await ann.get(`/entries/${entry.id}/reactions?after=${entry.id}`)).toMatchObject({ code: 'bad_cursor' })
})

test('a hundred reactions at once are counted exactly', async () => {
  const { ann, bob, eve, olga, entry } = await begin()
  const people: Client[] = [ann, bob, eve, olga]
  await atOnce(100, (i) => (i % 3 === 2 ? people[i % 4].del(at(entry, '👍')) : people[i % 4].put(at(entry, '👍'))))
  const { items } = await ann.get(`/entries/${entry.id}/reactions`)
  const { reactions } = await ann.get(`/entries/${entry.id}`)
  expect(reactions.reduce((n: number, one: Json) => n + one.count, 0)).toBe(items.length)
  const log = (await ann.get('/events?after=0&limit=100')).items
  expect(log.every((e: Json) => e.entry_id !== entry.id || !e.entry || e.entry.reactions.every((one: Json) => one.count > 0))).toBe(true)
})

test('who may not write may not react, and what is removed takes none and shows none', async () => {
  const { ann, bob, gina, entry } = await begin()
  expect(await gina.put(at(entry, '👍'))).toMatchObject({ status: 404 })
  await ann.put(at(entry, '👍'))
  await ann.post(`/entries/${entry.id}/replies`, { body: 'indeed' })
  await bob.del(`/entries/${entry.id}`)
  expect(await ann.get(`/entries/${entry.id}`)).toMatchObject({ state: 'removed', reactions: [] })
  expect((await ann.get(`/entries/${entry.id}/reactions`)).items).toEqual([])
  expect(await ann.put(at(entry, '🎉'))).toMatchObject({ status: 422, code: 'no_reactions' })
  await bob.post(`/entries/${entry.id}/restore`)
  expect((await ann.get(`/entries/${entry.id}`)).reactions).toEqual([{ emoji: '👍', count: 1, mine: true }])
})
