import { enterEntry } from '../../core/entries/commands.ts'
import { findKind } from '../../core/entries/kinds.ts'
import { findEntry } from '../../core/entries/queries.ts'
import type { EntryView } from '../../core/entries/schema.ts'
import { findReadableSpace } from '../../core/spaces/queries.ts'
import type { Ctx } from '../../kernel/context.ts'
import { allow, invalid } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { threadResolved } from './events.ts'
import { canResolve } from './policy.ts'

/** The head of a thread of which the actor may say whether it is done. @throws Refusal 403, 404, 422 */
async function enterHead(ctx: Ctx, id: string): Promise<EntryView> {
  const head = await enterEntry(ctx, id)
  if (head.root || !findKind(head.kind)?.replies) throw invalid('not_a_thread', 'Only a whole thread is done; say it of its first entry.')
  const space = await findReadableSpace(ctx, head.space)
  allow(canResolve(ctx.actor, head, space), 'Only who began this or a host of the space may say so, where people can write.', 'starters_only')
  return head
}

/** Says that a thread is done. One more reply does not take it up again. */
export async function resolve(ctx: Ctx, id: string): Promise<EntryView> {
  const { space } = await enterHead(ctx, id)
  const row = await ctx.db.insertInto('resolutions').values({ root_id: id, by_id: ctx.actor.id }).onConflict((c) => c.doNothing()).returning('root_id').executeTakeFirst()
  if (row) await emit(ctx, threadResolved, { space_id: space, entry_id: id }, { resolved: true })
  return findEntry(ctx, id)
}

/** Takes a thread up again that was said to be done. */
export async function reopen(ctx: Ctx, id: string): Promise<EntryView> {
  const { space } = await enterHead(ctx, id)
  const { numDeletedRows } = await ctx.db.deleteFrom('resolutions').where('root_id', '=', id).executeTakeFirst()
  if (numDeletedRows) await emit(ctx, threadResolved, { space_id: space, entry_id: id }, { resolved: false })
  return findEntry(ctx, id)
}
