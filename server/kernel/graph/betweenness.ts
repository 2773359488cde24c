import type { Graph } from './graph.ts'
import { randomFrom } from './random.ts'
import { PathSampler } from './shortest-paths.ts'

export type Betweenness = {
  /** of the pairs of other nodes, the share whose shortest ways lead over each node: 0 … 1 */
  values: Float64Array
  /** how far any value may be from the true one, with probability 1 − `chance`; 0 is exact */
  error: number
}
export type BetweennessOptions = { error?: number; chance?: number; seed?: number; exactTo?: number }

/**
 * Betweenness, by which those show who connect others. Exact where nodes times ties are at most `exactTo`, else from as many
 * shortest ways drawn by lot as keep every value within `error` with probability 1 − `chance`:
 * ½/ε² · (⌊log₂(D − 2)⌋ + 1 + ln 1/δ) with D nodes on the longest one, by M. Riondato, E. M. Kornaropoulos, "Fast approximation
 * of betweenness centrality through sampling" (2016). Weights do not count. O(n·m), or O(samples · ways from both ends)
 */
export function betweenness(graph: Graph, { error = 0.01, chance = 0.1, seed = 1, exactTo = 1e8 }: BetweennessOptions = {}): Betweenness {
  if (graph.n * graph.targets.length <= exactTo) return { values: exactly(graph), error: 0 }
  const random = randomFrom(seed)
  const pick = () => Math.floor(random() * graph.n)
  const longest = longestBound(graph)
  const samples = Math.ceil((0.5 / error ** 2) * (Math.floor(Math.log2(Math.max(1, longest - 2))) + 1 + Math.log(1 / chance)))
  const values = new Float64Array(graph.n)
  const paths = new PathSampler(graph, random)
  for (let i = 0; i < samples; i++) {
    const from = pick()
    let to = pick()
    while (to === from) to = pick()
    for (const v of paths.draw(from, to)) values[v] += 1 / samples
  }
  return { values, error }
}

/** U. Brandes, "A faster algorithm for betweenness centrality" (2001). O(n·m) */
function exactly({ n, offsets, targets }: Graph): Float64Array {
  const values = new Float64Array(n)
  const distance = new Int32Array(n)
  const ways = new Float64Array(n)
  const share = new Float64Array(n)
  const order = new Uint32Array(n)
  const pairs = (n - 1) * (n - 2)
  for (let s = 0; s < n; s++) {
    distance.fill(-1)
    ways.fill(0)
    share.fill(0)
    distance[s] = 0
    ways[s] = 1
    order[0] = s
    let end = 1
    for (let head = 0; head < end; head++) {
      const v = order[head]
      for (let i = offsets[v]; i < offsets[v + 1]; i++) {
        const u = targets[i]
        if (distance[u] < 0) {
          distance[u] = distance[v] + 1
          order[end++] = u
        }
        if (distance[u] === distance[v] + 1) ways[u] += ways[v]
      }
    }
    for (let k = end - 1; k > 0; k--) {
      const v = order[k]
      for (let i = offsets[v]; i < offsets[v + 1]; i++) if (distance[targets[i]] === distance[v] - 1) share[targets[i]] += (ways[targets[i]] / ways[v]) * (1 + share[v])
      values[v] += share[v] / pairs
    }
  }
  return values
}

/** No shortest way has more nodes: in each connected part, the two farthest from one of its nodes, by way of it. O(n + m) */
function longestBound({ n, offsets, targets }: Graph): number {
  const distance = new Int32Array(n).fill(-1)
  let most = 0
  for (let s = 0; s < n; s++) {
    if (distance[s] >= 0) continue
    distance[s] = 0
    const order = [s]
    for (let head = 0; head < order.length; head++) {
      const v = order[head]
      for (let i = offsets[v]; i < offsets[v + 1]; i++) {
        if (distance[targets[i]] >= 0) continue
        distance[targets[i]] = distance[v] + 1
        order.push(targets[i])
      }
    }
    const [last, other = s] = order.slice(-2).reverse()
    most = Math.max(most, distance[last] + distance[other] + 1)
  }
  return most
}
