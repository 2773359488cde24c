import type * as pinFacts from '../../../server/features/pins/events.ts'
import { defineView } from '../../core/entries/apply-event.ts'
import { after, type Facts } from '../../core/entries/apply-to-entry.ts'
import { filterPages, mapPages, placeInPages, renewed, someInPages, type Pages } from '../../core/entries/entry-lists.ts'
import { STALE, Again } from '../../core/entries/outdated.ts'
import type { Entry } from '../../kernel/types.ts'

declare module '../../kernel/types.ts' { interface Facts { pins: typeof pinFacts } }

/** Under `['pins', space]`: what is pinned there, the newest first. */
defineView('pins', ([, space]: readonly unknown[], data: Pages<Entry>, facts: Facts) => {
  const { event, me } = facts
  const { type, entry } = event
  const isMine = (type === 'membership.joined' || type === 'membership.left') && event.person?.id === me
  if (event.space === space && (isMine || type === 'entry.restored')) return STALE
  const next = filterPages(mapPages(data, (one) => after(one, facts)), ({ pinned, state }) => !!pinned && state === 'published')
  if (type !== 'entry.pinned' || event.space !== space || !entry?.pinned || someInPages(next, ({ id }) => id === entry.id)) return next
  // What only its reader knows of it is asked for.
  return new Again(placeInPages(next, renewed<Entry>(undefined, entry, event, me), ({ pinned }) => pinned!.at))
})
