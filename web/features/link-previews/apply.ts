import type * as previewFacts from '../../../server/features/link-previews/events.ts'
import { defineView } from '../../core/entries/apply-event.ts'
import { STALE } from '../../core/entries/outdated.ts'
import type { Entry, PersonCard } from '../../kernel/types.ts'

declare module '../../kernel/types.ts' { interface Facts { previews: typeof previewFacts } }

/** An entry of this network as a card shows it where somebody linked it. */
export type LinkedEntry = Pick<Entry, 'id' | 'root' | 'kind' | 'title' | 'created_at'> & { by: PersonCard; excerpt: string; files: number; space: { id: string; name: string; kind: string } }
export type Linked = { items: LinkedEntry[] }

/**
 * Under `['linked', ids]`: of some entries those that I may read. What I may read no longer is gone at once; what I may read
 * now, only the server knows.
 */
defineView('linked', ([, ids]: readonly unknown[], data: Linked, { event, me }) => {
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
