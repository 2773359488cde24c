import { useEffect, useLayoutEffect, useRef } from 'react'

let isDue = false

/** A new page was opened: its heading takes the focus as soon as it is there. */
export function headingIsDue() {
  isDue = true
}

/**
 * For the h1 of a page: takes the focus after navigation, so that screen readers begin where the page begins.
 * A heading that goes while it has the focus (of a page still loading) passes it on to the next. A field that the page
 * itself puts first keeps it.
 */
export function useHeadingFocus(address: string) {
  const ref = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => {
    const heading = ref.current
    return () => {
      if (document.activeElement === heading) isDue = true
    }
  }, [])
  useEffect(() => {
    if (!isDue) return
    isDue = false
    const isTaken = document.activeElement?.matches('main :is(input, textarea)')
    if (!isTaken) ref.current?.focus({ preventScroll: true })
  }, [address])
  return ref
}
