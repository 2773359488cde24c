import { useCallback, useLayoutEffect, useRef } from 'react'

/**
 * What moves elsewhere in the page is another element there: the focus goes along.
 * @returns says where the focus is to be, as a selector, as soon as there is something
 */
export function useFollowFocus(): (selector: string) => void {
  const wanted = useRef<string | null>(null)
  useLayoutEffect(() => {
    const found = wanted.current && document.querySelector<HTMLElement>(wanted.current)
    if (!found) return
    wanted.current = null
    found.focus()
  })
  return useCallback((selector: string) => void (wanted.current = selector), [])
}
