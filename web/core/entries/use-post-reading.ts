import { useEffect, useRef, type RefObject } from 'react'
import { markThreadRead } from './commands.ts'
import type { ThreadHead } from './entry-lists.ts'
import { useSeen } from './use-seen.ts'

/**
 * Marks posts of a list read that somebody has had before their eyes: the post itself. Its replies stay unread until
 * the thread is opened.
 */
export function usePostReading(lines: RefObject<HTMLElement | null>, items: ThreadHead[], me: string) {
  const scroller = useRef<HTMLElement>(null)
  useEffect(() => {
    scroller.current = lines.current?.closest('#scroll') ?? document.querySelector('#scroll')
  })
  const done = useRef(new Set<string>())
  const onSeen = (ids: string[]) => {
    for (const item of items) {
      // With replies unread, what is unread may be only those; the post was marked the first time.
      const isUnread = (item.unread ?? 0) > 0 && item.author !== me && !done.current.has(item.id)
      if (!isUnread || !ids.includes(item.id)) continue
      done.current.add(item.id)
      if ((item.unread ?? 0) > item.reply_count) void markThreadRead(item.id, item.id)
    }
  }
  useSeen(scroller, onSeen, items.map((item) => item.id).join())
}
