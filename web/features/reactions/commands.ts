import { applyAnswer } from '../../core/entries/cache.ts'
import { api } from '../../kernel/api.ts'
import { i18n } from '../../kernel/i18n.ts'
import { notifyFailure } from '../../kernel/notify.ts'
import type { Entry, LiveEvent } from '../../kernel/types.ts'

/** Adds or takes back one's own reaction: shown at once, taken back with an explanation when the server refuses. */
export async function toggleReaction(entry: Entry, emoji: string) {
  const isMine = entry.reactions.some((reaction) => reaction.emoji === emoji && reaction.mine)
  show(isMine ? 'reaction.removed' : 'reaction.added', entry, changed(entry.reactions, emoji, isMine ? -1 : 1), emoji)
  const path = `/entries/${entry.id}/reactions/${encodeURIComponent(emoji)}`
  try {
    const fresh = await (isMine ? api.delete<Entry>(path) : api.put<Entry>(path))
    show(isMine ? 'reaction.removed' : 'reaction.added', entry, fresh.reactions, emoji)
  } catch (error) {
    show(isMine ? 'reaction.added' : 'reaction.removed', entry, entry.reactions, emoji)
    notifyFailure(i18n.t('reactions:failed'), error)
  }
}

function show(type: LiveEvent['type'], entry: Entry, reactions: Entry['reactions'], emoji: string) {
  applyAnswer({ type, space: entry.space, entry: { ...entry, reactions }, data: { emoji } })
}

function changed(reactions: Entry['reactions'], emoji: string, by: 1 | -1) {
  const known = reactions.some((reaction) => reaction.emoji === emoji)
  const next = known ? reactions.map((reaction) => (reaction.emoji === emoji ? { ...reaction, count: reaction.count + by } : reaction)) : [...reactions, { emoji, count: 1 }]
  return next.filter(({ count }) => count > 0)
}
