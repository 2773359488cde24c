import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import type { Entry } from '../../kernel/types.ts'
import { isPending } from './sending.ts'

const NEAR = 120
const FAR = 600

/** What there is above and below what is shown, and how to get it. */
export type StripEnds = {
  earlier: string | null
  later: string | null
  loadEarlier: () => Promise<void>
  loadLater: () => Promise<void>
  isLoadingEarlier: boolean
  isLoadingLater: boolean
  isMoreFailed: boolean
}

type Props = { scroller: RefObject<HTMLDivElement | null>; all: Entry[]; ends: StripEnds; newFrom: string | null; target?: string; startsAtEnd: boolean }

/**
 * Where a strip stands: begins at what was asked for, at the first unread, or at its end; stays at the end while one is
 * there; does not jump when earlier entries are put above.
 */
export function useStripScroll({ scroller, all, ends, newFrom, target, startsAtEnd }: Props) {
  const [isAtEnd, setIsAtEnd] = useState(true)
  const [missed, setMissed] = useState(0)
  const was = useRef({ first: '', last: '', top: 0, isAtEnd: true, hasBegun: false })
  const first = all.at(0)?.id ?? ''
  const last = all.at(-1)

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const { current: before } = was
    if (!before.hasBegun) {
      before.hasBegun = all.length > 0
      begin(element, { newFrom, target, startsAtEnd })
    } else if (first !== before.first && before.last === last?.id) {
      // Earlier ones came above: what was being read stays where it was.
      element.scrollTop += topOf(element, before.first) - before.top
    } else if (last && last.id !== before.last) {
      if (before.isAtEnd || isPending(last)) element.scrollTop = element.scrollHeight
      else setMissed((count) => count + 1)
    }
    Object.assign(before, { first, last: last?.id ?? '', top: topOf(element, first), isAtEnd: isNearEnd(element) })
  }, [first, last?.id, all.length])

  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const look = () => {
      const isEnd = isNearEnd(element) && !ends.later
      Object.assign(was.current, { isAtEnd: isEnd, top: topOf(element, was.current.first) })
      setIsAtEnd(isEnd || element.scrollHeight <= element.clientHeight + NEAR)
      if (isEnd) setMissed(0)
      if (element.scrollTop < FAR && ends.earlier) void ends.loadEarlier()
      if (element.scrollHeight - element.scrollTop - element.clientHeight < FAR && ends.later) void ends.loadLater()
    }
    look()
    // Pictures and code that arrive later make it taller; who was at the end stays there.
    const observer = new ResizeObserver(() => {
      if (was.current.isAtEnd) element.scrollTop = element.scrollHeight
      was.current.top = topOf(element, was.current.first)
    })
    for (const child of element.children) observer.observe(child)
    observer.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [ends.earlier, ends.later, all.length])

  const toEnd = () => scroller.current?.scrollTo({ top: scroller.current.scrollHeight })
  return { isAtEnd, missed, toEnd }
}

/** How far below the top of the whole row an entry begins. */
const topOf = (element: HTMLElement, id: string) =>
  element.querySelector<HTMLElement>(`[data-entry="${CSS.escape(id)}"]`)?.offsetTop ?? 0

const isNearEnd = (element: HTMLElement) => element.scrollHeight - element.scrollTop - element.clientHeight < NEAR

function begin(element: HTMLElement, { newFrom, target, startsAtEnd }: Pick<Props, 'newFrom' | 'target' | 'startsAtEnd'>) {
  const goal = (target && element.querySelector(`[data-entry="${CSS.escape(target)}"]`)) || (newFrom && element.querySelector('#first-new'))
  if (goal) goal.scrollIntoView({ block: target ? 'center' : 'start' })
  else if (startsAtEnd) element.scrollTop = element.scrollHeight
}
