import { createStore } from '../../kernel/store.ts'

/** What one is about to answer a fact: that it is otherwise, or what is so now. */
export type Answering = { how: 'contradicts' | 'supersedes'; fact: string; space: string; about: string; claim: string }

/** While the dialog for it is open. */
export const answering = createStore<Answering | null>(null)
