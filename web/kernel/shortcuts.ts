import { useEffect, useRef } from 'react'
import { createStore } from './store.ts'

/**
 * `keys`: 'j', 'Enter', 'Shift+Escape', 'mod+k' (Ctrl or ⌘), or two after one another: 'g h'.
 * `label` is an i18n key, shown in the list on `?` under `group` (an i18n key as well).
 * `always`: works while writing, too.
 */
export type Shortcut = { keys: string; label: string; group: string; run: (event: KeyboardEvent) => void; always?: boolean }

const KEPT = 'folkmoot.shortcuts'
const PAUSE = 1200

const stack = createStore<Shortcut[][]>([])
let prefix = ''
let prefixEnds: ReturnType<typeof setTimeout> | undefined

/** Single keys get in the way of speech input; whoever wants can switch them off (WCAG 2.1.4). */
export const singleKeys = createStore(localStorage.getItem(KEPT) !== 'off')
export function setSingleKeys(on: boolean) {
  localStorage.setItem(KEPT, on ? 'on' : 'off')
  singleKeys.set(on)
}

/** Shortcuts for as long as the component is mounted. Where two share keys, the one mounted last is heard. */
export function useShortcuts(shortcuts: Shortcut[]) {
  const current = useRef(shortcuts)
  current.current = shortcuts
  const names = shortcuts.map((one) => one.keys).join(',')
  useEffect(() => {
    const mine = current.current.map((one, at) => ({ ...one, run: (event: KeyboardEvent) => current.current[at]?.run(event) }))
    stack.set([...stack.get(), mine])
    return () => stack.set(stack.get().filter((other) => other !== mine))
  }, [names])
}

/** All that can be pressed at the moment, for the list on `?`. */
export function useAllShortcuts() {
  return stack.use().flat()
}

/** Listens for keys; called once. */
export function listenForKeys() {
  // Before the dialog itself hears the key: an Escape that closes it has done its work, and must not close what is behind.
  window.addEventListener('keydown', () => { isModal = !!document.querySelector('[aria-modal=true]') }, true)
  window.addEventListener('keydown', press)
}

let isModal = false

function nameOf(event: KeyboardEvent) {
  const isCharacter = event.key.length === 1
  const parts = []
  if (event.ctrlKey || event.metaKey) parts.push('mod')
  if (event.altKey) parts.push('Alt')
  // The shift of a character is in the character already.
  if (event.shiftKey && !isCharacter) parts.push('Shift')
  parts.push(isCharacter && parts.length ? event.key.toLowerCase() : event.key)
  return parts.join('+')
}

function isWriting(target: EventTarget | null) {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || !!target.closest('input, textarea, select, [role=textbox], [role=menu], [role=listbox]')
}

function press(event: KeyboardEvent) {
  if (event.defaultPrevented || event.isComposing) return
  const name = nameOf(event)
  const isPlain = !name.startsWith('mod+')
  const isBusy = isWriting(event.target) || isModal
  const find = (keys: string) =>
    stack.get().flat().findLast((one) => one.keys === keys && (one.always || !isBusy) && (one.always || !isPlain || singleKeys.get()))
  const found = (prefix && find(`${prefix} ${name}`)) || find(name)
  setPrefix(found || isBusy ? '' : name)
  // Enter on a button or link belongs to that.
  if (!found || (name === 'Enter' && event.target instanceof Element && event.target.closest('a, button, summary'))) return
  event.preventDefault()
  found.run(event)
}

function setPrefix(name: string) {
  clearTimeout(prefixEnds)
  const starts = stack.get().flat().some((one) => one.keys.startsWith(`${name} `))
  prefix = name && starts ? name : ''
  if (prefix) prefixEnds = setTimeout(() => { prefix = '' }, PAUSE)
}

/** Whether the list of shortcuts is open. */
export const shortcutList = createStore(false)
