/** What one is about to answer a fact: that it is otherwise, or what is so now. */
export type Answering = { how: 'contradicts' | 'supersedes'; fact: string; space: string; about: string; claim: string }
