import type * as questionFacts from '../../../server/features/questions/events.ts'
import { defineView } from '../../core/entries/apply-event.ts'
import { after, type Facts } from '../../core/entries/apply-to-entry.ts'
import { defineMerge, filterPages, mapPages, placeInPages, renewed, someInPages, type Pages } from '../../core/entries/entry-lists.ts'
import { Again } from '../../core/entries/outdated.ts'
import type { Entry } from '../../kernel/types.ts'

declare module '../../kernel/types.ts' { interface Facts { questions: typeof questionFacts } }

/** An event tells of another question only where all who get it may know of that; what this reader knew else stays. */
defineMerge((old, { id, question }, { type, entry, data }) => {
  if (!question || question.duplicate_of !== undefined) return {}
  const isUnlinked = type === 'question.settled' && entry?.id === id && data.link === true
  return { question: { ...question, duplicate_of: isUnlinked ? null : old?.question?.duplicate_of ?? null } }
})

/** Answered by one of the replies, or by the question that it repeats. */
export const isAnswered = ({ question }: Entry): boolean => !!(question?.accepted || question?.duplicate_of)

/** Under `['questions', space, state]`: the questions of a space, the newest first, which wait for an answer or have one. */
defineView('questions', ([, space, state]: readonly unknown[], data: Pages<Entry>, facts: Facts) => {
  const belongs = (entry: Entry) => entry.state === 'published' && isAnswered(entry) === (state === 'answered')
  const next = filterPages(mapPages(data, (entry) => after(entry, facts)), belongs)
  const { event: { type, entry }, event, me } = facts
  const isNews = type === 'entry.published' || type === 'entry.restored' || type === 'question.settled'
  if (!isNews || !entry?.question || entry.space !== space || someInPages(next, ({ id }) => id === entry.id)) return next
  const mine = renewed<Entry>(undefined, entry, event, me)
  if (!belongs(mine)) return next
  const placed = placeInPages(next, mine, ({ id }) => id)
  // What comes from the other list may have something there that only this reader knows.
  return type === 'entry.published' ? placed : new Again(placed)
})
