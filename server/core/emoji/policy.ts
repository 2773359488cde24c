type Someone = { id: string; role: 'owner' | 'admin' | 'member' | 'guest' }

/** Administrators add emoji, and members where the network lets them. */
export const canAddEmoji = ({ role }: Pick<Someone, 'role'>, network: { members_add_emoji: boolean }) =>
  role === 'owner' || role === 'admin' || (role === 'member' && network.members_add_emoji)

/** Administrators remove any, others what they added themselves. */
export const canChangeEmoji = (actor: Someone, emoji: { by: string | null }, network: { members_add_emoji: boolean }) =>
  canAddEmoji(actor, network) && (actor.role !== 'member' || emoji.by === actor.id)
