import { UndirectedGraph } from 'graphology'
import type { Colors } from './colors.ts'
import type { Link, Region } from './queries.ts'

/** What there is to see, before it is drawn. */
export type Scene = {
  regions: Region[]
  links: Link[]
  frame: number
  /** regions one looks into: only their outline is drawn */
  opened: ReadonlySet<string>
  mine: ReadonlySet<string>
  chosen: string | null
  /** how much closer than the whole, from 1 */
  zoom: number
  /** whether my own people are drawn instead of points */
  isNamed: boolean
}

const WIDTHS = [0, 0.6, 1.2, 2, 3]
const RING = 0.5
const MOST_DOTS = 60

/** For how many people a point stands among regions side by side: 8, or 80, 800 where points would be dust. */
export function peoplePerDot(regions: Region[]): number {
  const largest = Math.max(...regions.map(({ people }) => people), 1)
  let people = 8
  while (largest / people > MOST_DOTS) people *= 10
  return people
}

/** The region that a node of the drawing is part of. */
export const regionOfNode = (node: string): string => node.slice(node.indexOf(':') + 1).split('/')[0]

/** The picture as nodes and edges: a ring and a disc for each region, points in it for its people, a line for each link. */
export function buildGraph(scene: Scene, colors: Colors): UndirectedGraph {
  const graph = new UndirectedGraph()
  const thin = 1 / Math.sqrt(scene.zoom)
  const besides = Map.groupBy(scene.regions, ({ parent }) => parent)
  for (const regions of besides.values()) for (const region of regions) addRegion(graph, region, scene, { colors, thin, perDot: peoplePerDot(regions) })
  for (const { a, b, strength } of scene.links) {
    const width = WIDTHS[strength[scene.frame] ?? 0]
    if (!width || !graph.hasNode(`disc:${a}`) || !graph.hasNode(`disc:${b}`)) continue
    const isLit = scene.chosen === a || scene.chosen === b
    graph.mergeEdge(`disc:${a}`, `disc:${b}`, { size: width * thin, color: colors.link(isLit, scene.chosen !== null && !isLit), zIndex: isLit ? 1 : 0 })
  }
  return graph
}

function addRegion(graph: UndirectedGraph, region: Region, { frame, opened, mine, chosen, isNamed }: Scene, { colors, thin, perDot }: { colors: Colors; thin: number; perDot: number }): void {
  const { id, x, y, r } = region
  const isOpen = opened.has(id)
  const isMine = mine.has(id)
  // What lies within lies above.
  const layer = (region.parent ? 10 : 0)
  graph.addNode(`ring:${id}`, { x, y, size: r, color: colors.ring(isMine, chosen === id), zIndex: layer })
  graph.addNode(`disc:${id}`, { x, y, size: r - RING * thin * (chosen === id ? 2 : 1), color: isOpen ? colors.paper : colors.disc(region.within[frame] ?? null, isMine), zIndex: layer + 1 })
  if (isOpen || (isNamed && isMine)) return
  const count = Math.max(1, Math.round(region.people / perDot))
  const size = (0.2 * r) / Math.sqrt(count)
  for (let i = 0; i < count; i++) {
    const [far, angle] = spiral(i, count)
    graph.addNode(`dot:${id}/${i}`, { x: x + 0.72 * r * far * Math.cos(angle), y: y + 0.72 * r * far * Math.sin(angle), size, color: colors.dot(isMine), zIndex: layer + 2 })
  }
}

/** The place of one of `count` points spread evenly over a disc of radius 1: distance and angle (H. Vogel 1979). */
export const spiral = (i: number, count: number): [number, number] =>
  [count === 1 ? 0 : Math.sqrt((i + 0.5) / count), i * Math.PI * (3 - Math.sqrt(5))]
