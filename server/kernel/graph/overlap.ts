import { type Graph, strengths } from './graph.ts'
import { gather } from './level.ts'
import type { Groups } from './partition.ts'

export type Belonging = { community: number; share: number }

/**
 * How far each node belongs to the communities around it: the share of its tie weight that leads there, softened as if it had
 * `doubt` average ties more, which are spread like those of everyone. Who has few ties is thereby less sure to belong to one.
 * (The share alone is the belonging of I. Xie, S. Kelley, B. Szymanski, "Overlapping community detection in networks", 2013;
 * the softening is the Dirichlet prior of additive smoothing.) O(n + m)
 * @param most how many to name of each node at most, the nearest first, and `least`, the share from which
 * @returns of each node the communities it belongs to; the own one is always among them
 */
export function overlap(graph: Graph, { membership, count }: Groups, { doubt = 1, most = 3, least = 0.1 } = {}): Belonging[][] {
  const ends = strengths(graph)
  const whole = new Float64Array(count)
  let total = 0
  for (let v = 0; v < graph.n; v++) {
    whole[membership[v]] += ends[v]
    total += ends[v]
  }
  const extra = (doubt * total) / (graph.targets.length || 1)
  const tie = new Float64Array(count)
  const near = new Uint32Array(count + 1)
  return Array.from({ length: graph.n }, (_, v) => {
    const found = gather(graph, v, membership, tie, near)
    const own = membership[v]
    const around = [...near.subarray(0, found)]
    if (!around.includes(own)) around.push(own)
    const weigh = (c: number) => tie[c] + (c === own ? 2 * graph.loops[v] : 0) + (total ? (extra * whole[c]) / total : 0)
    const sum = around.reduce((all, c) => all + weigh(c), 0)
    const shares = around.map((community) => ({ community, share: sum ? weigh(community) / sum : 1 }))
    for (const c of around) tie[c] = 0
    shares.sort((a, b) => b.share - a.share || a.community - b.community)
    return shares.filter(({ community, share }, i) => community === own || (i < most && share >= least)).slice(0, most)
  })
}
