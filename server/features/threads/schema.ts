import { type Generated, sql } from 'kysely'
import { z } from 'zod'
import { entryPublished } from '../../core/entries/events.ts'
import { defineEntryPart } from '../../core/entries/parts.ts'
import { defineReason } from '../../core/entries/reasons.ts'
import { mayMeet } from '../../core/spaces/visibility.ts'
import type { Step } from '../../kernel/schema.ts'

declare module '../../kernel/db.ts' {
  /** threads of which somebody said that they are done */
  interface Tables { resolutions: { root_id: string; by_id: string; at: Generated<string> } }
}

export const migrations: Record<string, Step> = {
  '0351-resolutions': {
    up: (db) => sql`
      create table resolutions (
        root_id uuid primary key references entries on delete cascade, by_id uuid not null references people on delete cascade,
        at timestamptz not null default now()
      )`.execute(db),
  },
}

/** By whom a thread was said to be done, as far as its reader may know of them, and when. */
const Resolved = z.object({ at: z.string(), by: z.object({ id: z.uuid(), name: z.string() }).nullable() }).nullable()
declare module '../../core/entries/parts.ts' { interface EntryParts { resolved: z.infer<typeof Resolved> } }

defineEntryPart({
  name: 'resolved', shape: Resolved, none: sql`null::json`, onlyIf: (entry) => sql`${sql.ref(`${entry}.root_id`)} is null`,
  column: (viewer, entry) => sql`(select json_build_object('at', r.at, 'by', case when ${mayMeet(viewer, 'r.by_id', `${entry}.space_id`)}
      then (select json_build_object('id', p.id, 'name', p.name) from people p where p.id = r.by_id) end)
    from resolutions r where r.root_id = ${sql.ref(`${entry}.id`)})`,
})

// Who follows a thread hears of every reply in it from then on, whomever it answers.
defineReason('followed', {
  on: [entryPublished],
  people: (entries) => sql`select e.id as entry_id, st.person_id
    -- not content: only in which threads they are
    from entries e join thread_stances st on st.root_id = e.root_id and st.stance = 'followed' and e.created_at >= date_trunc('milliseconds', st.at) where e.id = any (${entries})`,
})
