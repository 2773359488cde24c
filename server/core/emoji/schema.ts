import { type Generated, sql } from 'kysely'
import { z } from 'zod'
import { PictureBytes } from '../../kernel/picture-bytes.ts'
import type { Step } from '../../kernel/schema.ts'

declare module '../../kernel/db.ts' {
  interface Tables {
    custom_emoji: { id: string; picture: Buffer; made_by: string | null; created_at: Generated<string> }
    /** what an emoji is called: `is_first` its name, the others are further ones */
    emoji_names: { name: string; emoji_id: string; is_first: boolean }
  }
}

export const migrations: Record<string, Step> = {
  '0361-custom-emoji': {
    up: (db) => sql`
      alter table network add members_add_emoji boolean not null default false;
      create table custom_emoji (
        id uuid primary key, picture bytea not null, made_by uuid references people on delete set null, created_at timestamptz not null default now()
      );
      create table emoji_names (
        name text primary key check (name ~ '^[a-z0-9][a-z0-9_+''-]{0,59}$'), emoji_id uuid not null references custom_emoji on delete cascade, is_first boolean not null
      );
      create unique index emoji_names_first on emoji_names (emoji_id) where is_first;
      create index emoji_names_emoji on emoji_names (emoji_id)`.execute(db),
  },
}

export const EmojiName = z.string().trim().toLowerCase().transform((text) => text.replace(/^:|:$/g, ''))
  .refine((text) => /^[a-z0-9][a-z0-9_+'-]{0,59}$/.test(text), { message: "takes 1 to 60 letters a–z, digits, _ + ' and hyphens" })
export const EmojiInput = z.object({ name: EmojiName, picture: PictureBytes })
export const AliasInput = z.object({ name: EmojiName })

/** An emoji of this network. */
export const EmojiView = z.object({ id: z.uuid(), name: z.string(), aliases: z.array(z.string()), url: z.string(), by: z.uuid().nullable() })
export type EmojiView = z.infer<typeof EmojiView>
