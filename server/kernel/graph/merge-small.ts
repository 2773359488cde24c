import type { Graph } from './graph.ts'
import { bySize, type Groups, membersOf } from './partition.ts'

/**
 * Groups of at least so many nodes: each smaller one goes into the one it is most tied with, the smallest first; those
 * that have no tie to any other are put together. O(m log c)
 * @param least a group below it is merged; one may be left of fewer, whose nodes are tied to nobody else
 */
export function mergeSmall(graph: Graph, groups: Groups, least: number): Groups {
  const { membership } = groups
  const sizes = membersOf(groups).map((nodes) => nodes.length)
  const into = sizes.map((_, g) => g)
  const find = (g: number): number => (into[g] === g ? g : (into[g] = find(into[g])))
  const around = tiesBetween(graph, groups)
  const join = (small: number, large: number) => {
    for (const [far, weight] of around[small]) {
      const g = find(far)
      if (g !== large) around[large].set(g, (around[large].get(g) ?? 0) + weight)
    }
    around[small].clear()
    sizes[large] += sizes[small]
    into[small] = large
  }
  const alone = new Set<number>()
  const waiting = () => sizes.map((_, g) => g).filter((g) => into[g] === g && sizes[g] < least && !alone.has(g)).sort((a, b) => sizes[a] - sizes[b] || a - b)
  for (let small = waiting(); small.length; small = waiting()) {
    for (const g of small) {
      if (into[g] !== g || sizes[g] >= least) continue
      const nearest = mostTied(g, around[g], find)
      if (nearest === null) alone.add(g)
      else join(g, nearest)
    }
  }
  putTogether([...alone].filter((g) => into[g] === g && sizes[g] < least), sizes, least, join)
  return bySize(Array.from(membership, (g) => find(g)))
}

/** Of each group the others it is tied with, and the weight of those ties. */
function tiesBetween({ n, offsets, targets, weights }: Graph, { membership, count }: Groups): Map<number, number>[] {
  const between = Array.from({ length: count }, () => new Map<number, number>())
  for (let v = 0; v < n; v++) {
    for (let i = offsets[v]; i < offsets[v + 1]; i++) {
      const [own, far] = [membership[v], membership[targets[i]]]
      if (own !== far) between[own].set(far, (between[own].get(far) ?? 0) + weights[i])
    }
  }
  return between
}

function mostTied(g: number, around: Map<number, number>, find: (g: number) => number): number | null {
  const sums = new Map<number, number>()
  for (const [far, weight] of around) {
    const other = find(far)
    if (other !== g) sums.set(other, (sums.get(other) ?? 0) + weight)
  }
  let [best, most]: [number | null, number] = [null, 0]
  for (const [other, weight] of sums) if (weight > most || (weight === most && other < best!)) [best, most] = [other, weight]
  return best
}

function putTogether(alone: number[], sizes: number[], least: number, join: (small: number, large: number) => void): void {
  let last: number | null = null
  for (const g of alone) {
    if (last !== null && sizes[last] < least) join(g, last)
    else last = g
  }
}
