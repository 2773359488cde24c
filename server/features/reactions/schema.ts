import { type Generated, sql } from 'kysely'
import { z } from 'zod'
import { onForget } from '../../core/entries/forget.ts'
import { defineBrought } from '../../core/entries/hooks.ts'
import { defineMet } from '../../core/entries/met.ts'
import { defineEntryPart } from '../../core/entries/parts.ts'
import { defineTieSource, isOpen, place } from '../../core/ties/sources.ts'
import { canonicalEmoji } from '../../kernel/text-emoji.ts'
import type { Step } from '../../kernel/schema.ts'
import { type BroughtReaction, takeReactions } from './brought.ts'
import { reactionAdded, reactionRemoved } from './events.ts'

declare module '../../kernel/db.ts' {
  interface Tables { reactions: { entry_id: string; person_id: string; emoji: string; created_at: Generated<string> } }
}

export const migrations: Record<string, Step> = {
  '0010-reactions': {
    up: (db) => sql`
      create table reactions (
        entry_id uuid not null references entries on delete cascade,
        person_id uuid not null references people on delete cascade,
        emoji text not null check (emoji <> ''), created_at timestamptz not null default now(),
        primary key (entry_id, emoji, person_id)
      )`.execute(db),
  },
  // One emoji was counted apart with and without its variation selector.
  '0025-one-form-of-emoji': {
    up: async (db) => {
      const { rows } = await sql<{ emoji: string }>`select distinct emoji from reactions`.execute(db)
      for (const { emoji } of rows) {
        const canonical = canonicalEmoji(emoji)
        if (canonical === emoji) continue
        await sql`insert into reactions (entry_id, person_id, emoji, created_at)
          select entry_id, person_id, ${canonical}, created_at from reactions where emoji = ${emoji}
          on conflict (entry_id, emoji, person_id) do update set created_at = least(reactions.created_at, excluded.created_at)`.execute(db)
        await sql`delete from reactions where emoji = ${emoji}`.execute(db)
      }
    },
  },
  // Ties ask what a person reacted to.
  '0031-reactions-by-person': { up: (db) => sql`create index reactions_person on reactions (person_id, entry_id)`.execute(db) },
}

/** One emoji in its canonical form, or the name of a custom one such as `:partyparrot:`. */
export const Emoji = z.string().min(1).max(64).transform(canonicalEmoji).refine(
  (text) => /^:[\p{L}\p{N}_+' -]{1,60}:$/u.test(text) || (/^(\p{Extended_Pictographic}|\p{Emoji_Component}|\p{Regional_Indicator}|\u200d|\ufe0f|\u20e3)+$/u.test(text) && text.length <= 32),
  { message: 'is not an emoji' })

const Reactions = z.array(z.object({ emoji: z.string(), count: z.number(), mine: z.boolean().optional() }))
declare module '../../core/entries/parts.ts' { interface EntryParts { reactions: z.infer<typeof Reactions> } }
declare module '../../core/entries/hooks.ts' { interface Brought { reactions: BroughtReaction[] } }

// The order of first use, as people saw them appear.
defineEntryPart({
  name: 'reactions', shape: Reactions,
  column: (viewer, entry) => sql`(select coalesce(json_agg(json_build_object('emoji', r.emoji, 'count', r.n
      ${viewer.id ? sql`, 'mine', r.mine` : sql``}) order by r.first, r.emoji), '[]') from (
    select emoji, count(*)::int as n, min(created_at) as first ${viewer.id ? sql`, bool_or(person_id = ${viewer.id}) as mine` : sql``}
    from reactions where reactions.entry_id = ${sql.ref(`${entry}.id`)} group by emoji) r)`,
  mine: {
    column: (person, entry) => sql`(select json_agg(emoji) from reactions where reactions.entry_id = ${sql.ref(`${entry}.id`)} and person_id = ${person})`,
    put: (all: z.infer<typeof Reactions>, own: string[] | null) => all.map((one) => ({ ...one, mine: !!own?.includes(one.emoji) })),
  },
})

defineMet('reaction', (entries) => sql`select entry_id, person_id from reactions where entry_id = any (${entries})`)
defineBrought('reactions', takeReactions)

// Custom emoji are words, too, and the facts about them name them.
onForget(async (ctx, entries) => {
  await ctx.db.deleteFrom('reactions').where('entry_id', 'in', entries).execute()
  await ctx.db.updateTable('events').set({ data: '{}' }).where('entry_id', 'in', entries).where('type', 'in', [reactionAdded.type, reactionRemoved.type]).execute()
})

// In the week of what is reacted to: that is what is known of a reaction that is gone.
defineTieSource({
  kind: 'reaction', weight: 0.2,
  // not content: who reacted to whom
  rows: sql`select distinct e.id, e.author_id as to_id, ${isOpen} from reactions r join entries e on e.id = r.entry_id ${place('e')}
    where r.person_id = a.person_id and r.entry_id >= a.since and r.entry_id < a.until`,
})
