import type { KeyboardEvent } from 'react'

export type Side = 'below-end' | 'below-start' | 'above-start'

const GAP = 4
const EDGE = 8

/** Puts a menu beside its button, inside the window: on the other side where there is no room. */
export function placeMenu(button: HTMLElement, menu: HTMLElement, side: Side) {
  const from = button.getBoundingClientRect()
  const { width, height } = menu.getBoundingClientRect()
  const below = from.bottom + GAP
  const above = from.top - GAP - height
  const fitsBelow = below + height <= innerHeight - EDGE
  const top = side === 'above-start' ? (above >= EDGE ? above : below) : fitsBelow || above < EDGE ? below : above
  const left = side === 'below-end' ? from.right - width : from.left
  menu.style.top = `${Math.max(EDGE, Math.min(top, innerHeight - height - EDGE))}px`
  menu.style.left = `${Math.max(EDGE, Math.min(left, innerWidth - width - EDGE))}px`
}

/** The keys of a menu: arrows, Home, End, first letters; Tab and Escape leave. */
export function moveInMenu(event: KeyboardEvent<HTMLElement>, close: () => void) {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role^=menuitem]')]
  const at = items.indexOf(document.activeElement as HTMLElement)
  const to = (index: number) => items.at(index % items.length)?.focus()
  const { key } = event
  if (key === 'ArrowDown') to(at + 1)
  else if (key === 'ArrowUp') to(at - 1)
  else if (key === 'Home') to(0)
  else if (key === 'End') to(-1)
  else if (key === 'Tab' || key === 'Escape') close()
  else if (key.length === 1 && key !== ' ') [...items.slice(at + 1), ...items].find((item) => startsWith(item, key))?.focus()
  else return
  event.preventDefault()
  event.stopPropagation()
}

const startsWith = (item: HTMLElement, key: string) => (item.textContent ?? '').trim().toLowerCase().startsWith(key.toLowerCase())
