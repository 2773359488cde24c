import type * as decisionFacts from '../../../server/features/decisions/events.ts'
import { defineView } from '../../core/entries/apply-event.ts'
import { after, type Facts } from '../../core/entries/apply-to-entry.ts'
import { filterPages, mapPages, placeInPages, renewed, someInPages, type Pages } from '../../core/entries/entry-lists.ts'
import { placesOf } from '../../core/entries/on-screen.ts'
import { Again, STALE } from '../../core/entries/outdated.ts'
import type { Entry } from '../../kernel/types.ts'

declare module '../../kernel/types.ts' { interface Facts { decisions: typeof decisionFacts } }

/** Under `['decisions', space or 'all', state or 'every']`: the register of a space, or of all that one reads. */
defineView('decisions', ([, space, state]: readonly unknown[], data: Pages<Entry>, facts: Facts) => {
  const belongs = (entry: Entry) => entry.state === 'published' && (state === 'every' || entry.decision?.state === state)
  const next = filterPages(mapPages(data, (entry) => after(entry, facts)), belongs)
  const { event: { type, entry }, event, me } = facts
  if (!entry?.decision || !belongs(entry) || (space !== 'all' && entry.space !== space) || someInPages(next, ({ id }) => id === entry.id)) return next
  // Where it stands the server says along with it.
  if (space === 'all') return new Again(next)
  const placed = placeInPages(next, renewed<Entry>(undefined, entry, event, me), ({ id }) => id)
  return type === 'entry.published' ? placed : new Again(placed)
})

placesOf('decisions', ([, space], data: Pages<Entry>) => (space === 'all' ? data.pages.flatMap(({ items }) => items.map((entry) => entry.space)) : [String(space)]))

/** What happened to a decision, in its thread, or to who decides, may be different for each reader: it is asked again. */
const concerns = (id: unknown, { event: { type, entry } }: Facts) =>
  entry ? entry.id === id || entry.root === id : type === 'person.changed' || type === 'membership.joined' || type === 'membership.left' || type === 'membership.changed'

for (const name of ['decision', 'positions', 'arguments']) defineView(name, ([, id], data, facts) => (concerns(id, facts) ? STALE : data))
