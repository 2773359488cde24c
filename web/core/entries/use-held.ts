import { useEffect, useRef, useState } from 'react'

/**
 * Keeps the order of a list still while somebody reads further down: what is new or has moved waits until they come
 * back to the top or ask for it. What is shown stays fresh.
 */
export function useHeld<T extends { id: string }>(items: T[], isFresh: (item: T) => boolean) {
  const [isTop, setIsTop] = useState(true)
  const order = useRef<string[]>([])
  useEffect(() => {
    const scroller = document.querySelector('#scroll')
    if (!scroller) return
    const look = () => setIsTop(scroller.scrollTop < 160)
    scroller.addEventListener('scroll', look, { passive: true })
    return () => scroller.removeEventListener('scroll', look)
  }, [])
  const byId = new Map(items.map((item) => [item.id, item]))
  const place = new Map(order.current.map((id, at) => [id, at]))
  const lastKnown = order.current.findLastIndex((id) => byId.has(id))
  const lastPlace = items.findIndex((item) => item.id === order.current[lastKnown])
  // What came below the end of what was known is another page, not news.
  const below = items.slice(lastPlace + 1).filter((item) => !place.has(item.id))
  const held = isTop || order.current.length === 0 ? items : [...order.current.flatMap((id) => byId.get(id) ?? []), ...below]
  const waiting = isTop ? [] : items.slice(0, lastPlace < 0 ? 0 : lastPlace).filter((item, at) => (!place.has(item.id) || movedUp(item.id, at, place, items)) && isFresh(item))
  useEffect(() => {
    order.current = held.map((item) => item.id)
  })
  const release = () => {
    setIsTop(true)
    document.querySelector('#scroll')?.scrollTo({ top: 0 })
  }
  return { held, waiting: waiting.length, release }
}

/** Whether an item stands above others that stood above it before. */
function movedUp<T extends { id: string }>(id: string, at: number, place: Map<string, number>, items: T[]) {
  const mine = place.get(id)!
  return items.slice(at + 1).some((other) => (place.get(other.id) ?? Infinity) < mine)
}
