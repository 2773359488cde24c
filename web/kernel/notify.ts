import { i18n } from './i18n.ts'
import { reasonOf } from './reason.ts'
import { createStore } from './store.ts'

export type Toast = {
  id: number
  text: string
  title?: string
  tone: 'plain' | 'failure'
  action?: { label: string; run: () => void }
  /** How long it stays, in milliseconds. */
  stays: number
}

const SHOWN = 3
let count = 0

/** What is said at the foot of the window at the moment. */
export const toasts = createStore<Toast[]>([])

export function dismiss(id: number) {
  toasts.set(toasts.get().filter((toast) => toast.id !== id))
}

function show(toast: Omit<Toast, 'id'>) {
  count += 1
  toasts.set([...toasts.get(), { ...toast, id: count }].slice(-SHOWN))
}

/** Says that something was done. */
export function notify(text: string) {
  show({ text, tone: 'plain', stays: 4000 })
}

/** Says what could not be done, why, and leaves time to read it. */
export function notifyFailure(title: string, error: unknown) {
  show({ title, text: reasonOf(i18n.t, error), tone: 'failure', stays: 10_000 })
}

/** Says what was done and offers to take it back. */
export function notifyUndo(text: string, undo: () => void) {
  show({ text, tone: 'plain', stays: 10_000, action: { label: i18n.t('kernel:undo'), run: undo } })
}
