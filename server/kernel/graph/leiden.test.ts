import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { fc, rounds } from '../../../test/chance.ts'
import { mutualInformation } from './agreement.ts'
import { buildGraph, type Graph, strengths, subgraph } from './graph.ts'
import { leiden } from './leiden.ts'
import { firstLevel, quality } from './level.ts'
import { connectedPieces } from './partition.ts'
import { karate, karateSides, plantedPartition, ringOfCliques, tiesOf } from './samples.ts'

const modularity = (graph: Graph, groups: ArrayLike<number>) => quality(firstLevel(graph, 'modularity', 1), Uint32Array.from(groups))

/** The formulas as they stand in the papers, over all pairs of nodes. */
function naive(graph: Graph, groups: ArrayLike<number>, objective: 'modularity' | 'cpm', resolution: number): number {
  const { n, offsets, targets, weights, loops } = graph
  const a = Array.from({ length: n }, () => new Float64Array(n))
  for (let v = 0; v < n; v++) {
    a[v][v] = 2 * loops[v]
    for (let i = offsets[v]; i < offsets[v + 1]; i++) a[v][targets[i]] += weights[i]
  }
  const k = strengths(graph)
  const total = k.reduce((sum, x) => sum + x, 0)
  let sum = 0
  for (let u = 0; u < n; u++) {
    for (let v = 0; v < n; v++) {
      if (groups[u] === groups[v]) sum += a[u][v] - (objective === 'cpm' ? (u === v ? 0 : resolution) : (resolution * k[u] * k[v]) / total)
    }
  }
  return objective === 'cpm' ? sum / 2 : total ? sum / total : 0
}

const anyGraph = fc.integer({ min: 1, max: 24 }).chain((n) => fc.array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1), fc.integer({ min: 1, max: 8 })), { maxLength: 60 })
  .map((list) => buildGraph(tiesOf(n, list))))
const anyOptions = fc.record({ objective: fc.constantFrom('modularity' as const, 'cpm' as const), resolution: fc.constantFrom(0.05, 0.5, 1, 2), seed: fc.nat(1e6) })

describe('a graph', () => {
  test('adds up what is tied several times, in either direction, and keeps loops apart', () => {
    const graph = buildGraph(tiesOf(3, [[0, 1, 2], [1, 0, 3], [1, 2], [2, 2, 4]]))
    expect([...graph.offsets]).toEqual([0, 1, 3, 4])
    expect([...graph.targets]).toEqual([1, 0, 2, 1])
    expect([...graph.weights]).toEqual([5, 5, 1, 1])
    expect([...graph.loops]).toEqual([0, 0, 4])
    expect([...strengths(graph)]).toEqual([5, 6, 9])
    const part = subgraph(graph, [2, 1])
    expect([part.n, [...part.targets], [...part.weights], [...part.loops]]).toEqual([2, [1, 0], [1, 1], [4, 0]])
  })

  test('refuses nodes and weights that cannot be', () => {
    expect(() => buildGraph(tiesOf(2, [[0, 2]]))).toThrow(/Tie 0 names a node/)
    expect(() => buildGraph(tiesOf(2, [[-1, 0]]))).toThrow(RangeError)
    for (const w of [0.0, -1, NaN, Infinity]) expect(() => buildGraph({ n: 2, from: [0], to: [1], weights: [w] })).toThrow(/a weight is a positive number/)
    expect(() => leiden(buildGraph(karate), { resolution: NaN })).toThrow(/resolution/)
    expect(() => leiden(buildGraph(karate), { start: [0, 1] })).toThrow(/2 communities for 34 nodes/)
  })
})

describe('quality', () => {
  test('is what is published of the karate club: 0.3715 of the two sides, 0.4198 at best', () => {
    const graph = buildGraph(karate)
    expect(modularity(graph, karateSides)).toBeCloseTo(0.371466, 6)
    expect(leiden(graph).quality).toBeCloseTo(0.419790, 6)
    expect(leiden(graph).count).toBe(4)
  })

  test('is 5/14 of two triangles with a tie between, by hand', () => {
    // 7 ties; each triangle has 3 inside and strengths of 7: Q = 2 · (3/7 − (7/14)²) = 5/14.
    const found = leiden(buildGraph(tiesOf(6, [[0, 1], [1, 2], [0, 2], [3, 4], [4, 5], [3, 5], [2, 3]])))
    expect([...found.membership]).toEqual([0, 0, 0, 1, 1, 1])
    expect(found.quality).toBeCloseTo(5 / 14, 12)
  })

  test('of the constant Potts model by hand: a clique of four holds together below γ = 1 and falls apart above', () => {
    const clique = buildGraph(tiesOf(4, [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]]))
    expect(leiden(clique, { objective: 'cpm', resolution: 0.5 })).toMatchObject({ count: 1, quality: 6 - 0.5 * 6 })
    expect(leiden(clique, { objective: 'cpm', resolution: 1.5 })).toMatchObject({ count: 4, quality: 0 })
  })

  test('is nothing where nothing is tied', () => {
    expect(leiden(buildGraph({ n: 0, from: [], to: [] }))).toMatchObject({ count: 0, quality: 0 })
    expect(leiden(buildGraph({ n: 3, from: [], to: [] }))).toMatchObject({ count: 3, quality: 0 })
  })

  test('agrees with the formula in every graph, and is never worse than everyone alone', () => {
    fc.assert(fc.property(anyGraph, anyOptions, (graph, options) => {
      const found = leiden(graph, options)
      const { objective, resolution } = options
      expect(found.quality).toBeCloseTo(naive(graph, found.membership, objective, resolution), 9)
      expect(found.quality).toBeGreaterThanOrEqual(naive(graph, Array.from({ length: graph.n }, (_, v) => v), objective, resolution) - 1e-9)
    }))
  })
})

