import { setImmediate } from 'node:timers/promises'
import { arrange, type Disc, fitInto } from '../../kernel/graph/arrange.ts'
import type { RegionLink } from '../../kernel/graph/regions.ts'
import type { TreeRegion } from './tree.ts'

const WHOLE: Disc = { x: 0, y: 0, r: 100 }
// Within a larger region its parts leave a margin.
const MARGIN = 0.88
// A share of a third draws two regions together as far as they go.
const PULL = 3

/**
 * Where each region lies: within the larger one around it, near to those it has to do with, and as far as can be where it
 * lay before. The whole is a circle of radius 100 around (0, 0); areas are as the numbers of people.
 * @returns of each region its disc
 */
export async function layOut(regions: TreeRegion[], links: RegionLink[], old: ({ id: string } & Disc)[]): Promise<Disc[]> {
  const was = new Map(old.map(({ id, x, y }) => [id, { x, y }]))
  const discs: Disc[] = []
  const place = async (parts: number[], into: Disc) => {
    const at = new Map(parts.map((i, k) => [i, k]))
    // In the measure of before, so that where they lay is where they begin.
    const scale = into.r / Math.sqrt(parts.reduce((sum, i) => sum + regions[i].people.length, 0)) / 1.7
    const found = arrange({
      discs: parts.map((i) => ({ r: scale * Math.sqrt(regions[i].people.length), was: relative(was.get(regions[i].id), into) })),
      links: links.filter(({ a, b }) => at.has(a) && at.has(b)).map(({ a, b, share }) => ({ a: at.get(a)!, b: at.get(b)!, pull: Math.min(1, PULL * share) })),
    })
    fitInto(found, into).forEach((disc, k) => (discs[parts[k]] = disc))
    await setImmediate()
    for (const i of parts) if (regions[i].parts.length) await place(regions[i].parts, { ...discs[i], r: discs[i].r * MARGIN })
  }
  await place(regions.map((_, i) => i).filter((i) => regions[i].parent < 0), WHOLE)
  return discs
}

const relative = (was: { x: number; y: number } | undefined, { x, y }: Disc) => was && { x: was.x - x, y: was.y - y }
