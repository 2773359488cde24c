import type * as ideaFacts from '../../../server/features/ideas/events.ts'
import type { Answer } from '../../../server/features/ideas/policy.ts'
import { defineUnsure, defineView } from '../../core/entries/apply-event.ts'
import { after, defineRelated, type Facts } from '../../core/entries/apply-to-entry.ts'
import { defineMerge, filterPages, mapPages, placeInPages, renewed, someInPages, type Pages } from '../../core/entries/entry-lists.ts'
import { Again, STALE } from '../../core/entries/outdated.ts'
import type { Entry, PersonCard } from '../../kernel/types.ts'

declare module '../../kernel/types.ts' { interface Facts { ideas: typeof ideaFacts } }

/** An event does not say what its reader has in an idea, but for the ones by which they support or judge it. */
defineMerge((old, { id, idea }, { type, entry, actor, data }, me) => {
  // What was removed keeps nothing but its place.
  if (!idea) return old?.idea ? { idea: undefined } : {}
  if (idea.supported !== undefined) return {}
  const isMine = actor === me && entry?.id === id
  return {
    idea: {
      ...idea,
      supported: isMine && type === 'idea.supported' ? data.on as boolean : old?.idea?.supported ?? false,
      judged: isMine && type === 'idea.judged' ? data.worked as Answer : old?.idea?.judged ?? null,
    },
  }
})
defineUnsure('idea.recounted')

const ANSWERS = new Set(['message', 'idea_step'])

/** The first answer of somebody else, and the names of those who stand in an idea. */
defineRelated((now, { type, entry, person }) => {
  const { id, author, idea } = now
  if (!idea) return undefined
  if (type === 'entry.published' && entry && entry.root === id && !idea.answered_at && ANSWERS.has(entry.kind) && entry.author !== author)
    return { idea: { ...idea, answered_at: entry.created_at } }
  if (type !== 'person.changed' || !person) return undefined
  const card = <P extends PersonCard | null>(old: P): P => (old?.id === person.id ? person as P : old)
  const [owner, offered_to] = [card(idea.owner), card(idea.offered_to)]
  return owner === idea.owner && offered_to === idea.offered_to ? undefined : { idea: { ...idea, owner, offered_to } }
})

export type Order = 'support' | 'age'
const orders: Record<Order, (entry: Entry) => string> = { support: ({ id, idea }) => `${String(idea?.support ?? 0).padStart(9, '0')}${id}`, age: ({ id }) => id }

/** Under `['ideas', space, stage, order, words]`: what is proposed there, at one stage or all. */
defineView('ideas', ([, space, stage, order, words]: readonly unknown[], data: Pages<Entry>, facts: Facts) => {
  const belongs = (entry: Entry) => entry.state === 'published' && !entry.idea?.merged_into && (stage === 'all' || entry.idea?.stage === stage)
  const next = filterPages(mapPages(data, (entry) => after(entry, facts)), belongs)
  const { event: { type, entry, person }, event, me } = facts
  if ((type === 'membership.joined' || type === 'membership.left') && person?.id === me && event.space === space) return STALE
  if (!entry?.idea || entry.space !== space) return next
  const known = next.pages.flatMap(({ items }) => items).find(({ id }) => id === entry.id)
  if (words) return known && type !== 'entry.edited' ? next : STALE
  const now = known ?? renewed<Entry>(undefined, entry, event, me)
  if (!belongs(now)) return next
  const placed = placeInPages(next, now, orders[order as Order])
  // What comes from another stage may have something there that only this reader knows.
  return known || type === 'entry.published' || !someInPages(placed, ({ id }) => id === now.id) ? placed : new Again(placed)
})

const MINE = new Set(['idea.changed', 'idea.recounted', 'entry.removed', 'entry.restored'])

/** Under `['voices', space]`: how many I have left there. */
defineView('voices', ([, space]: readonly unknown[], data: object, { event: { type, space: where, entry, actor }, me }: Facts) =>
  (where === space && entry && (MINE.has(type) || (type === 'idea.supported' && actor === me)) ? STALE : data))
