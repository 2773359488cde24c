import { expect, test } from 'vitest'
import { fc, rounds } from '../../../test/chance.ts'
import { settle } from './settle.ts'

const LEAST = 8
const people = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, i) => `p${from + i}`)
const ids = () => {
  let last = 0
  return () => `new${++last}`
}
const told = (before: Record<string, string[]>, wanted: string[][]) => settle(new Map(Object.entries(before)), wanted, LEAST, ids())

test('a single person who would move stays, eight move', () => {
  const before = { a: people(0, 20), b: people(20, 40) }
  const one = told(before, [people(1, 20), [...people(20, 40), 'p0']])
  expect([...one.groups].map(([id, group]) => [id, group.toSorted()])).toEqual(Object.entries(before).map(([id, group]) => [id, group.toSorted()]))
  const eight = told(before, [people(8, 20), [...people(20, 40), ...people(0, 8)]])
  expect(eight.groups.get('b')).toHaveLength(28)
})

test('who is new waits until eight come, and a group that is all new is told at once', () => {
  const before = { a: people(0, 20) }
  const few = told(before, [people(0, 27)])
  expect([few.groups.get('a')!.length, few.waiting.length]).toEqual([20, 7])
  expect(told(before, [people(0, 28)]).groups.get('a')).toHaveLength(28)
  expect(told(before, [people(0, 20), people(30, 38)]).groups.get('new1')).toHaveLength(8)
})

test('who would be left as a few goes after the others', () => {
  const { groups } = told({ a: people(0, 20), b: people(20, 40) }, [people(0, 6), [...people(6, 40)]].map((group, i) => (i ? group : [...group, 'p90', 'p91'])))
  expect([...groups.values()].map((group) => group.length)).toEqual([40])
})

test('whatever moves: what is told never differs from what was told by a few, and nobody is lost', () => {
  const partition = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 90, maxLength: 90 })
  const groupsOf = (at: number[], from = 0) => [...Map.groupBy(at.map((g, i): [number, string] => [g, `p${from + i}`]), ([g]) => g).values()].map((list) => list.map(([, person]) => person)).filter((group) => group.length >= LEAST)
  fc.assert(fc.property(partition, partition, fc.integer({ min: 0, max: 40 }), (old, next, shift) => {
    const before = new Map(groupsOf(old).map((group, i) => [`old${i}`, group]))
    const { groups } = settle(before, groupsOf(next, shift), LEAST, ids())
    const now = [...groups.values()].flat()
    expect(new Set(now).size).toBe(now.length)
    const everybody = new Set(now)
    for (const person of [...before.values()].flat()) expect(everybody.has(person)).toBe(true)
    for (const [id, group] of groups) {
      expect(group.length).toBeGreaterThanOrEqual(LEAST)
      const was = before.get(id)
      if (!was) continue
      const came = group.filter((person) => !was.includes(person)).length
      const went = was.filter((person) => !group.includes(person)).length
      for (const few of [came, went]) expect(few === 0 || few >= LEAST, `${id}: ${came} came, ${went} went`).toBe(true)
    }
  }), { numRuns: rounds(500) })
})
