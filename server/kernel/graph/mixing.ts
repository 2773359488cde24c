import { type Graph, strengths } from './graph.ts'
import type { Groups } from './partition.ts'

/** Two groups, or one with itself: the tie weight between them, and what it would be by chance. */
export type Mix = { a: number; b: number; observed: number; expected: number; ratio: number; z: number }
export type Mixing = {
  pairs: Mix[]
  /** 1 where all ties are within groups, 0 where they are as by chance (M. E. J. Newman, "Mixing patterns in networks", 2003) */
  assortativity: number
}

/**
 * Who has to do with whom: for each pair of groups the weight of the ties between them beside what the configuration model
 * expects, in which everyone has as many ties as they have, with anyone (M. E. J. Newman, M. Girvan 2004). A silo is a group
 * whose ratio with itself is high and with all others low. `z` counts ties as independent (Poisson): (observed − expected) / √expected.
 * O(n + m + groups²)
 */
export function mixing(graph: Graph, { membership, count }: Groups): Mixing {
  const ends = strengths(graph)
  const total = ends.reduce((sum, k) => sum + k, 0)
  const whole = new Float64Array(count)
  // The weight from a to b; that within a stands twice.
  const between = new Float64Array(count * count)
  for (let v = 0; v < graph.n; v++) {
    const own = membership[v]
    whole[own] += ends[v]
    between[own * count + own] += 2 * graph.loops[v]
    for (let i = graph.offsets[v]; i < graph.offsets[v + 1]; i++) between[own * count + membership[graph.targets[i]]] += graph.weights[i]
  }
  const pairs: Mix[] = []
  for (let a = 0; a < count; a++) {
    for (let b = a; b < count; b++) {
      const half = a === b ? 2 : 1
      const observed = between[a * count + b] / half
      const expected = (whole[a] * whole[b]) / total / half
      pairs.push({ a, b, observed, expected, ratio: observed / expected, z: (observed - expected) / Math.sqrt(expected) })
    }
  }
  let [within, byChance] = [0, 0]
  for (let a = 0; a < count; a++) {
    within += between[a * count + a] / total
    byChance += (whole[a] / total) ** 2
  }
  return { pairs, assortativity: (within - byChance) / (1 - byChance) }
}
