import type { LiveEvent, Space } from '../../kernel/types.ts'

/** A space after somebody else came in or went: who reads it changes where that goes by membership, for guests everywhere. */
export function withMember(space: Space, { type, person }: Pick<LiveEvent, 'type' | 'person'>): Space {
  const more = type === 'membership.joined' ? 1 : type === 'membership.left' ? -1 : 0
  if (!more) return space
  const isGuest = person?.role === 'guest'
  const { audience } = space
  const count = audience.count + (space.visibility !== 'open' || isGuest ? more : 0)
  const scope = isGuest && more > 0 && space.kind !== 'direct' ? 'partners' : audience.scope
  return { ...space, member_count: space.member_count + more, audience: { ...audience, count, scope } }
}
