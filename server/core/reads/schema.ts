import { type Generated, sql } from 'kysely'
import { z } from 'zod'
import type { Step } from '../../kernel/schema.ts'

export interface ReadTables {
  thread_reads: { person_id: string; root_id: string; space_id: string; read_to: string; at: Generated<string> }
}

export const migrations: Record<string, Step> = {
  '0005-reads': {
    up: (db) => sql`
      create table thread_reads (
        person_id uuid not null references people on delete cascade,
        root_id uuid not null references entries on delete cascade,
        space_id uuid not null references spaces on delete cascade,
        read_to uuid not null, at timestamptz not null default now(),
        primary key (person_id, root_id)
      );
      create index thread_reads_space on thread_reads (person_id, space_id)`.execute(db),
  },
}

/** Up to which entry; without it, everything there is. */
export const ReadInput = z.object({ to: z.uuid().toLowerCase().optional() })
