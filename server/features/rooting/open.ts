import { conversations } from '../../core/entries/conversations.ts'
import type { visibleEntries } from '../../core/entries/visibility.ts'
import type { Ctx } from '../../kernel/context.ts'

/** What is said where everybody but guests may read. */
export const openEntries = (entries: ReturnType<typeof visibleEntries>) =>
  // visible: narrows what is visible further
  entries.innerJoin('spaces as place', 'place.id', 'entries.space_id')
    .where('place.visibility', '=', 'open').where('place.kind', 'in', ['community', 'profile'])

export const openConversations = (ctx: Ctx, from: number, to: number) => conversations(ctx, openEntries, from, to)