describe('communities', () => {
  test('number every node, the largest first, each connected, and do not change for the same seed', () => {
    fc.assert(fc.property(anyGraph, anyOptions, (graph, options) => {
      const { membership, count } = leiden(graph, options)
      const sizes = Array.from({ length: count }, () => 0)
      for (const c of membership) sizes[c]++
      expect(membership.length).toBe(graph.n)
      expect(sizes.every((s, c) => s > 0 && (c === 0 || s <= sizes[c - 1]))).toBe(true)
      expect(connectedPieces(graph, membership).count).toBe(count)
      expect([...leiden(graph, options).membership]).toEqual([...membership])
    }))
  })

  test('do not depend on the unit in which ties are weighed', () => {
    fc.assert(fc.property(anyGraph, fc.nat(1e6), (graph, seed) => {
      const heavier = { ...graph, weights: graph.weights.map((w) => w * 1024), loops: graph.loops.map((w) => w * 1024) }
      expect([...leiden(heavier, { seed }).membership]).toEqual([...leiden(graph, { seed }).membership])
    }))
  })

  test('no single move betters them, as Leiden guarantees of what is stable', () => {
    fc.assert(fc.property(anyGraph, fc.nat(1e6), (graph, seed) => {
      const { membership, count, quality } = leiden(graph, { seed, rounds: 50 })
      for (let v = 0; v < graph.n; v++) for (let c = 0; c <= count; c++) expect(modularity(graph, membership.map((own, u) => (u === v ? Math.min(c, graph.n - 1) : own)))).toBeLessThanOrEqual(quality + 1e-9)
    }), { numRuns: rounds(40) })
  })

  test('are parted where a start ties together what is not connected', () => {
    const two = buildGraph(tiesOf(4, [[0, 1], [2, 3]]))
    expect(leiden(two, { start: [5, 5, 5, 5] }).count).toBe(2)
    expect([...leiden(two, { start: [0, 0, 0, 0], rounds: 0 }).membership]).toEqual([0, 0, 1, 1])
  })

  test('lose no one who was their only bridge: what Louvain leaves badly connected falls apart', () => {
    // The figure of the paper: a bridge (0) within a community, drawn to another one, leaves two halves behind.
    const halves = [[1, 2], [1, 3], [2, 3], [4, 5], [4, 6], [5, 6], [0, 1], [0, 4]]
    const others = [7, 8, 9, 10]
    const outside = others.flatMap((v, i) => [[0, v, 3], ...others.slice(i + 1).map((u) => [v, u, 3])])
    const graph = buildGraph(tiesOf(11, [...halves, ...outside]))
    const together = [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1]
    for (let seed = 1; seed <= 20; seed++) {
      const { membership, count } = leiden(graph, { seed, start: together })
      expect(connectedPieces(graph, membership).count).toBe(count)
      expect([...membership]).toEqual([0, 1, 1, 1, 2, 2, 2, 0, 0, 0, 0])
    }
  })

  test('of a ring of cliques are the cliques under CPM, while modularity has its resolution limit', () => {
    const ring = buildGraph(ringOfCliques(30, 5))
    const cpm = leiden(ring, { objective: 'cpm', resolution: 0.5 })
    expect(cpm.count).toBe(30)
    for (let v = 0; v < 150; v++) expect(cpm.membership[v]).toBe(cpm.membership[v - (v % 5)])
    expect(leiden(ring).count).toBeLessThan(30)
    expect(leiden(ring).quality).toBeGreaterThan(modularity(ring, Array.from({ length: 150 }, (_, v) => Math.floor(v / 5))))
  })

  test('are those that were planted', () => {
    const planted = plantedPartition(2_000, 20_000, { size: 100, outside: 0.2 })
    const found = leiden(buildGraph(planted))
    expect(found.count).toBe(20)
    expect(mutualInformation(found.membership, planted.groups)).toBe(1)
  })
})

const emails = '../shared/data/graph-email-eu-core'
test.skipIf(!existsSync(emails))('of a research institute by its e-mail are near its departments, and as good as the reference finds', () => {
  const read = (file: string) => readFileSync(`${emails}/${file}`, 'utf8').trim().split('\n').map((line) => line.split(/\s+/).map(Number))
  const departments = read('email-Eu-core-department-labels.txt').map(([, d]) => d)
  const graph = buildGraph(tiesOf(departments.length, read('email-Eu-core.txt')))
  const found = [1, 2, 3, 4, 5].map((seed) => leiden(graph, { seed }))
  expect(found.reduce((sum, { quality }) => sum + quality, 0) / 5).toBeGreaterThan(0.4389)
  for (const { membership } of found) expect(mutualInformation(membership, departments)).toBeGreaterThan(0.55)
})
