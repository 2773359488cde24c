import type { Ties } from './graph.ts'

export type Reciprocity = {
  /** of the ties, how many are answered: 0 … 1. NaN where there are none */
  share: number
  /** of the weight, how much is answered (T. Squartini, F. Picciolo, F. Ruzzenenti, D. Garlaschelli, "Reciprocity of weighted networks", 2013) */
  weight: number
  /** the share beside that of chance: 0 is as by chance, 1 all, below 0 avoided (D. Garlaschelli, M. I. Loffredo, 2004) */
  beyondChance: number
}

/** How many ties with a direction are answered in the other one. What is there several times adds up; loops do not count. O(m) */
export function reciprocity({ n, from, to, weights }: Ties): Reciprocity {
  const sums = new Map<number, number>()
  for (let i = 0; i < from.length; i++) {
    const pair = from[i] * n + to[i]
    if (from[i] !== to[i]) sums.set(pair, (sums.get(pair) ?? 0) + (weights ? weights[i] : 1))
  }
  let [answered, weight, total] = [0, 0, 0]
  for (const [pair, w] of sums) {
    const back = sums.get((pair % n) * n + Math.floor(pair / n)) ?? 0
    total += w
    if (back > 0) answered++
    weight += Math.min(w, back)
  }
  const share = answered / sums.size
  const chance = sums.size / (n * (n - 1))
  return { share, weight: weight / total, beyondChance: (share - chance) / (1 - chance) }
}
