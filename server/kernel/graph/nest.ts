import { buildGraph, type Graph, subgraph, tiesOf } from './graph.ts'
import { leiden } from './leiden.ts'
import { bySize, type Groups, membersOf } from './partition.ts'

/** A group that is shown whole (`leaf`: its number), or the groups it consists of. */
export type Nested = { leaf: number } | { parts: Nested[] }

const COARSEST = 1 / 64

/**
 * Groups of groups, so that nowhere more than `most` stand side by side: those that are tied with each other most stand
 * together. O(m log n)
 * @param graph the groups, and what ties them
 */
export function nest(graph: Graph, most: number, seed = 1): Nested[] {
  const nestWithin = (nodes: number[]): Nested[] => {
    if (nodes.length <= most) return nodes.map((leaf) => ({ leaf }))
    return membersOf(fewParts(subgraph(graph, nodes), most, seed)).map((part) => {
      const inner = nestWithin(part.map((k) => nodes[k]))
      return inner.length === 1 ? inner[0] : { parts: inner }
    })
  }
  return nestWithin(Array.from({ length: graph.n }, (_, v) => v))
}

/** At least two parts and at most `most`, by Leiden at the finest resolution that gives so few; else the small ones put together. */
function fewParts(graph: Graph, most: number, seed: number): Groups {
  let found: Groups = leiden(graph, { seed })
  for (let resolution = 0.5; found.count > most && resolution >= COARSEST; resolution /= 2) found = leiden(graph, { seed, resolution })
  // Pieces that nothing ties together stay many at any resolution; and what is one piece of all has to be cut somewhere.
  if (found.count > most) found = bySize(Array.from(found.membership, (g) => Math.min(g, most - 1)))
  if (found.count === 1) found = bySize(Array.from({ length: graph.n }, (_, v) => Math.floor((v * most) / graph.n)))
  return found
}

/** The graph of groups: a node for each, tied by what ties their nodes; what lies within is a loop. O(m) */
export function graphOfGroups(graph: Graph, { membership, count }: Groups): Graph {
  const { from, to, weights } = tiesOf(graph)
  return buildGraph({ n: count, from: Uint32Array.from(from, (v) => membership[v]), to: Uint32Array.from(to, (v) => membership[v]), weights })
}
