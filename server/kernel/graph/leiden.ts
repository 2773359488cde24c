import type { Graph } from './graph.ts'
import { aggregate, firstLevel, type Level, type Objective, quality } from './level.ts'
import { moveNodes } from './move.ts'
import { bySize, compact, connectedPieces, type Groups, singletons } from './partition.ts'
import { randomFrom, type Random } from './random.ts'
import { refine } from './refine.ts'

export type { Objective } from './level.ts'
export type LeidenOptions = {
  objective?: Objective
  /** γ: the higher, the smaller the communities */
  resolution?: number
  seed?: number
  /** rounds at most of each try; it ends before when they find nothing better */
  rounds?: number
  /** how often to begin anew, to keep the best */
  tries?: number
  /** where to begin: a community for each node; alone without it */
  start?: ArrayLike<number>
}
export type Partition = Groups & {
  /** modularity (Newman, Girvan 2004; Reichardt, Bornholdt 2006), or that of the constant Potts model (Traag, Van Dooren, Nesterov 2011) */
  quality: number
}

// How many rounds in a row may find nothing better: chance is part of each.
const PATIENCE = 3

/**
 * Communities by the Leiden algorithm: V. A. Traag, L. Waltman, N. J. van Eck, "From Louvain to Leiden: guaranteeing
 * well-connected communities", Scientific Reports 9, 5233 (2019). Every community is connected; the largest comes first.
 * The same graph, options and seed give the same communities.
 *
 * Nodes are moved where they gain most; each community is then taken apart and put together again from its
 * well-connected pieces (the refinement), and the pieces are the nodes of a smaller graph, on which the same is done.
 *
 * About O(m) a round in practice; 40 bytes a node and 24 a tie beside the graph.
 * @throws RangeError for a resolution that is negative or no number, or a start that does not name a community for every node
 */
export function leiden(graph: Graph, options: LeidenOptions = {}): Partition {
  const { objective = 'modularity', resolution = 1, seed = 1, tries = worth(graph, 5e5, 1, 5) } = options
  if (!(resolution >= 0 && resolution < Infinity)) throw new RangeError(`The resolution is ${resolution}; it is a number from 0.`)
  if (options.start && options.start.length !== graph.n) throw new RangeError(`The start names ${options.start.length} communities for ${graph.n} nodes.`)
  const level = firstLevel(graph, objective, resolution)
  const random = randomFrom(seed)
  let best = search(level, random, options)
  for (let again = 1; again < tries; again++) {
    const other = search(level, random, options)
    if (other.quality > best.quality) best = other
  }
  return { ...bySize(best.membership), quality: best.quality }
}

/** As many as are worth their time: many for what is small, few for what is large. */
const worth = ({ targets }: Graph, budget: number, least: number, most: number) => Math.min(most, Math.max(least, Math.round(budget / (targets.length + 1))))

/** Round after round from one start, until nothing better is found. */
function search(level: Level, random: Random, { start, rounds = worth(level, 4e6, 2, 20) }: LeidenOptions) {
  let membership = start ? connectedPieces(level, start).membership : singletons(level.n)
  let best = quality(level, membership)
  for (let round = 0, idle = 0; round < rounds && idle < PATIENCE; round++) {
    // Only by chance, where nothing could be refined, is something left that is not connected; to part it costs nothing.
    const next = connectedPieces(level, improve(level, membership.slice(), random)).membership
    const value = quality(level, next)
    idle = value > best + 1e-12 * Math.abs(best) ? 0 : idle + 1
    if (idle > 0) continue
    membership = next
    best = value
  }
  return { membership, quality: best }
}

/** One round: down through the levels until no two nodes are together. */
function improve(base: Level, membership: Uint32Array, random: Random): Uint32Array {
  let level = base
  let partition = membership
  // Which node of the present level each node of the first one is in.
  let place: Uint32Array | null = null
  for (;;) {
    moveNodes(level, partition, random)
    const communities = compact(partition)
    if (communities.count === level.n) return compose(place, communities.membership)
    const pieces = compact(refine(level, communities, random))
    // Nothing could be put together: the communities themselves are the nodes, as in Louvain's algorithm.
    const groups = pieces.count < level.n ? pieces : communities
    partition = new Uint32Array(groups.count)
    for (let v = 0; v < level.n; v++) partition[groups.membership[v]] = communities.membership[v]
    place = compose(place, groups.membership)
    level = aggregate(level, groups)
  }
}

const compose = (place: Uint32Array | null, groups: Uint32Array) => (place ? place.map((v) => groups[v]) : groups)
