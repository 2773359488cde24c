type Someone = { id: string }
type Space = { state: 'active' | 'archived'; my: { role: string | null; may_post: boolean; may_manage: boolean } }
type Entry = { state: 'published' | 'removed'; pinned: { by: string | null } | null }

/** Members who write in a space say what everybody should find there. */
export const canPin = (entry: Entry, space: Space): boolean =>
  entry.state === 'published' && space.state === 'active' && space.my.role !== null && space.my.may_post

/** Whoever pinned something takes it down, and hosts do. */
export const canUnpin = (actor: Someone, entry: Entry, space: Space): boolean =>
  space.state === 'active' && (entry.pinned?.by === actor.id || space.my.may_manage)
