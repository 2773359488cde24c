import { createStore } from '../../kernel/store.ts'
import type { Entry } from '../../kernel/types.ts'

/** What somebody is about to share, while the dialog for it is open. */
export const sharing = createStore<Entry | null>(null)
