import type * as savedFacts from '../../../server/features/saved/events.ts'
import { defineView } from '../../core/entries/apply-event.ts'
import { after, defineOwn, type Facts } from '../../core/entries/apply-to-entry.ts'
import { defineMerge, filterPages, mapPages, type Pages } from '../../core/entries/entry-lists.ts'
import { STALE } from '../../core/entries/outdated.ts'
import type { Entry } from '../../kernel/types.ts'

declare module '../../kernel/types.ts' { interface Facts { saved: typeof savedFacts } }

type State = { entry: string; saved: boolean }

/** An event about an entry does not say whether its reader saved it: that is as it was. */
defineMerge((old) => ({ saved: old?.saved ?? false }))
defineOwn(({ id }, { type, data }) => (type === 'entry.saved' && (data as State).entry === id ? { saved: (data as State).saved } : undefined))

/** Under `['saved']`: what one keeps for later. What comes anew stands with its space and its moment, which only the server has. */
defineView('saved', (_key: readonly unknown[], data: Pages<Entry>, facts: Facts) => {
  const { type, data: state } = facts.event
  if (type === 'entry.restored' || type === 'membership.joined' || type === 'membership.left' || type === 'space.changed') return STALE
  if (type === 'entry.saved' && (state as State).saved) return STALE
  return filterPages(mapPages(data, (entry) => after(entry, facts)), ({ saved, state: is }) => saved && is === 'published')
})
