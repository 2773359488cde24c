import { sql } from 'kysely'
import { z } from 'zod'
import { EntryInput, FileRecord } from '../../core/entries/schema.ts'
import { SpaceCard } from '../../core/spaces/schema.ts'
import type { Step } from '../../kernel/schema.ts'

declare module '../../kernel/db.ts' {
  interface Tables {
    /** what somebody wrote to be sent later; gone in the transaction that sends it */
    scheduled: {
      id: string; person_id: string; space_id: string; root_id: string | null; send_at: string
      /** as it was given for publishing: kind, title, body, files, and what the kind takes beside them */
      words: string
      files: string[]
      /** why it was not sent, when its moment had come */
      refused: string | null
    }
  }
}

export const migrations: Record<string, Step> = {
  '0354-scheduled': {
    up: (db) => sql`
      create table scheduled (
        id uuid primary key, person_id uuid not null references people on delete cascade, space_id uuid not null references spaces on delete cascade,
        root_id uuid references entries on delete cascade, send_at timestamptz not null, words jsonb not null, files uuid[] not null, refused jsonb
      );
      create index scheduled_person on scheduled (person_id, send_at, id);
      create index scheduled_due on scheduled (send_at) where refused is null;
      create index scheduled_files on scheduled using gin (files);
      create index scheduled_space on scheduled (space_id);
      create index scheduled_root on scheduled (root_id) where root_id is not null`.execute(db),
  },
}

/** Of one person. */
export const MOST_SCHEDULED = 100

const Id = z.uuid().toLowerCase()
const Moment = z.iso.datetime({ offset: true })
/** `root`: the head of the thread that it answers. `words` are what `POST /spaces/{id}/entries` takes. */
export const ScheduleInput = z.object({ space: Id, root: Id.optional(), send_at: Moment, words: EntryInput })
export type ScheduleInput = z.output<typeof ScheduleInput>
export const MoveInput = z.object({ send_at: Moment })

export const Words = z.object({ kind: z.string().nullable(), title: z.string(), body: z.string(), facts: z.record(z.string(), z.unknown()) })
/** Space and thread are said where their author may read them still. */
export const ScheduledView = Words.extend({
  id: z.uuid(), send_at: z.string(), files: z.array(FileRecord), space_card: SpaceCard.nullable(), thread: z.object({ id: z.uuid(), words: z.string() }).nullable(),
  refused: z.object({ code: z.string(), detail: z.string() }).nullable(),
})
export type ScheduledView = z.infer<typeof ScheduledView>
