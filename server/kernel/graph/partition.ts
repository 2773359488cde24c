import type { Graph } from './graph.ts'

/** Groups of nodes: the group of each node, 0 … count-1. */
export type Groups = { membership: Uint32Array; count: number }

/** Every node alone, in a group of its own number. O(n) */
export function singletons(n: number): Uint32Array {
  const groups = new Uint32Array(n)
  for (let v = 0; v < n; v++) groups[v] = v
  return groups
}

/** The same groups, numbered 0 … count-1 as they appear; they may have any numbers before. O(n) */
export function compact(groups: ArrayLike<number>): Groups {
  const n = groups.length
  const names = new Int32Array(n).fill(-1)
  const others = new Map<number, number>()
  const membership = new Uint32Array(n)
  let count = 0
  for (let v = 0; v < n; v++) {
    const g = groups[v]
    if (g >= 0 && g < n) membership[v] = names[g] >= 0 ? names[g] : (names[g] = count++)
    else membership[v] = others.get(g) ?? (others.set(g, count), count++)
  }
  return { membership, count }
}

/** The same groups, the largest first; of equal ones that with the lowest node. O(n + c log c) with c groups */
export function bySize(groups: ArrayLike<number>): Groups {
  const { membership, count } = compact(groups)
  const sizes = new Uint32Array(count)
  for (const g of membership) sizes[g]++
  const order = singletons(count).sort((a, b) => sizes[b] - sizes[a] || a - b)
  const rank = new Uint32Array(count)
  order.forEach((g, i) => (rank[g] = i))
  return { membership: membership.map((g) => rank[g]), count }
}

/** The nodes of each group, in ascending order. O(n) */
export function membersOf({ membership, count }: Groups): number[][] {
  const members: number[][] = Array.from({ length: count }, () => [])
  membership.forEach((g, v) => members[g].push(v))
  return members
}

/** The connected pieces of each group: nodes are in one when a way of ties within the group leads from one to the other. O(n + m) */
export function connectedPieces({ n, offsets, targets }: Graph, groups: ArrayLike<number>): Groups {
  const membership = new Uint32Array(n)
  const isSeen = new Uint8Array(n)
  const waiting: number[] = []
  let count = 0
  for (let first = 0; first < n; first++) {
    if (isSeen[first]) continue
    isSeen[first] = 1
    waiting.push(first)
    while (waiting.length) {
      const v = waiting.pop()!
      membership[v] = count
      for (let i = offsets[v]; i < offsets[v + 1]; i++) {
        const u = targets[i]
        if (isSeen[u] || groups[u] !== groups[v]) continue
        isSeen[u] = 1
        waiting.push(u)
      }
    }
    count++
  }
  return { membership, count }
}
