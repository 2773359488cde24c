import { buildGraph, type Ties } from './graph.ts'
import { graphOfGroups, nest, type Nested } from './nest.ts'
import { describeRegions, type RegionFigures } from './regions.ts'

export type DrawnRegions = {
  /** the region around each (-1: none), outer ones before inner ones */
  parents: Int32Array
  /** which group each innermost region is; -1 for those that consist of others */
  leaves: Int32Array
  /** of each frame what goes on within regions and between those side by side */
  frames: RegionFigures[]
}
export type DrawOptions = {
  /** figures of fewer people are left out */
  least: number
  /** at most so many regions side by side; without it all are */
  most?: number
}

/**
 * Groups of people as regions, within larger ones where there are many, with what goes on between them.
 * O(frames · m · depth)
 * @param groups the group of each person, 0 … count-1; -1 for those who are in none
 * @param frames ties among the people, such as of several months; the last decides what belongs together
 */
export function drawRegions(groups: Int32Array, count: number, frames: Omit<Ties, 'n'>[], { least, most = Infinity }: DrawOptions): DrawnRegions {
  const among = amongGroups(groups, frames.at(-1)!)
  const graph = graphOfGroups(buildGraph(among), { membership: Uint32Array.from(groups), count })
  const parents: number[] = []
  const leaves: number[] = []
  const place = new Int32Array(count)
  const add = (nested: Nested, parent: number): void => {
    const own = parents.push(parent) - 1
    if ('leaf' in nested) place[leaves[own] = nested.leaf] = own
    else {
      leaves[own] = -1
      for (const part of nested.parts) add(part, own)
    }
  }
  for (const one of nest(graph, most)) add(one, -1)
  const innermost = groups.map((g) => (g < 0 ? -1 : place[g]))
  return {
    parents: Int32Array.from(parents), leaves: Int32Array.from(leaves),
    frames: frames.map((ties) => describeRegions(ties, { parents, innermost }, least)),
  }
}

/** Without the ties of those who are in no group. */
function amongGroups(groups: Int32Array, { from, to, weights }: Omit<Ties, 'n'>): Ties {
  const kept: number[] = []
  for (let i = 0; i < from.length; i++) if (groups[from[i]] >= 0 && groups[to[i]] >= 0) kept.push(i)
  return {
    n: groups.length, from: Uint32Array.from(kept, (i) => from[i]), to: Uint32Array.from(kept, (i) => to[i]),
    weights: weights ? Float64Array.from(kept, (i) => weights[i]) : undefined,
  }
}
