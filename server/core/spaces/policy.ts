type Space = { kind: 'community' | 'direct' | 'profile'; state: 'active' | 'archived'; visibility: 'open' | 'closed' | 'secret' }
type Mine = { role: 'host' | 'member' | null }
type Someone = { role: 'owner' | 'admin' | 'member' | 'guest' }

/** Spaces are opened by members; guests take part in those they were brought into. */
export const canOpenSpace = (actor: Someone) => actor.role !== 'guest'

/**
 * Members write; in an open space everyone who may read it may answer and post. On a profile its person posts, and not
 * those who follow it. Nobody writes in an archived space.
 */
export const canPost = (actor: Someone, space: Space, my: Mine) => {
  if (space.state !== 'active') return false
  if (space.kind === 'profile') return my.role === 'host'
  return my.role !== null || (space.kind === 'community' && space.visibility === 'open' && actor.role !== 'guest')
}

/** On a profile others answer. */
export const canReply = (actor: Someone, space: Space, my: Mine) =>
  canPost(actor, space, my) || (space.kind === 'profile' && space.state === 'active' && actor.role !== 'guest')

/** Hosts look after a space. Administrators may where they are members, or anybody could read it anyway. */
export const canManageSpace = (actor: Someone, space: Space, my: Mine) =>
  space.kind === 'community' && (my.role === 'host'
    || ((actor.role === 'owner' || actor.role === 'admin') && (my.role !== null || space.visibility === 'open')))

export const canLeave = (space: Space) => space.kind !== 'direct'

/** Any member invites members into an open space, hosts into the others. Guests, and whom hosts took out, come in by hosts only. */
export const canInviteInto = (actor: Someone, space: Space, my: Mine, person: { guest: boolean; removed: boolean }) =>
  canManageSpace(actor, space, my) || (space.visibility === 'open' && !person.guest && !person.removed)
