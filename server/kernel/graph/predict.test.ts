import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { buildGraph, tiesOf as tiesIn } from './graph.ts'
import { findGroups } from './groups.ts'
import { leiden } from './leiden.ts'
import { byCircles, byCommunities, byNeighbours, type Nearness, type Scorer, suggest } from './predict.ts'
import { hideTies, tryScorer } from './predict-trial.ts'
import { karate, plantedPartition, tiesOf } from './samples.ts'

const club = buildGraph(karate)
const plain: Nearness[] = ['commonNeighbours', 'adamicAdar', 'resourceAllocation']

// Of NetworkX 2.8.8.
test.each([
  ['commonNeighbours', [4, 2, 4, 1]],
  ['adamicAdar', [2.711019722, Number(Math.LOG2E.toFixed(9)), 2.261466842, 0.352956124]],
  ['resourceAllocation', [0.9, 0.5, 0.679166667, 0.058823529]],
] as const)('%s of the karate club', (nearness, expected) => {
  const { score } = byNeighbours(club, nearness)
  const found = [[0, 33], [0, 16], [1, 2], [9, 14]].map(([u, v]) => Number(score(u, v).toFixed(9)))
  expect(found).toEqual(expected)
})

test('suggestions are those two steps away that are not tied yet, the best first', () => {
  const scorers = [...plain.map((nearness) => byNeighbours(club, nearness)), byCommunities(club, leiden(club))]
  for (const scorer of scorers) {
    expect(suggest(scorer, 16, 3).map(({ node }) => node)).toContain(0)
    for (const { node, score } of suggest(scorer, 0)) {
      expect(club.targets.subarray(club.offsets[0], club.offsets[1])).not.toContain(node)
      expect(score).toBeCloseTo(scorer.score(0, node), 12)
    }
  }
  expect(suggest(byNeighbours(buildGraph(tiesOf(3, [[0, 1]])), 'adamicAdar'), 2)).toEqual([])
})

test('hidden ties are a fifth, each away from both ends', () => {
  const { known, hidden } = hideTies(club, 0.2)
  expect([hidden.length, known.targets.length / 2]).toEqual([16, 62])
  for (const [a, b] of hidden) expect(known.targets.subarray(known.offsets[a], known.offsets[a + 1])).not.toContain(b)
})

test('a scorer that knows is always right, one that knows nothing is so by half', () => {
  const { known, hidden } = hideTies(club, 0.2)
  const isHidden = (u: number, v: number) => hidden.some(([a, b]) => (a === u && b === v) || (a === v && b === u))
  const all: Scorer = { score: (u, v) => (isHidden(u, v) ? 1 : 0), candidates: (u) => new Map(Array.from({ length: 34 }, (_, v) => [v, all.score(u, v)])) }
  expect(tryScorer(known, hidden, all).auc).toBe(1)
  expect(tryScorer(known, hidden, { score: () => 3, candidates: () => new Map() })).toEqual({ precision: 0, auc: 0.5 })
})

describe('communities help to foresee ties', () => {
  const compare = (graph: ReturnType<typeof buildGraph>) => {
    const { known, hidden } = hideTies(graph, 0.2)
    const others = plain.map((nearness) => tryScorer(known, hidden, byNeighbours(known, nearness)))
    return { ours: tryScorer(known, hidden, byCommunities(known, leiden(known))), suggested: tryScorer(known, hidden, byCircles(known, findGroups(tiesIn(known)))), others }
  }

  test('where communities were planted', () => {
    const { ours, suggested, others } = compare(buildGraph(plantedPartition(600, 4_000, { size: 40, outside: 0.3 })))
    for (const { precision, auc } of others) {
      expect(suggested.precision).toBeGreaterThan(precision)
      expect(suggested.auc).toBeGreaterThan(auc)
      expect(ours.precision).toBeGreaterThan(precision)
      expect(ours.auc).toBeGreaterThan(auc)
    }
  })

  const emails = '../shared/data/graph-email-eu-core/email-Eu-core.txt'
  test.skipIf(!existsSync(emails))('in the e-mail of a research institute', () => {
    const pairs = readFileSync(emails, 'utf8').trim().split('\n').map((line) => line.split(' ').map(Number)).filter(([a, b]) => a !== b)
    const graph = buildGraph(tiesOf(1005, pairs))
    const { ours, others } = compare({ ...graph, weights: graph.weights.fill(1) })
    for (const { precision, auc } of others) {
      expect(ours.precision).toBeGreaterThan(precision)
      expect(ours.auc).toBeGreaterThan(auc)
    }
  })
})
