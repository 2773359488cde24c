import type * as factFacts from '../../../server/features/facts/events.ts'
import type { Present } from '../../../server/features/facts/schema.ts'
import { defineView } from '../../core/entries/apply-event.ts'
import { defineRelated } from '../../core/entries/apply-to-entry.ts'
import { defineMerge, filterPages, mapPages, placeInPages, someInPages, type Pages } from '../../core/entries/entry-lists.ts'
import { STALE } from '../../core/entries/outdated.ts'
import type { PersonCard } from '../../kernel/types.ts'

declare module '../../kernel/types.ts' { interface Facts { facts: typeof factFacts } }

/** The answer to a command of one's own may come after what others did since: what was derived later stays. */
const newer = (old: Present, now: Present): Present => (old.id === now.id && old.revision > now.revision ? old : now)

/** An event does not say whether its reader confirmed it, but for the one by which they do. */
defineMerge((old, { id, fact: told }, { type, entry, actor, data }, me) => {
  if (!told) return {}
  const fact = old?.fact ? { ...told, now: newer(old.fact.now, told.now) } : told
  if (fact.mine !== undefined) return { fact }
  const isMine = type === 'fact.confirmed' && actor === me && entry?.id === id
  return { fact: { ...fact, mine: isMine ? data.seen_at as string | null : old?.fact?.mine ?? null } }
})

const withPerson = (now: Present, person: PersonCard): Present =>
  now.sides.some(({ seen_by }) => seen_by?.id === person.id)
    ? { ...now, sides: now.sides.map((side) => (side.seen_by?.id === person.id ? { ...side, seen_by: person } : side)) } : now

/** What holds is the same for all facts about a subject: an event about one says it of the others. */
defineRelated(({ id, fact }, { type, entry, person }) => {
  if (!fact) return undefined
  const other = entry && entry.id !== id && entry.fact?.now.id === fact.now.id ? newer(fact.now, entry.fact.now) : fact.now
  const now = type === 'person.changed' && person ? withPerson(other, person) : other
  return now === fact.now ? undefined : { fact: { ...fact, now } }
})

export type State = 'all' | 'holds' | 'disputed' | 'stale'

export const isStale = ({ stale_at }: Pick<Present, 'stale_at'>, now = Date.now()) => Date.parse(stale_at) <= now

const belongs = (now: Present, state: unknown): boolean =>
  state === 'all' || (state === 'disputed' ? now.disputed : !now.disputed && isStale(now) === (state === 'stale'))

/** Under `['facts', space, state, words]`: what holds there, what changed last first; under `['facts', space, 'since', position]` what changed after that, in its order. */
defineView('facts', ([, space, state, words]: readonly unknown[], data: Pages<Present>, { event, me }) => {
  const { type, entry, person } = event
  if (type === 'person.changed' && person) return mapPages(data, (now) => withPerson(now, person))
  if (event.space !== space) return data
  if ((type === 'membership.joined' || type === 'membership.left') && person?.id === me) return STALE
  if (entry?.kind !== 'fact') return data
  const known = entry.fact && data.pages.flatMap(({ items }) => items).find(({ id }) => id === entry.fact!.now.id)
  const now = known ? newer(known, entry.fact!.now) : entry.fact?.now
  // A subject of which there was only this one goes with it, or got another name.
  const kept = filterPages(data, (one) => one.id === now?.id || !one.sides.every(({ fact }) => fact === entry.id))
  if (!now) return kept
  if (state === 'since') return now.changed > String(words) ? appended(kept, now) : filterPages(kept, ({ id }) => id !== now.id)
  if (words && !someInPages(kept, ({ id }) => id === now.id)) return STALE
  return belongs(now, state) ? placeInPages(kept, now, ({ changed }) => changed) : filterPages(kept, ({ id }) => id !== now.id)
})

/** As the last one, where that was fetched. */
function appended(data: Pages<Present>, now: Present): Pages<Present> {
  const known = data.pages.flatMap(({ items }) => items).find(({ id }) => id === now.id)
  if (known?.changed === now.changed) return mapPages(data, (one) => (one.id === now.id ? now : one))
  const cleared = filterPages(data, ({ id }) => id !== now.id)
  const last = cleared.pages.at(-1)!
  return last.next === null ? { ...cleared, pages: [...cleared.pages.slice(0, -1), { ...last, items: [...last.items, now] }] } : cleared
}
