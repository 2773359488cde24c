import type { Ties } from './graph.ts'

/**
 * Groups of people, some within others: the group above each (-1: none), those above before those below, and the
 * innermost group of each person (-1: in none).
 */
export type Regions = { parents: ArrayLike<number>; innermost: ArrayLike<number> }

/**
 * Between two groups side by side: `share` of all that the people of the less busy one have to do with anybody, and `ratio`
 * to what it would be by chance (the configuration model, see mixing.ts).
 */
export type RegionLink = { a: number; b: number; share: number; ratio: number }
export type RegionFigures = {
  /** of each group the share of what its people have to do with anybody that stays among them; null where fewer took part */
  within: (number | null)[]
  /** only those that so many people are part of */
  links: RegionLink[]
  /** of everything, the share that stays within the outermost groups, and what it would be by chance */
  staying: { share: number; byChance: number }
}

/**
 * What goes on within groups and between them. Figures of fewer than `least` people are left out: those who take part in
 * a group, or in what ties two of them. O(m depth)
 */
export function describeRegions({ from, to, weights }: Omit<Ties, 'n'>, { parents, innermost }: Regions, least: number): RegionFigures {
  const count = parents.length
  const depth = depths(parents)
  const inside = new Float64Array(count)
  const whole = new Float64Array(count)
  const active = Array.from({ length: count }, () => new Few(least))
  const between = new Map<number, { weight: number; people: Few }>()
  let total = 0
  const takePart = (person: number, weight: number) => {
    for (let g = innermost[person]; g >= 0; g = parents[g]) {
      whole[g] += weight
      active[g].add(person)
    }
  }
  for (let i = 0; i < from.length; i++) {
    const [u, v, weight] = [from[i], to[i], weights ? weights[i] : 1]
    let [a, b] = [innermost[u], innermost[v]]
    if (a < 0 || b < 0) continue
    total += 2 * weight
    takePart(u, weight)
    takePart(v, weight)
    while (a !== b) {
      if (parents[a] === parents[b]) note(between, Math.min(a, b) * count + Math.max(a, b), weight, least, u, v)
      const deeper = depth[a] - depth[b]
      if (deeper >= 0) a = parents[a]
      if (deeper <= 0) b = parents[b]
      if (a < 0 || b < 0) break
    }
    if (a === b) for (let g = a; g >= 0; g = parents[g]) inside[g] += 2 * weight
  }
  const outermost = Array.from(whole, (_, g) => g).filter((g) => parents[g] < 0)
  return {
    staying: { share: sumOf(outermost, (g) => inside[g] / total), byChance: sumOf(outermost, (g) => (whole[g] / total) ** 2) },
    within: Array.from(whole, (sum, g) => (active[g].isEnough ? inside[g] / sum : null)),
    links: [...between].filter(([, { people }]) => people.isEnough).map(([key, { weight }]) => {
      const [a, b] = [Math.floor(key / count), key % count]
      return { a, b, share: weight / Math.min(whole[a], whole[b]), ratio: (weight * total) / (whole[a] * whole[b]) }
    }),
  }
}

const sumOf = (items: number[], of: (item: number) => number) => items.reduce((sum, item) => sum + of(item), 0)

function note(between: Map<number, { weight: number; people: Few }>, key: number, weight: number, least: number, u: number, v: number): void {
  const link = between.get(key) ?? { weight: 0, people: new Few(least) }
  link.weight += weight
  link.people.add(u)
  link.people.add(v)
  between.set(key, link)
}

function depths(parents: ArrayLike<number>): Uint16Array {
  const depth = new Uint16Array(parents.length)
  for (let g = 0; g < parents.length; g++) depth[g] = parents[g] < 0 ? 0 : depth[parents[g]] + 1
  return depth
}

/** Different people, counted up to as many as are enough. */
class Few {
  readonly #seen = new Set<number>()
  readonly #enough: number
  constructor(enough: number) {
    this.#enough = enough
  }
  add(person: number): void {
    if (this.#seen.size < this.#enough) this.#seen.add(person)
  }
  get isEnough() {
    return this.#seen.size >= this.#enough
  }
}
