type Someone = { id: string }
type Entry = { author: string; state: 'published' | 'removed' }
type Space = { kind: 'community' | 'direct' | 'profile'; state: 'active' | 'archived'; my: { may_post: boolean; may_manage: boolean } }

/** Of what was wrong, what is right, and why something is taken back. */
export const MOST_WORDS = 1000
/** Of one entry. */
export const MOST_CORRECTIONS = 50
/** So many are shown with an entry, the newest. */
export const MOST_SHOWN = 3
/** For so long it is kept who had what before their eyes where no reading position says it. */
export const READINGS_KEPT_DAYS = 30

export type What = 'correction' | 'retraction' | 'reinstatement'

/** Authors correct what they wrote, and hosts of a community what was written in it. */
export const canCorrect = (actor: Someone, entry: Entry, space: Space): boolean =>
  entry.state === 'published' && space.state === 'active'
  && (space.my.may_manage || (entry.author === actor.id && (space.my.may_post || space.kind !== 'community')))

/** Whoever took something back says that it stands after all; for what hosts took back, any of them. */
export const canReinstate = (actor: Someone, entry: Entry, space: Space, by: string | null): boolean =>
  canCorrect(actor, entry, space) && (by === actor.id || (by !== entry.author && space.my.may_manage))

const plain = (text: string) => text.normalize().replace(/\s+/g, ' ').trim()
/** Whether two texts say the same to a reader. */
export const isSame = (one: string, other: string): boolean => plain(one) === plain(other)

/** A text with the right words where the wrong ones stand; null where they do not stand there, or more than once. */
export function replaced(text: string, wrong: string, right: string): string | null {
  const at = wrong ? text.indexOf(wrong) : -1
  if (at < 0 || text.indexOf(wrong, at + 1) >= 0) return null
  return text.slice(0, at) + right + text.slice(at + wrong.length)
}
