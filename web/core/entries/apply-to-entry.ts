import type { Entry, LiveEvent, PersonCard } from '../../kernel/types.ts'
import { isShown, renewed, type ThreadHead } from './entry-lists.ts'
import type { Cache } from './fetched.ts'

export type Facts = {
  event: LiveEvent; me: string; cache: Cache; follows: (space: string) => boolean
  /** whether this person muted a thread, by its head, or the space it is in */
  mutes: (root: string, space: string) => boolean
  mutesSpace: (space: string) => boolean
}

export const isPublished = ({ type, entry }: LiveEvent) => (type === 'entry.published' || type === 'entry.restored') && !!entry && isShown(entry)
export const isMyMembership = ({ type, person }: LiveEvent, me: string) => (type === 'membership.joined' || type === 'membership.left') && person?.id === me

type Own = (entry: Entry, event: LiveEvent) => Partial<Entry> | undefined
const owns: Own[] = []
/** Says what of an entry an event changes that is about no entry, but about its reader: that they saved it. */
export const defineOwn = (own: Own): void => void owns.push(own)

const related: Own[] = []
/** Says what of an entry an event changes that is about another one, or about somebody who stands in it; undefined where nothing. */
export const defineRelated = (change: Own): void => void related.push(change)

/** The entry of a list after an event, when the event is about it, its thread or its people; else the same object. */
export function after<T extends Entry>(entry: T, facts: Facts): T {
  return afterRelated(alone(entry, facts), facts.event)
}

/** The same of what an event about something else changes in it; for whatever holds a part of an entry. */
export const afterRelated = <T extends Partial<Entry>>(entry: T, event: LiveEvent): T =>
  related.reduce((now, change) => withOwn(now as never, change(now as never, event)), entry)

function alone<T extends Entry>(entry: T, { event, me }: Facts): T {
  if (event.type === 'person.changed' && event.person) return withPerson(entry, event.person)
  if (event.entry?.id === entry.id) return renewed(entry, event.entry, event, me)
  if (event.thread?.id === entry.id) return { ...entry, ...event.thread }
  for (const own of event.person ? owns : []) entry = withOwn(entry, own(entry, event))
  return entry
}

const withOwn = <T extends Entry>(entry: T, own?: Partial<Entry>): T => (own ? { ...entry, ...own } : entry)

function withPerson<T extends Entry>(entry: T, person: PersonCard): T {
  const { imported, resolved } = entry
  const isHere = entry.author === person.id || imported?.by?.id === person.id || resolved?.by?.id === person.id
    || entry.repliers.some(({ id }) => id === person.id) || entry.mentions.some(({ id }) => id === person.id)
  if (!isHere) return entry
  return {
    ...entry,
    by: entry.author === person.id ? person : entry.by,
    ...(resolved?.by?.id === person.id && { resolved: { ...resolved, by: { id: person.id, name: person.name } } }),
    ...(imported?.by?.id === person.id && { imported: { ...imported, by: { id: person.id, name: person.name } } }),
    repliers: entry.repliers.map((other) => (other.id === person.id ? person : other)),
    mentions: entry.mentions.map((other) => (other.id === person.id ? { ...other, name: person.name } : other)),
  }
}

/** An entry that was not here before, for this reader. */
export const first = (entry: Entry, { event, me, follows, mutes }: Facts): ThreadHead =>
  ({ ...renewed<Entry>(undefined, entry, event, me), unread: counts(event, me) && follows(entry.space) && !mutes(entry.root ?? entry.id, entry.space) ? 1 : 0 })

/** Whether an event is something new to read: not one's own, and not something that was there before. */
export const counts = (event: LiveEvent, me: string) => event.type === 'entry.published' && event.entry?.state === 'published' && event.entry.author !== me
