import { createStore } from '../../kernel/store.ts'
import type { Entry } from '../../kernel/types.ts'

/** The dialog that is open, if any: to make a question of an entry, or to say what a question repeats. */
export const asking = createStore<{ show: 'turn' | 'duplicate'; entry: Entry } | null>(null)
