import { useRef } from 'react'

/** The ids that were unread when first seen here. They stay marked while one reads, so that nothing moves under the eyes. */
export function useFresh<T extends { id: string }>(items: T[], isUnread: (item: T) => boolean) {
  const fresh = useRef(new Set<string>())
  for (const item of items) if (isUnread(item)) fresh.current.add(item.id)
  return fresh.current
}
