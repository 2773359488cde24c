import { createStore } from '../../kernel/store.ts'

/** 'chat': a direct conversation · 'thread': replies. Where a post begins, Enter always begins a new line. */
export type Talk = 'chat' | 'thread'
type Habits = { chat: boolean; thread: boolean; told: Talk[] }

const KEPT = 'folkmoot.enter'
const KEPT_UNDO = 'folkmoot.undo'

function read(): Habits {
  const usual = { chat: true, thread: false, told: [] }
  try {
    return { ...usual, ...JSON.parse(localStorage.getItem(KEPT) ?? '{}') }
  } catch {
    return usual
  }
}

/** Whether Enter sends, and where one has been told so. */
export const enterSends = createStore(read())

export function setEnter(change: Partial<Habits>) {
  enterSends.set({ ...enterSends.get(), ...change })
  localStorage.setItem(KEPT, JSON.stringify(enterSends.get()))
}

export const noteTold = (talk: Talk) => setEnter({ told: [...enterSends.get().told, talk] })

/** Whether what one sends is held back for a moment, to be taken back. */
export const undoing = createStore(localStorage.getItem(KEPT_UNDO) !== 'off')

export function setUndoing(on: boolean) {
  localStorage.setItem(KEPT_UNDO, on ? 'on' : 'off')
  undoing.set(on)
}

const KEPT_SPACE = 'folkmoot.home.space'

/** The space that was written in last, or chosen for it. */
export const lastSpace = () => localStorage.getItem(KEPT_SPACE)
export const noteSpace = (id: string) => localStorage.setItem(KEPT_SPACE, id)
