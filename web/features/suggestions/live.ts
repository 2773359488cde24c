import type * as suggestionFacts from '../../../server/features/suggestions/events.ts'
import { queryClient } from '../../kernel/query.ts'
import type { LiveEvent } from '../../kernel/types.ts'
import { INTRODUCTIONS, SUGGESTIONS } from './keys.ts'

declare module '../../kernel/types.ts' { interface Facts { suggestions: typeof suggestionFacts } }

export function live(event: LiveEvent) {
  if (event.type === 'introduction.asked') void queryClient.invalidateQueries({ queryKey: INTRODUCTIONS })
  if (event.type === 'introduction.made') void queryClient.invalidateQueries({ queryKey: SUGGESTIONS })
}
