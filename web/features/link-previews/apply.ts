import type * as previewFacts from '../../../server/features/link-previews/events.ts'
import { defineView } from '../../core/entries/apply-event.ts'
import { afterRelated } from '../../core/entries/apply-to-entry.ts'
import { STALE } from '../../core/entries/outdated.ts'
import { renewed } from '../../core/entries/entry-lists.ts'
import type { LinkedEntry } from '../../core/entries/kinds.ts'
import type { Entry, LiveEvent } from '../../kernel/types.ts'

declare module '../../kernel/types.ts' { interface Facts { previews: typeof previewFacts } }

export type { LinkedEntry }
export type Linked = { items: LinkedEntry[] }

/**
 * Under `['linked', ids]`: of some entries those that I may read. What I may read no longer is gone at once; what I may read
 * now, only the server knows.
 */
defineView('linked', ([, ids]: readonly unknown[], before: Linked, { event, me }) => {
  const items = before.items.map((item) => standing(item, event, me))
  const data = items.every((item, at) => item === before.items[at]) ? before : { items }
  const without = (isGone: (item: LinkedEntry) => boolean) => (data.items.some(isGone) ? { items: data.items.filter((item) => !isGone(item)) } : data)
  const isMine = event.person?.id === me
  if (event.type === 'membership.left' && isMine) return without(({ space }) => space.id === event.space)
  if (event.type === 'membership.joined' && isMine) return STALE
  if (event.type === 'space.changed' || event.type === 'space.imported') return STALE
  if (event.type === 'person.changed' && event.person && data.items.some(({ by }) => by.id === event.person!.id)) return STALE
  const { entry } = event
  if (!entry || !(ids as string[]).includes(entry.id)) return data
  if (entry.state === 'removed') return without(({ id }) => id === entry.id)
  return event.type === 'entry.edited' || event.type === 'entry.restored' || event.type === 'entry.removed' ? STALE : data
})

/** How what is linked stands: what only its kind has, from an event about it or about another one. */
function standing(item: LinkedEntry, event: LiveEvent, me: string): LinkedEntry {
  const { entry } = event
  const kind = item.kind as keyof Entry
  if (entry?.id !== item.id || !entry[kind]) return afterRelated(item as never, event)
  return { ...item, [kind]: renewed({ ...entry, [kind]: item[kind as keyof LinkedEntry] }, entry, event, me)[kind] }
}
