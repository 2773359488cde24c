import type { RawBuilder } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { declare } from '../../kernel/declared.ts'

/**
 * Something that waits for a person and is no entry: an invitation, a request that only they can answer, words to confirm,
 * a meeting they are asked to. It is derived from how things stand, so it is gone for everybody the moment it is answered,
 * wherever that was done.
 */
export type WaitingKind = {
  name: string
  /**
   * Rows (id text, at timestamptz, space uuid, people uuid[], facts jsonb) of what waits for the actor. Spaces and people are
   * shown as far as the actor may know of them, and what is in a space they may not know of is left out; what is in `facts`
   * the kind answers for itself.
   */
  rows: (ctx: Ctx) => RawBuilder<unknown>
}

const kinds = new Map<string, WaitingKind>()

/**
 * Declares a kind of waiting thing, in a feature's schema.ts or waiting.ts. The inbox does the rest: it lists and counts them.
 * Whoever changes what waits for somebody says so by `tellWaiting`, and their browsers ask again. On the web a line for it, with
 * its buttons, is declared by `defineWaiting` of web/core/waiting.
 * @example defineWaiting('task', (ctx) => sql`select t.id::text as id, t.assigned_at as at, t.space_id as space,
 *   array[t.assigned_by] as people, jsonb_build_object('title', t.title) as facts from tasks t where t.assignee = ${ctx.actor.id}`)
 */
export const defineWaiting = (name: string, rows: WaitingKind['rows']): void => void declare(kinds, 'kinds of waiting things', name, { name, rows })

export const allWaiting = (): WaitingKind[] => [...kinds.values()]
