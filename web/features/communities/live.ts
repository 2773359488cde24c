import { queryClient } from '../../kernel/query.ts'
import type { LiveEvent } from '../../kernel/types.ts'
import { COMMUNITIES } from './keys.ts'

export function live(event: LiveEvent) {
  if (event.type === 'community.home_changed') void queryClient.invalidateQueries({ queryKey: COMMUNITIES })
}
