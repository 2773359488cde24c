import type * as communityFacts from '../../../server/features/communities/events.ts'
import { queryClient } from '../../kernel/query.ts'
import type { LiveEvent } from '../../kernel/types.ts'
import { COMMUNITIES } from './keys.ts'

declare module '../../kernel/types.ts' { interface Facts { communities: typeof communityFacts } }

export function live(event: LiveEvent) {
  if (event.type === 'community.home_changed') void queryClient.invalidateQueries({ queryKey: COMMUNITIES })
}
