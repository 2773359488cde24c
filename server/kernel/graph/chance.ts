import { buildGraph, type Graph, tiesOf } from './graph.ts'
import { leiden, type LeidenOptions } from './leiden.ts'
import { type Random, randomFrom } from './random.ts'

/** What chance alone reaches: the mean and the standard deviation of the best found in so many networks of chance; an estimate where there were none. */
export type Chance = { quality: number; deviation: number; networks: number; is_better: boolean }

// So far above the estimate no network of chance comes.
const CLEARLY = 1.5
// Beyond it the comparison would take many times as long as the search, and more memory.
const MOST_TIES = 2e6

/**
 * Whether communities are better than those found in networks where everybody has as many ties as here, tied by lot (R. Guimerà,
 * M. Sales-Pardo, L. A. N. Amaral, "Modularity from fluctuations in random graphs and complex networks", Physical Review E 70,
 * 025101, 2004): above their mean by two standard deviations. What lies far above the estimate is not tried.
 * 5 to 20 times one try of Leiden.
 * @returns null where there are too many ties to try
 */
export function chanceOf(graph: Graph, quality: number, options: LeidenOptions = {}): Chance | null {
  const estimate = estimateOf(graph, options)
  if (quality > CLEARLY * estimate) return { quality: estimate, deviation: 0, networks: 0, is_better: true }
  if (graph.targets.length > 2 * MOST_TIES) return null
  const once = { ...options, tries: 1 }
  const random = randomFrom(options.seed ?? 1)
  const networks = Math.max(5, Math.min(20, Math.round(1.6e5 / (graph.targets.length + 1))))
  const found = Array.from({ length: networks }, () => leiden(rewired(graph, random), once).quality)
  const mean = found.reduce((sum, one) => sum + one, 0) / networks
  const deviation = Math.sqrt(found.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (networks - 1))
  // Of one try as well: the best of several would be above chance for that alone.
  return { quality: mean, deviation, networks, is_better: leiden(graph, once).quality > mean + 2 * deviation + 1e-9 }
}

/**
 * The modularity of networks of chance with these numbers of ties: 0.97 〈√k〉 / 〈k〉 (J. Reichardt, S. Bornholdt, "Partitioning and
 * modularity of graphs with arbitrary degree distribution", Physical Review E 76, 015102, 2007). It is for ties that weigh alike.
 */
function estimateOf({ n, offsets, weights }: Graph, { objective = 'modularity', resolution = 1 }: LeidenOptions): number {
  if (objective !== 'modularity' || resolution !== 1 || weights.some((w) => w !== weights[0])) return Infinity
  let [sum, roots] = [0, 0]
  for (let v = 0; v < n; v++) {
    sum += offsets[v + 1] - offsets[v]
    roots += Math.sqrt(offsets[v + 1] - offsets[v])
  }
  return sum ? (0.97 * roots) / sum : Infinity
}

/**
 * A network of chance in which every node has as many ties as here and no two are tied twice: two ties exchange their ends, ten
 * times as often as there are ties (S. Maslov, K. Sneppen, "Specificity and stability in topology of protein networks", 2002). O(m)
 */
export function rewired(graph: Graph, random: Random): Graph {
  const { n, weights, ...ends } = tiesOf({ ...graph, loops: new Float64Array(graph.n) })
  const [from, to] = [Array.from(ends.from), Array.from(ends.to)]
  const m = from.length
  const key = (a: number, b: number) => Math.min(a, b) * n + Math.max(a, b)
  const tied = new Set(Array.from({ length: m }, (_, i) => key(from[i], to[i])))
  const pick = () => Math.floor(random() * m)
  for (let turn = 0; turn < 10 * m; turn++) {
    const [i, j] = [pick(), pick()]
    const [a, b] = [from[i], to[i]]
    const [c, d] = random() < 0.5 ? [from[j], to[j]] : [to[j], from[j]]
    if (i === j || a === d || b === c || tied.has(key(a, d)) || tied.has(key(c, b))) continue
    for (const gone of [key(a, b), key(c, d)]) tied.delete(gone)
    for (const made of [key(a, d), key(c, b)]) tied.add(made)
    to[i] = d
    from[j] = c
    to[j] = b
  }
  return buildGraph({ n, from, to, weights })
}
