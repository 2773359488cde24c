import { expect, test } from 'vitest'
import { findAlike } from './alike.ts'
import { keepApart } from './apart.ts'
import type { TreeRegion } from './tree.ts'

const region = (id: string, parent = -1): TreeRegion => ({ id, label: '', people: [], parent, parts: [], isLeaf: true })

test('groups that say the same and hardly anything to each other are told of each other; not those that talk already', () => {
  const words = [['clay', 'kiln', 'glaze'], ['kiln', 'clay', 'oven'], ['oven', 'bread'], ['clay', 'kiln']]
  const regions = ['a', 'b', 'c', 'd'].map((id) => region(id))
  expect(findAlike(regions, words, [])).toEqual([{ a: 0, b: 1, words: ['clay', 'kiln'] }, { a: 0, b: 3, words: ['clay', 'kiln'] }, { a: 1, b: 3, words: ['kiln', 'clay'] }])
  const link = (share: number, ratio: number) => ({ a: 1, b: 0, share, ratio })
  expect(findAlike(regions, words, [link(0.3, 0.4)]).some(({ a, b }) => a === 0 && b === 1)).toBe(false)
  expect(findAlike(regions, words, [link(0.05, 1)]).some(({ a, b }) => a === 0 && b === 1)).toBe(false)
  expect(findAlike(regions, words, [link(0.05, 0.4)]).some(({ a, b }) => a === 0 && b === 1)).toBe(true)
  expect(findAlike([region('a'), region('b', 0)], words, [])).toEqual([])
})

test('a group that is nearly another one, but for a few, is told only with others', () => {
  const people = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `p${from + i}`)
  const group = (label: string, from: number, to: number) => ({ label, people: people(from, to) })
  const merge = (a: { label: string; people: string[] }, b: { label: string; people: string[] }) => ({ label: '', people: [...a.people, ...b.people] })
  const apart = (groups: { label: string; people: string[] }[], other: string[]) => keepApart(groups, [other], 8, merge).map(({ label, people: all }) => [label, all.length])
  const groups = [group('x', 0, 20), group('y', 20, 40), group('z', 40, 50)]
  expect(apart(groups, people(0, 20))).toEqual([['x', 20], ['y', 20], ['z', 10]])
  expect(apart(groups, people(0, 12))).toEqual([['x', 20], ['y', 20], ['z', 10]])
  expect(apart(groups, people(0, 17))).toEqual([['y', 20], ['', 30]])
  expect(apart(groups, people(0, 23))).toEqual([['y', 20], ['', 30]])
  // Neither lies within the other: from both together nothing follows about the few.
  expect(apart(groups, people(3, 30))).toEqual([['x', 20], ['y', 20], ['z', 10]])
})
