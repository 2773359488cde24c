import type * as waitingFacts from '../../../server/core/waiting/events.ts'
import { myId } from '../../kernel/session.tsx'
import type { LiveEvent } from '../../kernel/types.ts'
import { refetchWaiting } from './waiting.ts'

declare module '../../kernel/types.ts' { interface Facts { waiting: typeof waitingFacts } }

const CHANGING = new Set(['waiting.changed', 'space.invited', 'join.requested', 'attribution.asked', 'attribution.decided', 'introduction.asked', 'community.home_changed'])
const MINE = new Set(['membership.joined', 'membership.left', 'membership.changed'])

/** What waits is little and seldom changes: it is asked for again. */
export function live({ type, person, space }: LiveEvent) {
  const isMine = MINE.has(type) && person?.id === myId()
  if (CHANGING.has(type) || isMine || (type === 'space.archived' && space)) refetchWaiting()
}
