import { gather, type Level } from './level.ts'
import { type Groups, singletons } from './partition.ts'
import { type Random, shuffle } from './random.ts'

// θ of the paper, here in units of an average tie: how much chance there is. The reference implementation takes the same.
const CHANCE = 0.01

/**
 * The well-connected pieces of each community (Traag, Waltman, Van Eck 2019, algorithm A.2, MergeNodesSubset): every node
 * begins alone and joins, by chance but rather where it gains more, a piece of its community. Only nodes and pieces take part
 * that are well tied to the rest of their community, so every piece is connected, and better together than apart.
 * Returns the piece of each node, named by a node of it. O(m)
 */
export function refine(level: Level, communities: Groups, random: Random): Uint32Array {
  const { n, sizes, penalty } = level
  const own = communities.membership
  const { total, outward } = bonds(level, communities)
  const pieces = singletons(n)
  const size = sizes.slice()
  const isAlone = new Uint8Array(n).fill(1)
  const slack = 1e-10 * level.unit
  const isWellTied = (p: number) => outward[p] >= penalty * size[p] * (total[own[p]] - size[p]) - slack
  const tie = new Float64Array(n)
  const near = new Uint32Array(n)
  const gains = new Float64Array(n)
  const order = shuffle(singletons(n), random)
  for (let k = 0; k < n; k++) {
    const v = order[k]
    if (!isAlone[v] || outward[v] === 0 || !isWellTied(v)) continue
    const count = gather(level, v, pieces, tie, near)
    for (let j = 0; j < count; j++) {
      const p = near[j]
      gains[j] = own[p] === own[v] && isWellTied(p) ? tie[p] - penalty * sizes[v] * size[p] : -1
    }
    const at = choose(gains, count, CHANCE * level.unit, random)
    if (at >= 0) {
      const p = near[at]
      pieces[v] = p
      size[p] += sizes[v]
      outward[p] += outward[v] - 2 * tie[p]
      isAlone[v] = isAlone[p] = 0
    }
    for (let j = 0; j < count; j++) tie[near[j]] = 0
  }
  return pieces
}

/** What each community is in size, and what ties each node to the rest of its community. */
function bonds({ n, offsets, targets, weights, sizes }: Level, { membership, count }: Groups) {
  const total = new Float64Array(count)
  const outward = new Float64Array(n)
  for (let v = 0; v < n; v++) {
    const own = membership[v]
    total[own] += sizes[v]
    let sum = 0
    for (let i = offsets[v], end = offsets[v + 1]; i < end; i++) if (membership[targets[i]] === own) sum += weights[i]
    outward[v] = sum
  }
  return { total, outward }
}

/** The place of a gain, chosen with probability ∝ exp(gain / θ) among those that are not negative; -1 is to gain nothing. Overwrites `gains`. */
function choose(gains: Float64Array, count: number, chance: number, random: Random): number {
  let most = 0
  for (let j = 0; j < count; j++) if (gains[j] > most) most = gains[j]
  const nothing = Math.exp(-most / chance)
  let sum = nothing
  for (let j = 0; j < count; j++) {
    gains[j] = gains[j] >= 0 ? Math.exp((gains[j] - most) / chance) : 0
    sum += gains[j]
  }
  let left = random() * sum - nothing
  for (let j = 0; j < count && left >= 0; j++) {
    left -= gains[j]
    if (left < 0) return j
  }
  return -1
}
