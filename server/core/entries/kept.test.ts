import { expect, test } from 'vitest'
import { type Client, type Json, scene } from '../../scene.ts'
import { KeptEntries, type News } from './kept.ts'
import type { EntryView } from './schema.ts'

const entry = (id: string, body = '') => ({ id, body }) as EntryView
const news = (top: number, ...facts: [number | null, string | null, string?][]): News =>
  ({ top, facts: facts.map(([seq, about, type = 'entry.edited']) => ({ seq, entry: about, root: null, type })) })

test('what was read before a fact about it was heard is not kept, and what is newer is given to nobody who saw less', () => {
  const kept = new KeptEntries()
  kept.hear(news(10))
  kept.keep([entry('a'), entry('b')], news(10))
  expect(kept.find('a', news(10))).toEqual(entry('a'))
  // Somebody else hears of a change while an older statement is still being answered.
  kept.hear(news(11, [11, 'a']))
  kept.keep([entry('a', 'old')], news(10))
  expect([kept.find('a', news(11)), kept.find('b', news(11))]).toEqual([undefined, entry('b')])
  kept.keep([entry('a', 'new')], news(11))
  expect([kept.find('a', news(10)), kept.find('a', news(11))]).toEqual([undefined, entry('a', 'new')])
})

test('what is being changed by a fact without a number is not kept, and a fact about a person drops everything', () => {
  const kept = new KeptEntries()
  kept.hear(news(5, [null, 'a']))
  kept.keep([entry('a'), entry('b')], news(5, [null, 'a']))
  expect([kept.find('a', news(5)), kept.find('b', news(5))]).toEqual([undefined, entry('b')])
  kept.hear(news(6, [6, null, 'read.marked']))
  expect(kept.find('b', news(6))).toEqual(entry('b'))
  kept.hear(news(7, [7, null, 'person.changed']))
  expect(kept.find('b', news(7))).toBeUndefined()
  kept.keep([entry('b')], news(6))
  expect(kept.find('b', news(7))).toBeUndefined()
})

test('whoever asks after something was done sees it, in every list and from every process', { timeout: 120_000 }, async () => {
  const { ann, bob, team } = await scene()
  const root = await ann.post(`/spaces/${team.id}/entries`, { body: 'first words' })
  const reply = await bob.post(`/entries/${root.id}/replies`, { body: 'a reply' })
  const seen = async (who: Client, look: (entry: Json) => unknown) => {
    const found = new Set<string>()
    for (let i = 0; i < 4; i++) {
      const lists = [(await who.get('/home')).items, (await who.get(`/spaces/${team.id}/entries?order=active`)).items, [(await who.get(`/entries/${root.id}/thread`)).root]]
      for (const list of lists) found.add(JSON.stringify(look(list.find((one: Json) => one.id === root.id))))
    }
    return [...found].map((text) => JSON.parse(text))
  }
  expect(await seen(bob, ({ body, reply_count }) => [body, reply_count])).toEqual([['first words', 1]])
  await ann.patch(`/entries/${root.id}`, { body: 'other words' })
  expect(await seen(bob, ({ body }) => body)).toEqual(['other words'])
  await bob.put(`/entries/${root.id}/reactions/${encodeURIComponent('🎉')}`)
  expect(await seen(bob, ({ reactions }) => reactions)).toEqual([[{ emoji: '🎉', count: 1, mine: true }]])
  expect(await seen(ann, ({ reactions }) => reactions)).toEqual([[{ emoji: '🎉', count: 1, mine: false }]])
  await ann.patch('/me', { name: 'Ann the Second' })
  expect(await seen(bob, ({ by }) => by.name)).toEqual(['Ann the Second'])
  await bob.del(`/entries/${reply.id}`)
  expect(await seen(bob, ({ reply_count, repliers }) => [reply_count, repliers])).toEqual([[0, []]])
})
