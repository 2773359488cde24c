import { gather, type Level } from './level.ts'
import { singletons } from './partition.ts'
import { type Random, shuffle } from './random.ts'

// Gains below this share of a tie are noise of the arithmetic.
const NOISE = 1e-10

/**
 * Moves node after node to the community where it gains most, or out into one of its own, until none gains: the fast local
 * move of Leiden (Traag, Waltman, Van Eck 2019, algorithm A.2). Whoever has a neighbour that moved is asked again.
 * Changes `membership` in place, whose numbers are below n. O(m) in practice.
 */
export function moveNodes(level: Level, membership: Uint32Array, random: Random): void {
  const { n, offsets, targets, sizes, penalty } = level
  const { size, members, empty } = measure(level, membership)
  const noise = NOISE * level.unit
  // A ring: n places suffice, as nobody waits twice.
  const queue = shuffle(singletons(n), random)
  const isWaiting = new Uint8Array(n).fill(1)
  const tie = new Float64Array(n)
  const near = new Uint32Array(n)
  for (let head = 0, waiting = n; waiting > 0; waiting--) {
    const v = queue[head]
    head = head + 1 === n ? 0 : head + 1
    isWaiting[v] = 0
    const own = membership[v]
    const mine = penalty * sizes[v]
    size[own] -= sizes[v]
    if (--members[own] === 0) empty.push(own)
    const count = gather(level, v, membership, tie, near)
    let best = own
    let most = tie[own] - mine * size[own]
    for (let k = 0; k < count; k++) {
      const c = near[k]
      const gain = tie[c] - mine * size[c]
      tie[c] = 0
      if (gain > most + noise) {
        most = gain
        best = c
      }
    }
    if (most < -noise) best = empty[empty.length - 1]
    size[best] += sizes[v]
    // An empty one that is chosen is the last of the list: the one just left, or that from which to begin anew.
    if (members[best]++ === 0) empty.pop()
    if (best === own) continue
    membership[v] = best
    for (let i = offsets[v], end = offsets[v + 1]; i < end; i++) {
      const u = targets[i]
      if (isWaiting[u] || membership[u] === best) continue
      isWaiting[u] = 1
      let tail = head + waiting - 1
      if (tail >= n) tail -= n
      queue[tail] = u
      waiting++
    }
  }
}

/** The size of each community, how many nodes it has, and the numbers that none has. */
function measure({ n, sizes }: Level, membership: Uint32Array) {
  const size = new Float64Array(n)
  const members = new Uint32Array(n)
  for (let v = 0; v < n; v++) {
    size[membership[v]] += sizes[v]
    members[membership[v]]++
  }
  const empty: number[] = []
  for (let c = n - 1; c >= 0; c--) if (!members[c]) empty.push(c)
  return { size, members, empty }
}
