import { expect, test } from 'vitest'
import { findGroups } from './groups.ts'

/** Ties within each of the groups, all with all. */
function cliques(sizes: number[], bridges: [number, number][] = []) {
  const from: number[] = []
  const to: number[] = []
  const add = (a: number, b: number) => {
    from.push(a)
    to.push(b)
  }
  let n = 0
  for (const size of sizes) {
    for (let a = 0; a < size; a++) for (let b = a + 1; b < size; b++) add(n + a, n + b)
    n += size
  }
  for (const [a, b] of bridges) add(a, b)
  return { n, from, to }
}
const sorted = (groups: { nodes: number[] }[]) => groups.map(({ nodes }) => nodes.toSorted((a, b) => a - b).join()).toSorted()

test('communities are found, and those too small are none', () => {
  expect(sorted(findGroups(cliques([5, 6, 2], [[0, 5]])))).toEqual(['0,1,2,3,4', '5,6,7,8,9,10'])
})

test('what has no parts is one community', () => {
  expect(sorted(findGroups(cliques([9])))).toEqual(['0,1,2,3,4,5,6,7,8'])
  expect(findGroups({ n: 0, from: [], to: [] })).toEqual([])
})

test('who has ties to two is part of both, and belongs less to each', () => {
  const groups = findGroups(cliques([8, 8], [[0, 8], [0, 9], [0, 10], [0, 11], [0, 12]]))
  const both = groups.filter(({ nodes }) => nodes.includes(0))
  expect(both).toHaveLength(2)
  for (const { nodes, shares } of both) expect(shares[nodes.indexOf(0)]).toBeLessThan(0.7)
})

test('how much all ties weigh does not matter', () => {
  const ties = cliques([5, 6, 7], [[0, 5], [5, 11]])
  const weigh = (weight: number) => sorted(findGroups({ ...ties, weights: Float64Array.from(ties.from, () => weight) }))
  expect(weigh(1e-9)).toEqual(weigh(1))
})
