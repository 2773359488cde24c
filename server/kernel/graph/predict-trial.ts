import { buildGraph, type Graph, tiesOf } from './graph.ts'
import { type Scorer, suggest } from './predict.ts'
import { singletons } from './partition.ts'
import { randomFrom, shuffle } from './random.ts'

export type Trial = {
  /** of the ten best suggestions to each who has hidden ties, the share that are hidden ties */
  precision: number
  /** how likely a hidden tie scores higher than a pair without one; half for a draw */
  auc: number
}

/** Hides a share of the ties. The graph keeps its nodes; `hidden` are pairs. O(n + m) */
export function hideTies(graph: Graph, share: number, seed = 1): { known: Graph; hidden: [number, number][] } {
  const { n, from, to, weights } = tiesOf(graph)
  const order = shuffle(singletons(from.length), randomFrom(seed))
  const [away, kept] = [order.subarray(0, Math.round(share * order.length)), order.subarray(Math.round(share * order.length))]
  const take = (all: ArrayLike<number>) => Float64Array.from(kept, (i) => all[i])
  return {
    known: buildGraph({ n, from: take(from), to: take(to), weights: take(weights) }),
    hidden: [...away].filter((i) => from[i] !== to[i]).map((i) => [from[i], to[i]]),
  }
}

/**
 * Tries a scorer of the known graph on the hidden ties (D. Liben-Nowell, J. Kleinberg, "The link prediction problem for social
 * networks", 2007; the AUC by L. Lü, T. Zhou, "Link prediction in complex networks", 2011, from pairs drawn by lot).
 * @param draws how many pairs to compare
 */
export function tryScorer(known: Graph, hidden: readonly (readonly [number, number])[], scorer: Scorer, { draws = 10_000, seed = 1 } = {}): Trial {
  const missing = new Map<number, Set<number>>()
  for (const [a, b] of hidden) for (const [u, v] of [[a, b], [b, a]]) missing.set(u, (missing.get(u) ?? new Set()).add(v))
  let right = 0
  for (const [u, away] of missing) right += suggest(scorer, u).filter(({ node }) => away.has(node)).length / 10
  const random = randomFrom(seed)
  const pick = (limit: number) => Math.floor(random() * limit)
  const isTied = (u: number, v: number) => u === v || missing.get(u)?.has(v) || known.targets.subarray(known.offsets[u], known.offsets[u + 1]).includes(v)
  let higher = 0
  for (let i = 0; i < draws; i++) {
    const [a, b] = hidden[pick(hidden.length)]
    let [u, v] = [0, 0]
    while (isTied(u, v)) [u, v] = [pick(known.n), pick(known.n)]
    higher += (1 + Math.sign(scorer.score(a, b) - scorer.score(u, v))) / 2
  }
  return { precision: right / missing.size, auc: higher / draws }
}
