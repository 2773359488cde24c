export type Spot = { id: string; x: number; y: number; r: number; width: number; height: number; isFirst: boolean }

const BELOW = 3

type Box = { left: number; right: number; top: number; bottom: number }

/** Where names stand, below their discs, and which have room: the first ones first, then the larger discs. In pixels. @param kept where none may stand */
export function placeNames(spots: Spot[], kept: Box): Map<string, { x: number; y: number; isShown: boolean }> {
  const taken = [kept]
  const places = new Map<string, { x: number; y: number; isShown: boolean }>()
  for (const { id, x, y, r, width, height } of spots.toSorted((a, b) => Number(b.isFirst) - Number(a.isFirst) || b.r - a.r)) {
    const box = { left: x - width / 2, right: x + width / 2, top: y + r + BELOW, bottom: y + r + BELOW + height }
    const isShown = !taken.some((other) => box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top)
    if (isShown) taken.push(box)
    places.set(id, { x: box.left, y: box.top, isShown })
  }
  return places
}

type Point = { id: string; x: number; y: number }

/** The nearest one in the direction of an arrow key, those straight ahead before those aside. */
export function nextInDirection(from: Point, points: Point[], key: string): string | null {
  const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key] ?? [0, 0]
  const ahead = points.filter(({ id }) => id !== from.id).map(({ id, x, y }) => {
    const along = (x - from.x) * dx + (y - from.y) * dy
    const aside = Math.abs((x - from.x) * dy) + Math.abs((y - from.y) * dx)
    return { id, along, cost: along + 2 * aside }
  }).filter(({ along }) => along > 1).sort((a, b) => a.cost - b.cost)
  return ahead[0]?.id ?? null
}
