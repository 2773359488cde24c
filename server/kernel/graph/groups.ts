import { buildGraph, type Graph, subgraph, type Ties } from './graph.ts'
import { leiden } from './leiden.ts'
import { mergeSmall } from './merge-small.ts'
import { overlap } from './overlap.ts'
import { type Groups, membersOf } from './partition.ts'

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

// The modularity from which a large community is taken apart. Whether chance alone could do as well (hierarchy.ts) is asked
// of findings; people who look for those they work with are better served by a small group that may be a coincidence than by
// half of everybody.
const CLEAR = 0.2

/**
 * The communities of a network as its people would name them: small enough to know each other where the network has such
 * parts, and overlapping (see overlap.ts). Weights are taken relative to their mean. O(m) a level.
 */
export function findGroups(ties: Ties, { large = 24, smallest = 3, share = 1 / 3, seed = 1 }: GroupOptions = {}): Group[] {
  const graph = buildGraph({ ...ties, weights: relative(ties.weights) })
  const leaves = smallGroups(graph, large, seed)
  const found: [node: number, share: number][][] = Array.from({ length: leaves.count }, () => [])
  overlap(graph, leaves, { least: share }).forEach((belongings, v) => {
    for (const { community, share: much } of belongings) found[community].push([v, much])
  })
  return found.filter((nodes) => nodes.length >= smallest).map((nodes) => {
    const sorted = nodes.toSorted((a, b) => b[1] - a[1] || a[0] - b[0])
    return { nodes: sorted.map(([v]) => v), shares: sorted.map(([, much]) => much) }
  })
}

/** The same without overlap, and none below `least`: those go to the nearest (see merge-small.ts). Those tied to nobody else may be fewer. O(m) a level */
export function findGroupsOf(least: number, ties: Ties, { large = 24, seed = 1 }: Pick<GroupOptions, 'large' | 'seed'> = {}): Groups {
  const graph = buildGraph({ ...ties, weights: relative(ties.weights) })
  return mergeSmall(graph, smallGroups(graph, large, seed), least)
}

function smallGroups(graph: Graph, large: number, seed: number): Groups {
  const leaves = membersOf(leiden(graph, { seed })).flatMap((nodes) => leavesOf(graph, nodes, large, seed))
  const membership = new Uint32Array(graph.n)
  leaves.forEach((nodes, c) => nodes.forEach((v) => (membership[v] = c)))
  return { membership, count: leaves.length }
}

function leavesOf(graph: Graph, nodes: number[], large: number, seed: number): number[][] {
  if (nodes.length <= large || nodes.length === graph.n) return [nodes]
  const inner = subgraph(graph, nodes)
  const parts = leiden(inner, { seed })
  if (parts.quality < CLEAR) return [nodes]
  return membersOf(parts).flatMap((part) => leavesOf(inner, part, large, seed).map((leaf) => leaf.map((v) => nodes[v])))
}

// The chance in Leiden's refinement is in units of weight: a tie of the usual strength weighs 1.
function relative(weights: Ties['weights']): Float64Array | undefined {
  if (!weights?.length) return undefined
  let sum = 0
  for (let i = 0; i < weights.length; i++) sum += weights[i]
  return Float64Array.from(weights, (weight) => (weight * weights.length) / sum)
}
