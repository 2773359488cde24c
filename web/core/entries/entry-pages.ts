import { usePages } from '../../kernel/query.ts'
import type { ThreadHead } from './entry-lists.ts'
import { entryKeys } from './keys.ts'

/** The threads of a space, the newest activity first. */
export const useSpaceThreads = (space: string) =>
  usePages<ThreadHead>(entryKeys.space(space, 'threads'), `/spaces/${space}/entries`, { view: 'threads', order: 'active' })
