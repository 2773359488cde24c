type Someone = { id: string; role: 'owner' | 'admin' | 'member' | 'guest' }

export const isAdmin = (actor: Someone) => actor.role === 'owner' || actor.role === 'admin'
export const isGuest = (actor: Someone) => actor.role === 'guest'

/** Owners are made and changed by owners only; administrators manage everybody else. */
export const canManage = (actor: Someone, person: Someone) =>
  actor.role === 'owner' || (actor.role === 'admin' && person.role !== 'owner')

export const canGrant = (actor: Someone, role: Someone['role']) =>
  actor.role === 'owner' || (actor.role === 'admin' && role !== 'owner')
