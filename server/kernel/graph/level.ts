import { type Graph, shorten, strengths } from './graph.ts'
import { type Groups } from './partition.ts'

export type Objective = 'modularity' | 'cpm'

/**
 * A graph at one level of the Leiden algorithm. Both objectives are Σ over communities of (weight inside − penalty · size² / 2),
 * times `scale` and plus `base`; what a node adds to the size of its community is its strength for modularity and 1 for the
 * constant Potts model, where pairs are counted that are two: size · (size − 1) / 2.
 */
export type Level = Graph & {
  readonly sizes: Float64Array
  readonly penalty: number
  readonly scale: number
  readonly base: number
  /** what a tie of the first level weighs on average: gains are large or small beside this */
  readonly unit: number
}

/** The level of a graph as given. O(n + m) */
export function firstLevel(graph: Graph, objective: Objective, resolution: number): Level {
  const ends = strengths(graph)
  const total = ends.reduce((sum, k) => sum + k, 0)
  const ties = graph.targets.length / 2 + graph.loops.reduce((count, w) => count + (w > 0 ? 1 : 0), 0)
  const unit = total ? total / 2 / ties : 1
  if (objective === 'cpm') return { ...graph, sizes: new Float64Array(graph.n).fill(1), penalty: resolution, scale: 1, base: (resolution * graph.n) / 2, unit }
  return { ...graph, sizes: ends, penalty: total ? resolution / total : 0, scale: total ? 2 / total : 0, base: 0, unit }
}

/** How good a partition is by the objective of the level. O(n + m) */
export function quality({ n, offsets, targets, weights, loops, sizes, penalty, scale, base }: Level, membership: Uint32Array): number {
  const size = new Float64Array(n)
  let twice = 0
  for (let v = 0; v < n; v++) {
    const own = membership[v]
    size[own] += sizes[v]
    twice += 2 * loops[v]
    for (let i = offsets[v], end = offsets[v + 1]; i < end; i++) if (membership[targets[i]] === own) twice += weights[i]
  }
  let squares = 0
  for (const s of size) squares += s * s
  return (scale * (twice - penalty * squares)) / 2 + base
}

/**
 * Adds up in `tie` what binds node v to each group, and lists in `near` the groups that it finds; returns how many.
 * Whoever asks sets `tie` back to 0 at those places.
 */
export function gather({ offsets, targets, weights }: Graph, v: number, groups: Uint32Array, tie: Float64Array, near: Uint32Array): number {
  let count = 0
  for (let i = offsets[v], end = offsets[v + 1]; i < end; i++) {
    const g = groups[targets[i]]
    if (tie[g] === 0) near[count++] = g
    tie[g] += weights[i]
  }
  return count
}

/** The level whose nodes are groups of another one's nodes; ties inside a group become its loop. O(n + m) */
export function aggregate(level: Level, { membership: groups, count }: Groups): Level {
  const { n, offsets, targets, weights } = level
  const sizes = new Float64Array(count)
  const loops = new Float64Array(count)
  const outer = new Uint32Array(count + 1)
  const far = new Uint32Array(targets.length)
  const values = new Float64Array(targets.length)
  const place = new Int32Array(count).fill(-1)
  const { starts, members } = sortByGroup(n, groups, count)
  let end = 0
  for (let g = 0; g < count; g++) {
    const begin = end
    for (let k = starts[g]; k < starts[g + 1]; k++) {
      const v = members[k]
      sizes[g] += level.sizes[v]
      loops[g] += level.loops[v]
      for (let i = offsets[v], last = offsets[v + 1]; i < last; i++) {
        const h = groups[targets[i]]
        if (h === g) loops[g] += weights[i] / 2
        else if (place[h] >= begin) values[place[h]] += weights[i]
        else {
          place[h] = end
          far[end] = h
          values[end++] = weights[i]
        }
      }
    }
    outer[g + 1] = end
  }
  return { ...level, n: count, offsets: outer, targets: shorten(far, end), weights: shorten(values, end), loops, sizes }
}

/** The members of group g are `members[starts[g] … starts[g+1])`. */
function sortByGroup(n: number, groups: Uint32Array, count: number) {
  const starts = new Uint32Array(count + 1)
  for (let v = 0; v < n; v++) starts[groups[v] + 1]++
  for (let g = 0; g < count; g++) starts[g + 1] += starts[g]
  const members = new Uint32Array(n)
  const next = starts.slice(0, count)
  for (let v = 0; v < n; v++) members[next[groups[v]]++] = v
  return { starts, members }
}
