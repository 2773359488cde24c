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

function nameOf({ ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent, key: string) {
  const isCharacter = key.length === 1
  const parts = []
  if (ctrlKey || metaKey) parts.push('mod')
  if (altKey) parts.push('Alt')
  // The shift of a character is in the character already.
  if (shiftKey && !isCharacter) parts.push('Shift')
  parts.push(isCharacter && parts.length ? key.toLowerCase() : key)
  return parts.join('+')
}

const SIGNS: Record<string, [plain: string, shifted: string]> = {
  Slash: ['/', '?'], Comma: [',', '<'], Period: ['.', '>'], Semicolon: [';', ':'], Quote: ["'", '"'], BracketLeft: ['[', '{'], BracketRight: [']', '}'],
  Backslash: ['\\', '|'], Minus: ['-', '_'], Equal: ['=', '+'], Backquote: ['`', '~'],
}

// Whether the last letter was one of a layout without Latin letters: its signs stand elsewhere, too.
let isOtherScript = false

/**
 * What the same key writes where shortcuts are named by it, for a layout that has no Latin letters (Russian, Greek, Hebrew …);
 * null where the layout has them, wherever they are: Dvorak's j is j. Shift and the key of / is ? for whoever learnt it so,
 * since no shortcut has what layouts have there otherwise.
 */
function latinKey({ code, key, shiftKey }: KeyboardEvent): string | null {
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter && key.length === 1) isOtherScript = !/\p{sc=Latin}/u.test(key)
  if (letter) return isOtherScript ? (shiftKey ? letter : letter.toLowerCase()) : null
  const sign = SIGNS[code]?.[Number(shiftKey)]
  return sign && !/[a-z0-9]/i.test(key) && (isOtherScript || sign === '?') ? sign : null
}

function isWriting(target: EventTarget | null) {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || !!target.closest('input, textarea, select, [role=textbox], [role=menu], [role=listbox]')
}

/** A field in which nothing stands yet, and from which Escape leads out. */
const isResting = (target: EventTarget | null) => target instanceof HTMLElement && target.dataset.rest !== undefined

function press(event: KeyboardEvent) {
  if (event.defaultPrevented) return
  const isEscape = event.key === 'Escape'
  const isBusy = (isWriting(event.target) && !(isEscape && isResting(event.target))) || isModal
  const find = (keys: string) =>
    stack.get().flat().findLast((one) => one.keys === keys && (one.always || !isBusy) && (one.always || keys.startsWith('mod+') || singleKeys.get()))
  const findBy = (name: string) => (prefix && find(`${prefix} ${name}`)) || find(name)
  const latin = latinKey(event)
  const names = [nameOf(event, event.key), ...(latin ? [nameOf(event, latin)] : [])]
  const found = names.map(findBy).find(Boolean)
  setPrefix(found || isBusy ? '' : names.find(isPrefix) ?? '')
  // Enter on a button or link belongs to that.
  if (!found || (found.keys === 'Enter' && event.target instanceof Element && event.target.closest('a, button, summary'))) return
  event.preventDefault()
  found.run(event)
}

const isPrefix = (name: string) => stack.get().flat().some((one) => one.keys.startsWith(`${name} `))

function setPrefix(name: string) {
  clearTimeout(prefixEnds)
  prefix = name
  if (prefix) prefixEnds = setTimeout(() => { prefix = '' }, PAUSE)
}

/** Whether the list of shortcuts is open. */
export const shortcutList = createStore(false)
