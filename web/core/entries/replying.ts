import { createStore } from '../../kernel/store.ts'

/** The thread or space whose composer shall take the focus as soon as it is there. */
export const replying = createStore<string | null>(null)
