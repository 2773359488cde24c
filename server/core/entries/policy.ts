type Entry = { author: string; state: 'published' | 'removed' }
type Someone = { id: string }

export const canEdit = (actor: Someone, entry: Entry) => entry.author === actor.id && entry.state === 'published'

/** Authors remove their own; hosts of a community remove what does not belong there. */
export const canRemove = (actor: Someone, entry: Entry, space: { my: { may_manage: boolean } }) =>
  entry.state === 'published' && (entry.author === actor.id || space.my.may_manage)
