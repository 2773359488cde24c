import type { Ties } from './graph.ts'
import { randomFrom } from './random.ts'

/** Ties that are given as pairs, or as triples with a weight. */
export function tiesOf(n: number, list: readonly (readonly number[])[]): Ties {
  return { n, from: list.map(([a]) => a), to: list.map(([, b]) => b), weights: list.map(([, , w]) => w ?? 1) }
}

/** Groups of `size` people who all know each other, each tied to the next by one tie: a ring of cliques (Fortunato, Barthélemy 2007). */
export function ringOfCliques(count: number, size: number): Ties {
  const list: number[][] = []
  for (let c = 0; c < count; c++) {
    for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) list.push([c * size + i, c * size + j])
    list.push([c * size, ((c + 1) % count) * size + 1])
  }
  return tiesOf(count * size, list)
}

/**
 * A network with communities known beforehand, a planted partition (Condon, Karp 2001) drawn tie by tie: `outside` of the
 * ties go to anyone, the others within the group. Person v is in group v mod (n / size). O(n + m)
 */
export function plantedPartition(n: number, m: number, { size = 50, outside = 0.3, seed = 1 } = {}) {
  const random = randomFrom(seed)
  const groups = Math.max(1, Math.floor(n / size))
  const pick = (limit: number) => Math.floor(random() * limit)
  const pickFellow = (v: number) => (v % groups) + groups * pick(Math.floor((n - 1 - (v % groups)) / groups) + 1)
  const from = new Uint32Array(m)
  const to = new Uint32Array(m)
  for (let i = 0; i < m; i++) {
    from[i] = pick(n)
    do to[i] = random() < outside ? pick(n) : pickFellow(from[i])
    while (to[i] === from[i])
  }
  return { n, from, to, groups: Uint32Array.from({ length: n }, (_, v) => v % groups) }
}

/**
 * W. W. Zachary's karate club (An Information Flow Model for Conflict and Fission in Small Groups, 1977): 34 people,
 * 78 ties. The neighbours of each that come after it.
 */
const KARATE: Record<number, number[]> = {
  0: [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31], 1: [2, 3, 7, 13, 17, 19, 21, 30], 2: [3, 7, 8, 9, 13, 27, 28, 32],
  3: [7, 12, 13], 4: [6, 10], 5: [6, 10, 16], 6: [16], 8: [30, 32, 33], 9: [33], 13: [33], 14: [32, 33], 15: [32, 33], 18: [32, 33],
  19: [33], 20: [32, 33], 22: [32, 33], 23: [25, 27, 29, 32, 33], 24: [25, 27, 31], 25: [31], 26: [29, 33], 27: [33], 28: [31, 33],
  29: [32, 33], 30: [32, 33], 31: [32, 33], 32: [33],
}
export const karate: Ties = tiesOf(34, Object.entries(KARATE).flatMap(([a, near]) => near.map((b) => [Number(a), b])))

/** The faction of each before the club parted: 0 with the instructor (node 0), 1 with the officer (node 33). */
export const karateSides = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
