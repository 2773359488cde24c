type Someone = { id: string }
type Head = { author: string; state: 'published' | 'removed'; root: string | null }
type Space = { state: 'active' | 'archived'; my: { may_manage: boolean } }

/** Whoever began a thread says that it is done, and hosts for those who do not. */
export const canResolve = (actor: Someone, head: Head, space: Space): boolean =>
  head.root === null && head.state === 'published' && space.state === 'active' && (head.author === actor.id || space.my.may_manage)
