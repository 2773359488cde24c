import type { Graph } from './graph.ts'
import { singletons } from './partition.ts'

/**
 * The core number of each node: the largest k such that it is in a part of the graph where everyone has k ties within.
 * V. Batagelj, M. Zaveršnik, "An O(m) Algorithm for Cores Decomposition of Networks" (2003). Weights do not count. O(n log n + m)
 */
export function coreNumbers({ n, offsets, targets }: Graph): Uint32Array {
  const degree = Uint32Array.from({ length: n }, (_, v) => offsets[v + 1] - offsets[v])
  // Nodes in the order of their degree; `starts[d]` is where those of degree d begin.
  const order = singletons(n).sort((a, b) => degree[a] - degree[b])
  const place = new Uint32Array(n)
  order.forEach((v, i) => (place[v] = i))
  const starts = new Uint32Array(n + 1)
  for (let v = 0; v < n; v++) starts[degree[v] + 1]++
  for (let d = 0; d < n; d++) starts[d + 1] += starts[d]
  for (let k = 0; k < n; k++) {
    const v = order[k]
    for (let i = offsets[v]; i < offsets[v + 1]; i++) {
      const u = targets[i]
      if (degree[u] <= degree[v]) continue
      // u goes to the front of its degree, whose front moves on: it then has one less.
      const front = starts[degree[u]]++
      const w = order[front]
      order[place[u]] = w
      place[w] = place[u]
      order[front] = u
      place[u] = front
      degree[u]--
    }
  }
  return degree
}

/**
 * The core that knows each other and the periphery that does not: the split with the fewest ties missing in the core and
 * present in the periphery (S. P. Borgatti, M. G. Everett, "Models of core/periphery structures", 1999), found exactly by
 * taking nodes in the order of their degrees (S. Z. W. Lip, "A fast algorithm for the discrete core/periphery bipartitioning
 * problem", 2011). Weights do not count. O(n log n)
 * @returns 1 for each node of the core
 */
export function corePeriphery({ n, offsets, targets }: Graph): Uint8Array {
  const degree = (v: number) => offsets[v + 1] - offsets[v]
  const order = singletons(n).sort((a, b) => degree(b) - degree(a) || a - b)
  let [best, size, faults] = [targets.length / 2, 0, targets.length / 2]
  order.forEach((v, k) => {
    faults += k - degree(v)
    if (faults < best) [best, size] = [faults, k + 1]
  })
  const isCore = new Uint8Array(n)
  for (const v of order.subarray(0, size)) isCore[v] = 1
  return isCore
}
