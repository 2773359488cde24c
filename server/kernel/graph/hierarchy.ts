import { type Graph, shuffledTies, subgraph } from './graph.ts'
import { leiden, type LeidenOptions } from './leiden.ts'
import { membersOf } from './partition.ts'
import { randomFrom } from './random.ts'

/** A community with those within it; one that does not fall into parts has none. */
export type Community = { nodes: number[]; parts: Community[] }
export type HierarchyOptions = Omit<LeidenOptions, 'start'> & {
  /** communities below this are not looked into */
  smallest?: number
  deepest?: number
}

// How many networks of chance a split has to surpass, all of them: 1 in 10 splits of what has no parts would pass.
// Large ones hardly differ from each other, so that few tell as much.
const CHANCES = 9
const CHANCES_OF_LARGE = 2
const LARGE = 1_000

/**
 * Communities within communities: Leiden on the ties within each community, again and again, as long as a split is better
 * than what chance alone gives a network of the same strengths (R. Guimerà, M. Sales-Pardo, L. A. N. Amaral, "Modularity from
 * fluctuations in random graphs and complex networks", Physical Review E 70, 025101, 2004).
 * 3 to 10 times Leiden per level.
 * @returns the communities of the whole; none where it has no parts
 */
export function hierarchy(graph: Graph, { smallest = 8, deepest = 8, ...options }: HierarchyOptions = {}): Community[] {
  if (deepest === 0 || graph.n < smallest) return []
  const found = leiden(graph, options)
  if (found.count < 2 || mayBeChance(graph, found.quality, options)) return []
  return membersOf(found).map((nodes) => ({
    nodes,
    parts: hierarchy(subgraph(graph, nodes), { ...options, smallest, deepest: deepest - 1 }).map((part) => renamed(part, nodes)),
  }))
}

/** Whether as much is found in a network of the same strengths whose ties are drawn by lot. */
function mayBeChance(graph: Graph, quality: number, options: LeidenOptions): boolean {
  const random = randomFrom(options.seed ?? 1)
  const chances = graph.n > LARGE ? CHANCES_OF_LARGE : CHANCES
  for (let i = 0; i < chances; i++) if (leiden(shuffledTies(graph, random), { ...options, tries: 1 }).quality >= quality) return true
  return false
}

const renamed = ({ nodes, parts }: Community, names: number[]): Community =>
  ({ nodes: nodes.map((v) => names[v]), parts: parts.map((part) => renamed(part, names)) })
