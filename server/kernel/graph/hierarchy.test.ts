import { expect, test } from 'vitest'
import { buildGraph } from './graph.ts'
import { type Community, hierarchy } from './hierarchy.ts'
import { randomFrom } from './random.ts'
import { ringOfCliques, tiesOf } from './samples.ts'

test('communities within communities are found again, and no further ones', () => {
  // Three circles of four teams of eight: teams know each other, circles hardly.
  const random = randomFrom(5)
  const list: number[][] = []
  const [team, circle] = [(v: number) => Math.floor(v / 8), (v: number) => Math.floor(v / 32)]
  for (let a = 0; a < 96; a++) for (let b = 0; b < a; b++) if (random() < (team(a) === team(b) ? 0.9 : circle(a) === circle(b) ? 0.2 : 0.01)) list.push([a, b])
  const found = hierarchy(buildGraph(tiesOf(96, list)))
  const span = (of: (v: number) => number) => ({ nodes }: Community) => new Set(nodes.map(of)).size
  expect(found.map(({ nodes }) => nodes.length)).toEqual([32, 32, 32])
  expect(found.map(span(circle))).toEqual([1, 1, 1])
  for (const { parts } of found) {
    expect(parts.map(({ nodes }) => nodes.length)).toEqual([8, 8, 8, 8])
    expect(parts.map(span(team))).toEqual([1, 1, 1, 1])
    for (const part of parts) expect(part.parts).toEqual([])
  }
})

test('chance alone has no communities, though a partition of it has modularity', () => {
  for (let seed = 1; seed <= 5; seed++) {
    const random = randomFrom(seed)
    const list = Array.from({ length: 300 }, () => [Math.floor(random() * 100), Math.floor(random() * 100)]).filter(([a, b]) => a !== b)
    expect(hierarchy(buildGraph(tiesOf(100, list)), { seed })).toEqual([])
  }
})

test('parts make up what they are parts of', () => {
  const check = ({ nodes, parts }: Community) => {
    if (parts.length) expect(parts.flatMap((part) => part.nodes).sort((a, b) => a - b)).toEqual(nodes)
    parts.forEach(check)
  }
  const found = hierarchy(buildGraph(ringOfCliques(24, 5)), { smallest: 4 })
  check({ nodes: Array.from({ length: 120 }, (_, v) => v), parts: found })
  expect(hierarchy(buildGraph(ringOfCliques(24, 5)), { deepest: 0 })).toEqual([])
})
