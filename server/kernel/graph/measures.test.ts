import { describe, expect, test } from 'vitest'
import { fc } from '../../../test/chance.ts'
import { mutualInformation } from './agreement.ts'
import { betweenness } from './betweenness.ts'
import { constraint } from './constraint.ts'
import { corePeriphery, coreNumbers } from './cores.ts'
import { buildGraph, shuffledTies, strengths, tiesOf as tiesIn } from './graph.ts'
import { leiden } from './leiden.ts'
import { mixing } from './mixing.ts'
import { overlap } from './overlap.ts'
import { compact } from './partition.ts'
import { randomFrom } from './random.ts'
import { reciprocity } from './reciprocity.ts'
import { karate, karateSides, plantedPartition, tiesOf } from './samples.ts'

// The numbers of the karate club below are those of NetworkX 2.8.8.
const club = buildGraph(karate)
const some = [0, 1, 33, 31, 16]
const path = buildGraph(tiesOf(4, [[0, 1], [1, 2], [2, 3]]))
const star = buildGraph(tiesOf(5, [[0, 1], [0, 2], [0, 3], [0, 4]]))
const round = (values: Iterable<number>, digits = 9) => [...values].map((x) => Number(x.toFixed(digits)))

describe('betweenness', () => {
  test('is the share of others’ shortest ways', () => {
    expect(round(betweenness(star).values)).toEqual([1, 0, 0, 0, 0])
    expect(round(betweenness(path).values)).toEqual([0, 0.666666667, 0.666666667, 0])
    const { values, error } = betweenness(club)
    expect(error).toBe(0)
    expect(round(some.map((v) => values[v]))).toEqual([0.437635281, 0.053936688, 0.304074976, 0.138275613, 0])
  })

  test('by lot is as near as it says, and the same for the same seed', () => {
    // The sample counts pairs of any two, the exact value pairs of two others.
    const exact = betweenness(club).values.map((x) => (x * 33 * 32) / (34 * 33))
    for (let seed = 1; seed <= 5; seed++) {
      const { values, error } = betweenness(club, { exactTo: 0, error: 0.02, seed })
      expect(error).toBe(0.02)
      values.forEach((x, v) => expect(Math.abs(x - exact[v])).toBeLessThan(0.02))
      expect(betweenness(club, { exactTo: 0, error: 0.02, seed }).values).toEqual(values)
    }
  })

  test('by lot agrees with the exact one where parts are not connected', () => {
    const parts = buildGraph(tiesOf(9, [[0, 1], [1, 2], [2, 3], [4, 5], [5, 6], [6, 4], [6, 7]]))
    const exact = betweenness(parts).values
    betweenness(parts, { exactTo: 0, error: 0.02 }).values.forEach((x, v) => expect(x).toBeCloseTo((exact[v] * 7) / 9, 1))
  })
})

test('constraint is Burt’s: low for who bridges, as NetworkX has it', () => {
  expect(round(constraint(star))).toEqual([0.25, 1, 1, 1, 1])
  expect(constraint(buildGraph(tiesOf(3, [[0, 1]])))[2]).toBeNaN()
  expect(round(some.map((v) => constraint(club)[v]))).toEqual([0.155423298, 0.279535108, 0.156418685, 0.244575404, 0.78125])
  const { from, to } = tiesIn(club)
  const weighted = constraint(buildGraph({ n: 34, from, to, weights: Array.from(from, (a, i) => 1 + ((a + to[i]) % 3)) }))
  expect(round(some.map((v) => weighted[v]))).toEqual([0.147693977, 0.272280874, 0.173602553, 0.28512275, 0.967013889])
})

test('reciprocity counts what is answered', () => {
  const ties = tiesOf(4, [[0, 1], [1, 0], [1, 2], [2, 3], [3, 2], [3, 0]])
  expect(reciprocity(ties)).toEqual({ share: 4 / 6, weight: 4 / 6, beyondChance: expect.closeTo((4 / 6 - 0.5) / 0.5, 12) })
  // 3 there and 1 back: 2 of 4 are answered; a loop is nobody's answer.
  expect(reciprocity(tiesOf(3, [[0, 1, 2], [0, 1], [1, 0], [2, 2, 9]]))).toMatchObject({ share: 1, weight: 0.5 })
  expect(reciprocity(tiesOf(2, [])).share).toBeNaN()
})

