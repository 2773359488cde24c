import { buildGraph, type Ties } from './graph.ts'
import { type Community, hierarchy } from './hierarchy.ts'
import { overlap } from './overlap.ts'

/** A community: its nodes, those that belong to it most first, and how far each does (0 … 1). */
export type Group = { nodes: number[]; shares: number[] }
export type GroupOptions = {
  /** a community above this is shown as its parts, where it has any */
  large?: number
  /** communities below this are none */
  smallest?: number
  /** from which share on a node is part of a community beside its own */
  share?: number
  seed?: number
}

/**
 * The communities of a network as its people would name them: small enough to know each other where the network has such
 * parts (see hierarchy.ts), and overlapping (see overlap.ts). Weights are taken relative to their mean. O(m) a level.
 */
export function findGroups(ties: Ties, { large = 24, smallest = 3, share = 1 / 3, seed = 1 }: GroupOptions = {}): Group[] {
  const graph = buildGraph({ ...ties, weights: relative(ties.weights) })
  const tops = hierarchy(graph, { seed, smallest: 2 * smallest })
  const leaves = tops.length ? tops.flatMap((top) => leavesOf(top, large)) : [[...Array(graph.n).keys()]]
  const membership = new Uint32Array(graph.n)
  leaves.forEach((nodes, c) => nodes.forEach((v) => (membership[v] = c)))
  const found: [node: number, share: number][][] = leaves.map(() => [])
  overlap(graph, { membership, count: leaves.length }, { least: share }).forEach((belongings, v) => {
    for (const { community, share: much } of belongings) found[community].push([v, much])
  })
  return found.filter((nodes) => nodes.length >= smallest).map((nodes) => {
    const sorted = nodes.toSorted((a, b) => b[1] - a[1] || a[0] - b[0])
    return { nodes: sorted.map(([v]) => v), shares: sorted.map(([, much]) => much) }
  })
}

function leavesOf({ nodes, parts }: Community, large: number): number[][] {
  return nodes.length <= large || !parts.length ? [nodes] : parts.flatMap((part) => leavesOf(part, large))
}

// The chance in Leiden's refinement is in units of weight: a tie of the usual strength weighs 1.
function relative(weights: Ties['weights']): Float64Array | undefined {
  if (!weights?.length) return undefined
  let sum = 0
  for (let i = 0; i < weights.length; i++) sum += weights[i]
  return Float64Array.from(weights, (weight) => (weight * weights.length) / sum)
}
