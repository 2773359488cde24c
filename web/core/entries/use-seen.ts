import { useEffect, useRef, type RefObject } from 'react'

const LOOKED_AT = 600

/**
 * Tells which entries somebody has had before their eyes: fully inside the scrolling part (or their end, when they are
 * taller than it), for a moment, in a window that has the attention.
 */
export function useSeen(scroller: RefObject<HTMLElement | null>, onSeen: (ids: string[]) => void, trigger: unknown) {
  const latest = useRef(onSeen)
  latest.current = onSeen
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      if (document.visibilityState === 'visible' && document.hasFocus()) latest.current(inView(element))
    }
    const soon = () => {
      clearTimeout(timer)
      timer = setTimeout(look, LOOKED_AT)
    }
    soon()
    element.addEventListener('scroll', soon, { passive: true })
    window.addEventListener('focus', soon)
    document.addEventListener('visibilitychange', soon)
    return () => {
      clearTimeout(timer)
      element.removeEventListener('scroll', soon)
      window.removeEventListener('focus', soon)
      document.removeEventListener('visibilitychange', soon)
    }
  }, [scroller, trigger])
}

function inView(scroller: HTMLElement) {
  const frame = scroller.getBoundingClientRect()
  return [...scroller.querySelectorAll<HTMLElement>('[data-entry]')].filter((one) => {
    const box = one.getBoundingClientRect()
    const isEndSeen = box.bottom <= frame.bottom + 24 && box.bottom > frame.top
    return isEndSeen && (box.top >= frame.top - 8 || box.height > frame.height * 0.6)
  }).map((one) => one.dataset.entry!)
}
