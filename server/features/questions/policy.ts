/** Where one may ask. */
export const STARTS_IN = ['community', 'profile'] as const

type Someone = { id: string }
type Question = { author: string; state: 'published' | 'removed' }
type Space = { state: 'active' | 'archived'; my: { may_manage: boolean } }

/** Whoever asked says what answered it, and hosts for those who do not; both also what it is a duplicate of. */
export const canSettle = (actor: Someone, question: Question, space: Space): boolean =>
  question.state === 'published' && space.state === 'active' && (question.author === actor.id || space.my.may_manage)
