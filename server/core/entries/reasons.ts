import { type RawBuilder, sql } from 'kysely'
import { declare } from '../../kernel/declared.ts'
import type { EventType } from '../../kernel/events.ts'

/**
 * Why an entry concerns somebody who is addressed by it: it mentions them, answers them, gives them a task. Whoever follows
 * the space hears the fact itself, and that is no reason.
 */
export type Reason = {
  name: string
  /** the facts about an entry after which it may concern somebody */
  on: EventType<any>[]
  /** rows (entry_id, person_id): whom each of these entries (an array of ids) concerns as things are */
  people: (entries: RawBuilder<unknown>) => RawBuilder<unknown>
  /** it is taken out of inboxes when one of the facts says that it concerns them no longer; else who was told was told */
  mustHold?: boolean
  /** also in a thread or space that they muted */
  evenMuted?: boolean
  /** each of the facts is told anew to whoever has looked at what they were told before, and to every one of them, however many there are */
  anew?: boolean
}

const reasons = new Map<string, Reason>()

/**
 * Declares a reason, in a feature's schema.ts. The inbox does the rest: it looks after each of these facts, leaves out those
 * who may not read the entry and those who did it themselves, notes the others once and tells them. The web has the text for it
 * (`defineReason` in web/core/entries/reasons.ts).
 * @example defineReason('task', {
 *   on: [taskAssigned], people: (entries) => sql`select entry_id, assignee_id as person_id from tasks where entry_id = any (${entries})`,
 * })
 */
export const defineReason = (name: string, reason: Omit<Reason, 'name'>): void => void declare(reasons, 'reasons', name, { name, ...reason })

const namesOf = (is: (reason: Reason) => boolean | undefined): string[] => [...reasons.values()].filter(is).map(({ name }) => name)

/** The names of the reasons that reach people also in threads and spaces that they muted. */
export const evenMuted = (): string[] => namesOf((reason) => reason.evenMuted)

/** The names of those that are told anew. */
export const toldAnew = (): string[] => namesOf((reason) => reason.anew)

export const allReasons = (): Reason[] => [...reasons.values()]

/**
 * Rows (entry_id, person_id, reason) of whom entries concern, without those who brought it about.
 * @param of the entries to look at for each reason, and beside each who did it
 */
export const concernedBy = (of: { reason: Reason; entries: RawBuilder<unknown>; actors: RawBuilder<unknown> }[]): RawBuilder<unknown> =>
  sql.join(of.map(({ reason, entries, actors }) => sql`
    select c.entry_id, c.person_id, ${reason.name}::text as reason from (${reason.people(entries)}) c
    join unnest(${entries}, ${actors}) as done (entry_id, actor_id) on done.entry_id = c.entry_id and done.actor_id is distinct from c.person_id`), sql` union `)
