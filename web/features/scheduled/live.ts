import type * as scheduledFacts from '../../../server/features/scheduled/events.ts'
import { queryClient } from '../../kernel/query.ts'
import type { LiveEvent } from '../../kernel/types.ts'

declare module '../../kernel/types.ts' { interface Facts { scheduled: typeof scheduledFacts } }

export const SCHEDULED = ['scheduled']

/** What is scheduled is little and seldom changes: it is asked for again. */
export function live({ type }: LiveEvent) {
  if (type === 'scheduled.changed') void queryClient.invalidateQueries({ queryKey: SCHEDULED })
}
