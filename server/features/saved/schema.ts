import { type Generated, sql } from 'kysely'
import { z } from 'zod'
import { defineEntryPart } from '../../core/entries/parts.ts'
import { entryWith } from '../../core/entries/schema.ts'
import { SpaceCard } from '../../core/spaces/schema.ts'
import type { Step } from '../../kernel/schema.ts'

declare module '../../kernel/db.ts' {
  interface Tables {
    saves: {
      person_id: string; entry_id: string
      /** its moment: the newest first */
      id: string
      /** when it comes into the inbox, and whether browsers were told of that */
      remind_at: string | null; told: Generated<boolean>
      /** done, and kept for a day so that it can be taken back */
      done_at: string | null
    }
  }
}

export const migrations: Record<string, Step> = {
  '0352-saves': {
    up: (db) => sql`
      create table saves (
        person_id uuid not null references people on delete cascade, entry_id uuid not null references entries on delete cascade,
        id uuid not null, remind_at timestamptz, told boolean not null default false, done_at timestamptz, primary key (person_id, entry_id)
      );
      create index saves_newest on saves (person_id, id desc) where done_at is null;
      create index saves_due on saves (person_id, remind_at) where remind_at is not null and done_at is null;
      create index saves_entry on saves (entry_id);
      create index saves_done on saves (done_at) where done_at is not null`.execute(db),
  },
}

/** Of one person. */
export const MOST_SAVED = 2000

/** `remind_at`: when to be reminded, null never; what is left out stays as it is. */
export const SaveInput = z.object({ remind_at: z.iso.datetime({ offset: true }).nullable().optional() })
export const SaveState = z.object({ entry: z.uuid(), saved: z.boolean(), remind_at: z.string().nullable() })
export type SaveState = z.infer<typeof SaveState>
export const SavedEntry = entryWith({ space_card: SpaceCard, saved_at: z.string(), remind_at: z.string().nullable() })

declare module '../../core/entries/parts.ts' { interface EntryParts { saved: boolean } }

const isSaved = (person: string, entry: string) =>
  sql<boolean>`exists (select from saves sv where sv.person_id = ${person} and sv.entry_id = ${sql.ref(`${entry}.id`)} and sv.done_at is null)`

defineEntryPart({
  name: 'saved', shape: z.boolean(), none: sql`false`,
  column: (viewer, entry) => (viewer.id ? isSaved(viewer.id, entry) : sql`false`),
  mine: { column: isSaved, put: (_, own) => own },
})
