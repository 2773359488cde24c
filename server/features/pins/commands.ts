import { enterEntry } from '../../core/entries/commands.ts'
import { findKind } from '../../core/entries/kinds.ts'
import { findEntry } from '../../core/entries/queries.ts'
import type { EntryView } from '../../core/entries/schema.ts'
import { findReadableSpace } from '../../core/spaces/queries.ts'
import type { Ctx } from '../../kernel/context.ts'
import { allow, invalid } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { entryPinned } from './events.ts'
import { canPin, canUnpin } from './policy.ts'
import { countPins } from './queries.ts'
import { MOST_PINNED } from './schema.ts'

/** Puts an entry where everybody in its space finds it. @throws Refusal 403, 404, 422 */
export async function pin(ctx: Ctx, id: string): Promise<EntryView> {
  const entry = await enterEntry(ctx, id)
  const space = await findReadableSpace(ctx, entry.space)
  allow(canPin(entry, space), 'Only members of a space who may write there pin something.', 'members_only')
  if (!findKind(entry.kind)?.replies) throw invalid('not_to_be_pinned', 'This cannot be pinned.')
  if (entry.pinned) return entry
  if ((await countPins(ctx, entry.space)) >= MOST_PINNED) throw invalid('too_many_pins', `At most ${MOST_PINNED} can be pinned in a space. Take one down first.`)
  await ctx.db.insertInto('pins').values({ entry_id: id, space_id: entry.space, by_id: ctx.actor.id }).onConflict((c) => c.doNothing()).execute()
  await emit(ctx, entryPinned, { space_id: entry.space, entry_id: id }, { pinned: true })
  return findEntry(ctx, id)
}

/** Takes a pinned entry down. @throws Refusal 403, 404 */
export async function unpin(ctx: Ctx, id: string): Promise<EntryView> {
  const entry = await enterEntry(ctx, id)
  const space = await findReadableSpace(ctx, entry.space)
  allow(canUnpin(ctx.actor, entry, space), 'Only who pinned this or a host of the space may take it down, where people can write.', 'pinners_only')
  const { numDeletedRows } = await ctx.db.deleteFrom('pins').where('entry_id', '=', id).executeTakeFirst()
  if (!numDeletedRows) return entry
  await emit(ctx, entryPinned, { space_id: entry.space, entry_id: id }, { pinned: false })
  return findEntry(ctx, id)
}
