import { expect, test } from 'vitest'
import { arrange, fitInto } from './arrange.ts'
import { drawRegions } from './draw.ts'
import { buildGraph } from './graph.ts'
import { mergeSmall } from './merge-small.ts'
import { graphOfGroups, nest, type Nested } from './nest.ts'
import { closureOf, describeNetwork } from './network.ts'
import { bySize, membersOf } from './partition.ts'
import { describeRegions } from './regions.ts'
import { plantedPartition, ringOfCliques, tiesOf } from './samples.ts'

test('a small group goes into the one it is most tied with, small ones first, and those tied to nobody together', () => {
  // A clique of four, one of three tied to it by two ties and to a pair by one, and three pairs of nobody else.
  const list = [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3], [4, 5], [4, 6], [5, 6], [4, 0], [5, 1], [6, 7], [7, 8], [9, 10], [11, 12], [13, 14]]
  const graph = buildGraph(tiesOf(15, list))
  const groups = bySize([0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5])
  const merged = membersOf(mergeSmall(graph, groups, 4))
  expect(merged).toEqual([[4, 5, 6, 7, 8], [0, 1, 2, 3], [9, 10, 11, 12], [13, 14]])
  expect(mergeSmall(buildGraph(tiesOf(3, [[0, 1]])), bySize([0, 0, 1]), 8).count).toBe(1)
})

test('hundreds of groups stand within others, never more than some side by side, each once', () => {
  const network = plantedPartition(6000, 40_000, { size: 20, outside: 0.4, seed: 3 })
  const { membership, count } = bySize(network.groups)
  const nested = nest(graphOfGroups(buildGraph(network), { membership, count }), 12)
  const leaves: number[] = []
  const walk = (list: Nested[]): void => {
    expect(list.length).toBeLessThanOrEqual(12)
    for (const one of list) 'leaf' in one ? leaves.push(one.leaf) : walk(one.parts)
  }
  walk(nested)
  expect(leaves.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, g) => g))
})

test('within and between regions of two levels is what one counts by hand', () => {
  // Regions 0 (of 2 and 3) and 1; people 0-1 in 2, 2-3 in 3, 4-5 in 1.
  const regions = { parents: [-1, -1, 0, 0], innermost: [2, 2, 3, 3, 1, 1] }
  const ties = { from: [0, 0, 1, 4, 3], to: [1, 2, 3, 5, 4], weights: [4, 1, 1, 2, 1] }
  const { within, links } = describeRegions(ties, regions, 2)
  expect(within).toEqual([12 / 13, 4 / 5, 8 / 10, 0])
  expect(links.map(({ a, b, share }) => [a, b, share])).toEqual([[2, 3, 2 / 3], [0, 1, 1 / 5]])
  // The network weighs 18 from all ends, 13 of them in one and 5 in the other region.
  expect(links[1].ratio).toBeCloseTo((1 * 18) / (13 * 5))
  const few = describeRegions(ties, regions, 3)
  expect(few.within).toEqual([12 / 13, null, null, null])
  expect(few.links.map(({ a, b }) => [a, b])).toEqual([[2, 3]])
})

test('who is in no group is in nothing that is told', () => {
  const ring = ringOfCliques(4, 9)
  const groups = Int32Array.from({ length: 36 }, (_, v) => Math.floor(v / 9))
  const without = groups.with(0, -1)
  const kept = ring.from as number[]
  const others = kept.map((_, i) => i).filter((i) => ring.from[i] !== 0 && ring.to[i] !== 0)
  const rest = { from: others.map((i) => ring.from[i]), to: others.map((i) => ring.to[i]), weights: others.map((i) => ring.weights![i]) }
  expect(drawRegions(without, 4, [ring], { least: 8, most: 2 })).toEqual(drawRegions(without, 4, [rest], { least: 8, most: 2 }))
})

test('discs do not cover each other, those with much to do lie near, and what was there stays about where it was', () => {
  const discs = [9, 5, 5, 3, 3, 3, 3, 2].map((r) => ({ r }))
  const links = [{ a: 1, b: 2, pull: 1 }, { a: 3, b: 4, pull: 0.8 }, { a: 0, b: 7, pull: 0.5 }]
  const first = arrange({ discs, links })
  const apart = (a: number, b: number, all = first) => Math.hypot(all[a].x - all[b].x, all[a].y - all[b].y)
  for (let a = 0; a < 8; a++) for (let b = 0; b < a; b++) expect(apart(a, b)).toBeGreaterThan(first[a].r + first[b].r)
  expect(apart(1, 2)).toBeLessThan(apart(1, 3))
  expect(arrange({ discs, links })).toEqual(first)
  const again = arrange({ discs: [...discs.map(({ r }, i) => ({ r, was: first[i] })), { r: 4 }], links })
  for (let i = 0; i < 8; i++) expect(Math.hypot(again[i].x - first[i].x, again[i].y - first[i].y)).toBeLessThan(12)
  for (const { x, y, r } of fitInto(first, { x: 10, y: 20, r: 50 })) expect(Math.hypot(x - 10, y - 20) + r).toBeLessThanOrEqual(50.001)
})

test('of a network: how many are its core, what its busiest have a part in, and to each how closed the circle around them is', () => {
  // A clique of twelve, and someone known to eight who do not know each other.
  const list: number[][] = []
  for (let a = 0; a < 12; a++) for (let b = 0; b < a; b++) list.push([a, b])
  for (let leaf = 13; leaf < 21; leaf++) list.push([12, leaf])
  const { core, shareOfFew } = describeNetwork(tiesOf(21, list), 8)
  const closure = closureOf(tiesOf(21, list), 8)
  // All but one of them: whether the last one of a clique is in makes no difference.
  expect(core).toBe(11)
  expect(closure[0]).toBeCloseTo(121 * (1 / 11 + 10 / 121) ** 2)
  expect(closure[12]).toBeCloseTo(1)
  expect(closure[13]).toBeNaN()
  // Eight of the clique have a part in all of its ties but the six among the other four, and in none outside.
  expect(shareOfFew).toBeCloseTo(60 / 74)
})
