import { type Generated, sql } from 'kysely'
import { z } from 'zod'
import { BrowserZone, Email, Handle, Name, Password } from '../../core/people/schema.ts'
import { languages } from '../../kernel/language.ts'
import { line } from '../../kernel/names.ts'
import { PictureBytes } from '../../kernel/picture-bytes.ts'
import type { Step } from '../../kernel/schema.ts'

declare module '../../kernel/db.ts' {
  interface Tables { setup_links: { token_hash: Buffer; created_at: Generated<string> } }
}

export const migrations: Record<string, Step> = {
  '0321-network-settings': {
    up: (db) => sql`alter table network add colour text not null default 'moss', add language text, add default_spaces uuid[] not null default '{}',
      add members_invite boolean not null default false, add address text, add mail_tried_at timestamptz,
      add first_steps_dismissed boolean not null default false`.execute(db),
  },
  '0014-setup': {
    up: (db) => sql`create table setup_links (token_hash bytea primary key, created_at timestamptz not null default now())`.execute(db),
  },
}

export const NetworkName = line(80).min(1, { message: 'is needed' })
/** Each is a set of colours that were tried for their contrast, light and dark. */
export const COLOURS = ['moss', 'sea', 'plum', 'clay', 'slate'] as const
export const NetworkChange = z.object({
  name: NetworkName, colour: z.enum(COLOURS),
  /** a picture in base64; null takes it away. `logo_dark` is shown where the page is dark, else `logo` is there too */
  logo: PictureBytes.nullable(), logo_dark: PictureBytes.nullable(),
  /** of letters and pages for people who chose none, and of those before signing in; null: that of their browser */
  language: z.enum(languages).nullable(),
  /** what everybody follows from the start: open spaces */
  default_spaces: z.array(z.uuid().toLowerCase()).max(10),
  /** members may bring in new members, one at a time */
  members_invite: z.boolean(),
  /** people see who is here, unless they switch it off for themselves */
  presence: z.boolean(),
  first_steps_dismissed: z.boolean(),
  /** links that people write are looked up, and shown with title and picture */
  link_previews: z.boolean(),
  /** members may add emoji, and remove those they added */
  members_add_emoji: z.boolean(),
}).partial()
/** `https://talk.example`, without anything behind the host. */
export const Address = z.string().trim().max(300).transform((text) => text.replace(/\/+$/, ''))
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text.toLowerCase(),
    { message: 'must look like https://talk.example' }).transform((text) => text.toLowerCase())
export const FirstSteps = z.object({ dismissed: z.boolean(), steps: z.array(z.object({ name: z.string(), done: z.boolean() })) })
export const SetupInput = z.object({
  token: z.string().min(1).max(200), network: NetworkName, name: Name, handle: Handle, email: Email.optional(), password: Password,
  time_zone: BrowserZone.optional(),
})
