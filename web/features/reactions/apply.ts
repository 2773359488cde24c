import type * as reactionFacts from '../../../server/features/reactions/events.ts'
import { defineMerge } from '../../core/entries/entry-lists.ts'

declare module '../../kernel/types.ts' { interface Facts { reactions: typeof reactionFacts } }

/** Which reactions are mine: those that were, but for what I just did. */
defineMerge((old, fresh, event, me) => {
  const mine = new Set(old?.reactions.filter((reaction) => reaction.mine).map((reaction) => reaction.emoji))
  const { emoji } = event.data as { emoji?: string }
  if (event.actor === me && emoji && event.type === 'reaction.added') mine.add(emoji)
  if (event.actor === me && emoji && event.type === 'reaction.removed') mine.delete(emoji)
  return { reactions: fresh.reactions.map(({ emoji: sign, count }) => ({ emoji: sign, count, mine: mine.has(sign) })) }
})