describe('cores', () => {
  test('have the numbers of NetworkX', () => {
    expect([...coreNumbers(club)]).toEqual([4, 4, 4, 4, 3, 3, 3, 4, 4, 2, 3, 1, 2, 4, 2, 2, 2, 2, 2, 3, 2, 2, 2, 3, 3, 3, 2, 3, 3, 3, 4, 3, 4, 4])
    expect([...coreNumbers(star)]).toEqual([1, 1, 1, 1, 1])
  })

  test('are what remains when all with fewer ties are taken away, again and again', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 50 }), (list) => {
      const graph = buildGraph(tiesOf(12, list.filter(([a, b]) => a !== b)))
      const cores = coreNumbers(graph)
      for (let k = 1; k <= 11; k++) {
        const left = new Set(Array.from({ length: 12 }, (_, v) => v))
        const ties = (v: number) => graph.targets.subarray(graph.offsets[v], graph.offsets[v + 1]).filter((u) => left.has(u)).length
        for (let weak; (weak = [...left].find((v) => ties(v) < k)) !== undefined;) left.delete(weak)
        cores.forEach((core, v) => expect(core >= k).toBe(left.has(v)))
      }
    }))
  })

  test('and periphery: a clique with one hanger-on each is found exactly', () => {
    const ties = [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3], [0, 4], [1, 5], [2, 6], [3, 7]]
    expect([...corePeriphery(buildGraph(tiesOf(8, ties)))]).toEqual([1, 1, 1, 1, 0, 0, 0, 0])
  })
})

test('mixing holds ties between groups against chance', () => {
  // One of the officer's faction went with the instructor, whose lessons they needed.
  const parted = karateSides.map((side, v) => (v === 8 ? 0 : side))
  const { pairs, assortativity } = mixing(club, compact(parted))
  expect(assortativity).toBeCloseTo(0.717530864, 9)
  expect(pairs.map(({ observed }) => observed)).toEqual([35, 11, 32])
  // Strengths of 81 and 75: 81 · 75 / 156 between them.
  expect(pairs[1]).toMatchObject({ a: 0, b: 1, expected: expect.closeTo(6075 / 156, 9), ratio: expect.closeTo((11 * 156) / 6075, 9), z: expect.closeTo((11 - 6075 / 156) / Math.sqrt(6075 / 156), 9) })
  const planted = plantedPartition(500, 5_000, { size: 100, outside: 1 })
  for (const { ratio } of mixing(buildGraph(planted), { membership: planted.groups, count: 5 }).pairs) expect(Math.abs(ratio - 1)).toBeLessThan(0.15)
})

describe('overlap', () => {
  // Two triangles that share node 2, which is counted to the first.
  const bow = buildGraph(tiesOf(5, [[0, 1], [1, 2], [0, 2], [2, 3], [3, 4], [2, 4]]))
  const groups = { membership: Uint32Array.of(0, 0, 0, 1, 1), count: 2 }

  test('is the share of ties, without doubt', () => {
    const belongings = overlap(bow, groups, { doubt: 0 })
    expect(belongings[0]).toEqual([{ community: 0, share: 1 }])
    expect(belongings[2]).toEqual([{ community: 0, share: 0.5 }, { community: 1, share: 0.5 }])
  })

  test('is softened by what everyone has, and more so for who has few ties', () => {
    // One tie more, 8/12 of it to the first: (2 + 2/3) / 5.
    expect(overlap(bow, groups)[2][0].share).toBeCloseTo((2 + 8 / 12) / 5, 12)
    expect(overlap(bow, groups)[3].map(({ share }) => share)).toEqual([expect.closeTo((1 + 8 / 12) / 3, 12), expect.closeTo((1 + 4 / 12) / 3, 12)])
  })

  test('always names the own community, and few', () => {
    for (const list of overlap(club, leiden(club), { most: 2, least: 0.2 })) expect(list.length).toBeLessThanOrEqual(2)
    expect(overlap(buildGraph(tiesOf(1, [])), { membership: Uint32Array.of(0), count: 1 })).toEqual([[{ community: 0, share: 1 }]])
  })
})

test('mutual information is 1 for the same under other names, 0 for what has nothing in common', () => {
  expect(mutualInformation([0, 0, 1, 1], [7, 7, 3, 3])).toBeCloseTo(1, 12)
  expect(mutualInformation([0, 0, 1, 1], [0, 1, 0, 1])).toBeCloseTo(0, 12)
  // By hand: H(a) = ln 2, H(b) = 1.0397, H(a, b) = 1.0397.
  expect(mutualInformation([0, 0, 1, 1], [0, 0, 1, 2])).toBeCloseTo((2 * Math.LN2) / (Math.LN2 + 1.5 * Math.LN2), 12)
})

test('a network of chance has the strengths of the one it is drawn from, when all ties weigh the same', () => {
  expect([...strengths(shuffledTies(club, randomFrom(3)))]).toEqual([...strengths(club)])
})
