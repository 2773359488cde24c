import type * as threadFacts from '../../../server/features/threads/events.ts'
import { defineMerge } from '../../core/entries/entry-lists.ts'

declare module '../../kernel/types.ts' { interface Facts { threads: typeof threadFacts } }

/** An event does not say how its reader stands to a thread: that is as it was. */
defineMerge((old, { root }) => (root ? {} : { stance: old?.stance ?? null }))
