import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from 'd3-force'

/** Where a disc lies: its centre and radius. */
export type Disc = { x: number; y: number; r: number }
export type Arranged = {
  /** radius of each disc, and where it was before, if it was there */
  discs: { r: number; was?: { x: number; y: number } }[]
  /** what draws two of them together: `pull` from 0 to 1 */
  links: { a: number; b: number; pull: number }[]
}

const GAP = 0.35
const ROUNDS = 300

/**
 * Lays out discs so that none covers another and those that belong together lie together: forces (T. Fruchterman,
 * E. Reingold 1991, in the form of D3) from where they were before, so that a picture changes as little as what it shows.
 * Deterministic. O(rounds (n log n + links))
 * @returns the discs around (0, 0)
 */
export function arrange({ discs, links }: Arranged): Disc[] {
  const size = Math.max(...discs.map(({ r }) => r), 1)
  const nodes = discs.map(({ r, was }, i) => {
    // Those that are new begin on a spiral, the first ones in the middle (H. Vogel 1979).
    const [far, angle] = [size * 1.6 * Math.sqrt(i + 0.5), i * Math.PI * (3 - Math.sqrt(5))]
    return { r, x: was?.x ?? far * Math.cos(angle), y: was?.y ?? far * Math.sin(angle) }
  })
  const known = discs.filter(({ was }) => was).length / (discs.length || 1)
  const simulation = forceSimulation(nodes).stop()
    .force('link', forceLink(links.map(({ a, b, pull }) => ({ source: a, target: b, pull }))).strength(({ pull }) => 0.1 + 0.5 * pull)
      .distance(({ source, target, pull }) => ((source as unknown as Disc).r + (target as unknown as Disc).r) * (1.9 - 0.6 * pull)))
    .force('apart', forceManyBody().strength(-size * 1.5))
    .force('x', forceX(0).strength(0.05)).force('y', forceY(0).strength(0.08))
    .force('collide', forceCollide<Disc>(({ r }) => r + GAP * size).strength(0.9))
  // What is known already only makes room for what is new.
  simulation.alpha(known > 0.5 ? 0.15 : 1).tick(ROUNDS)
  const [cx, cy] = [mean(nodes.map((n) => n.x)), mean(nodes.map((n) => n.y))]
  return nodes.map(({ x, y, r }) => ({ x: x - cx, y: y - cy, r }))
}

/** The same picture within a circle around another centre. */
export function fitInto(discs: Disc[], { x, y, r }: Disc): Disc[] {
  const reach = Math.max(...discs.map((disc) => Math.hypot(disc.x, disc.y) + disc.r), 1e-9)
  const scale = r / reach
  return discs.map((disc) => ({ x: x + disc.x * scale, y: y + disc.y * scale, r: disc.r * scale }))
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / (values.length || 1)
