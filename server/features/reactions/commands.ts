import { enterEntry } from '../../core/entries/commands.ts'
import { findKind } from '../../core/entries/kinds.ts'
import { findEntry } from '../../core/entries/queries.ts'
import { canReply } from '../../core/spaces/policy.ts'
import { findReadableSpace } from '../../core/spaces/queries.ts'
import type { Ctx } from '../../kernel/context.ts'
import { allow, invalid } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { reactionAdded, reactionRemoved } from './events.ts'
import { Emoji } from './schema.ts'

const MAX_DIFFERENT = 50
const MAX_MINE = 20

async function findReactable(ctx: Ctx, entryId: string, given: string) {
  const parsed = Emoji.safeParse(given)
  if (!parsed.success) throw invalid('not_an_emoji', 'A reaction is one emoji.')
  const entry = await enterEntry(ctx, entryId)
  if (entry.state !== 'published' || !findKind(entry.kind)?.reactions) throw invalid('no_reactions', 'This takes no reactions.')
  const space = await findReadableSpace(ctx, entry.space)
  allow(canReply(ctx.actor, space, space.my), 'You may read here, but not react.')
  return { entry, emoji: parsed.data }
}

/** Adds the actor's reaction; adding it again changes nothing. */
export async function react(ctx: Ctx, entryId: string, given: string) {
  const { entry, emoji } = await findReactable(ctx, entryId, given)
  if (entry.reactions.length >= MAX_DIFFERENT && !entry.reactions.some((r) => r.emoji === emoji))
    throw invalid('too_many_reactions', `An entry takes at most ${MAX_DIFFERENT} different reactions.`)
  if (entry.reactions.filter((r) => r.mine && r.emoji !== emoji).length >= MAX_MINE)
    throw invalid('too_many_reactions', `One can give an entry at most ${MAX_MINE} different reactions. Take one back first.`)
  const row = await ctx.db.insertInto('reactions').values({ entry_id: entryId, person_id: ctx.actor.id, emoji })
    .onConflict((c) => c.doNothing()).returning('emoji').executeTakeFirst()
  if (row) await emit(ctx, reactionAdded, { space_id: entry.space, entry_id: entryId }, { emoji })
  return findEntry(ctx, entryId)
}

/** Takes the actor's reaction back. */
export async function unreact(ctx: Ctx, entryId: string, given: string) {
  const { entry, emoji } = await findReactable(ctx, entryId, given)
  const gone = await ctx.db.deleteFrom('reactions').where('entry_id', '=', entryId).where('person_id', '=', ctx.actor.id)
    .where('emoji', '=', emoji).executeTakeFirst()
  if (gone.numDeletedRows) await emit(ctx, reactionRemoved, { space_id: entry.space, entry_id: entryId }, { emoji })
  return findEntry(ctx, entryId)
}
