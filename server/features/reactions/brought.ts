import { sql } from 'kysely'
import type { TakeBrought } from '../../core/entries/hooks.ts'
import { emitHistory } from '../../kernel/events.ts'
import { rowsOf } from '../../kernel/rows.ts'
import { reactionAdded } from './events.ts'

/** A reaction that an entry has elsewhere. */
export type BroughtReaction = { person: string; emoji: string; at: string }

/** Keeps the reactions that came with entries, each once. Their order is that of their times. */
export const takeReactions: TakeBrought<'reactions'> = async (ctx, carried, how) => {
  const given = carried.flatMap(({ entry, value }) => value.map((one) => ({ ...one, entry_id: entry.id, space_id: entry.space.id })))
  if (!given.length) return
  await sql`insert into reactions (entry_id, person_id, emoji, created_at) select entry_id, person, emoji, at
    from ${rowsOf(given, 'entry_id uuid, person uuid, emoji text, at timestamptz')} on conflict do nothing`.execute(ctx.db)
  await emitHistory(ctx, given.map(({ space_id, entry_id, person, emoji, at }) => ({ type: reactionAdded.type, space_id, entry_id, actor_id: person, data: { emoji }, at })), how)
}
