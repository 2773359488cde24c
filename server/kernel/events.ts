import { sql } from 'kysely'
import type { z } from 'zod'
import type { Ctx } from './context.ts'
import { declare } from './declared.ts'
import { ZERO_ID } from './ids.ts'

/**
 * A fact's name and the shape of its small data. The entry itself is never in it: see docs/decisions/0003. What happened is
 * `history` and kept; what only tells other devices how something stands (read marks) is of use for `days`.
 */
export type EventType<T = unknown, Name extends string = string> = {
  type: Name; data: z.ZodType<T>; kept: 'history' | 'days'
  /** it is about no space and no person, and reaches everybody who is signed in, guests too */
  toAll: boolean
}

const known = new Map<string, EventType>()

/** Declares a fact, `noun.verbed`; it is history unless said. */
export function defineEvent<T extends object, Name extends string>(
  type: Name, data: z.ZodType<T>, { kept = 'history', toAll = false }: Partial<Pick<EventType, 'kept' | 'toAll'>> = {},
): EventType<T, Name> {
  const event = { type, data, kept, toAll }
  declare(known, 'facts', type, event as EventType)
  return event
}

/** Every fact that was declared, for the documentation and for tests. */
export const eventTypes = () => [...known.values()]

/** Whether facts of this name reach everybody. */
export const isToAll = (type: string): boolean => known.get(type)?.toAll ?? false
export const typesToAll = (): string[] => eventTypes().filter(({ toAll }) => toAll).map(({ type }) => type)

/** What a fact is about: it reaches those who may read the space, or the one person it is addressed to. */
export type About = { space_id?: string | null; entry_id?: string | null; person_id?: string | null }

/** A row of the log. */
export type LoggedEvent = {
  id: number; seq: number; type: string; space_id: string | null; entry_id: string | null; person_id: string | null
  actor_id: string | null; data: Record<string, unknown>; quiet: boolean; at: string
}

/** The row of a fact, for a statement that writes it together with the change it describes. */
export const factOf = <T extends object>(ctx: Pick<Ctx, 'actor'>, event: EventType<T>, about: About, data: T) => ({
  type: event.type, space_id: about.space_id ?? null, entry_id: about.entry_id ?? null,
  person_id: about.person_id ?? null, actor_id: ctx.actor.id === ZERO_ID ? null : ctx.actor.id, data: JSON.stringify(data),
})

/** Appends a fact in the transaction of the change it describes; nothing else may happen after commit. */
export async function emit<T extends object>(ctx: Pick<Ctx, 'db' | 'actor'>, event: EventType<T>, about: About, data: T): Promise<void> {
  await ctx.db.insertInto('events').values(factOf(ctx, event, about, data)).execute()
}

/** Appends facts of one kind, each about something else, in one statement. */
export async function emitEach<T extends object>(ctx: Ctx, event: EventType<T>, facts: { about: About; data: T }[]): Promise<void> {
  if (facts.length) await ctx.db.insertInto('events').values(facts.map(({ about, data }) => factOf(ctx, event, about, data))).execute()
}

/** A fact with its own time. */
export type PastEvent = About & { type: string; actor_id: string | null; data: object; at: string }

/** Appends facts with their own time: history (imports, the sample company), delivered to nobody, unless `quiet` is false. */
export async function emitHistory(ctx: Pick<Ctx, 'db'>, events: PastEvent[], { quiet = true }: { quiet?: boolean } = {}): Promise<void> {
  for (let from = 0; from < events.length; from += 1000) {
    const rows = events.slice(from, from + 1000)
    await sql`insert into events (type, space_id, entry_id, person_id, actor_id, data, quiet, at)
      select type, space_id, entry_id, person_id, actor_id, data, ${quiet}::boolean, at from json_to_recordset(${JSON.stringify(rows)}::json)
        as r(type text, space_id uuid, entry_id uuid, person_id uuid, actor_id uuid, data jsonb, at timestamptz)`.execute(ctx.db)
  }
}
