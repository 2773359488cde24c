import { createStore } from '../../kernel/store.ts'
import type { Entry } from '../../kernel/types.ts'

/** The dialog about an entry that is open, if any. */
export const dialogs = createStore<{ show: 'history' | 'audience'; entry: Entry } | null>(null)
