import type { PersonCard } from '../../kernel/types.ts'

type Someone = Pick<PersonCard, 'role'>

export const isAdmin = (actor: Someone) => actor.role === 'owner' || actor.role === 'admin'

/** Owners are made and changed by owners only; administrators manage everybody else. */
export const canManage = (actor: Someone, person: Someone) =>
  actor.role === 'owner' || (actor.role === 'admin' && person.role !== 'owner')
