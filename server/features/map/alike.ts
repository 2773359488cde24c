import type { RegionLink } from '../../kernel/graph/regions.ts'
import { stepOfChance, stepOfLink } from './steps.ts'
import type { TreeRegion } from './tree.ts'

/** Two regions side by side that talk about the same, and hardly with each other. */
export type AlikePair = { a: number; b: number; words: string[] }

const FEWEST = 2
const EACH = 2

/**
 * Regions that would have something to say to each other: of the words that set them apart they share some, and have no
 * more than a little to do with each other, less than by chance. Those with most words in common first, few for each.
 */
export function findAlike(regions: TreeRegion[], words: string[][], links: RegionLink[]): AlikePair[] {
  const tied = new Set(links.filter(({ share, ratio }) => stepOfLink(share) > 1 || stepOfChance(ratio) >= 0).map(({ a, b }) => `${Math.min(a, b)} ${Math.max(a, b)}`))
  const pairs: AlikePair[] = []
  for (let b = 0; b < regions.length; b++) {
    const known = new Set(words[b])
    for (let a = 0; a < b; a++) {
      if (regions[a].parent !== regions[b].parent || tied.has(`${a} ${b}`)) continue
      const shared = words[a].filter((word) => known.has(word))
      if (shared.length >= FEWEST) pairs.push({ a, b, words: shared.slice(0, 3) })
    }
  }
  const named = new Map<number, number>()
  const count = (i: number) => named.get(i) ?? 0
  return pairs.sort((x, y) => y.words.length - x.words.length || x.a - y.a || x.b - y.b).filter(({ a, b }) => {
    if (count(a) >= EACH || count(b) >= EACH) return false
    for (const i of [a, b]) named.set(i, count(i) + 1)
    return true
  })
}
