import { constraint } from './constraint.ts'
import { corePeriphery } from './cores.ts'
import { buildGraph, strengths, type Ties } from './graph.ts'

export type NetworkFigures = {
  /** how many are in the core: tied to each other rather than to the others (see cores.ts) */
  core: number
  /** of all tie weight, the share that those `few` with most of it are part of */
  shareOfFew: number
}

/** What can be said of a network as a whole. */
export function describeNetwork(ties: Ties, few: number): NetworkFigures {
  const graph = buildGraph(ties)
  const core = corePeriphery(graph).reduce((sum, is) => sum + is, 0)
  const weights = strengths(graph)
  const busiest = new Set([...weights.keys()].sort((a, b) => weights[b] - weights[a] || a - b).slice(0, few))
  let [theirs, total] = [0, 0]
  for (let v = 0; v < graph.n; v++) {
    for (let i = graph.offsets[v]; i < graph.offsets[v + 1]; i++) {
      if (graph.targets[i] < v) continue
      total += graph.weights[i]
      if (busiest.has(v) || busiest.has(graph.targets[i])) theirs += graph.weights[i]
    }
  }
  return { core, shareOfFew: theirs / total }
}

/**
 * Of each node, how much those it is tied with are tied with each other: Burt's constraint times their number, from 1
 * (not at all) to about 4 (all alike). NaN where they are fewer than `few`, and the number would tell about single ones.
 * As slow as constraint.ts.
 */
export function closureOf(ties: Ties, few: number): Float64Array {
  const graph = buildGraph(ties)
  return constraint(graph).map((value, v) => {
    const near = graph.offsets[v + 1] - graph.offsets[v]
    return near >= few ? value * near : Number.NaN
  })
}
