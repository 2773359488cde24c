import { type Generated, sql } from 'kysely'
import { z } from 'zod'
import { defineEntryPart } from '../../core/entries/parts.ts'
import { mayMeet } from '../../core/spaces/visibility.ts'
import type { Step } from '../../kernel/schema.ts'

declare module '../../kernel/db.ts' {
  interface Tables { pins: { entry_id: string; space_id: string; by_id: string; at: Generated<string> } }
}

export const migrations: Record<string, Step> = {
  '0353-pins': {
    up: (db) => sql`
      create table pins (
        entry_id uuid primary key references entries on delete cascade, space_id uuid not null references spaces on delete cascade,
        by_id uuid not null references people on delete cascade, at timestamptz not null default now()
      );
      create index pins_space on pins (space_id, at desc, entry_id)`.execute(db),
  },
}

/** In one space. */
export const MOST_PINNED = 20

/** When an entry was pinned, and by whom, as far as its reader may know of them. */
const Pinned = z.object({ at: z.string(), by: z.uuid().nullable() }).nullable()
declare module '../../core/entries/parts.ts' { interface EntryParts { pinned: z.infer<typeof Pinned> } }

defineEntryPart({
  name: 'pinned', shape: Pinned, none: sql`null::json`,
  column: (viewer, entry) => sql`(select json_build_object('at', pin.at, 'by', case when ${mayMeet(viewer, 'pin.by_id', `${entry}.space_id`)} then pin.by_id end)
    from pins pin where pin.entry_id = ${sql.ref(`${entry}.id`)})`,
})
