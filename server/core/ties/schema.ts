import { type Generated, sql } from 'kysely'
import { z } from 'zod'
import type { Step } from '../../kernel/schema.ts'

declare module '../../kernel/db.ts' {
  interface Tables {
    /**
     * how often `from_id` turned to `to_id` in a week (its Monday, UTC), by kind; from nothing that is secret. `open`: where
     * every member of the network may read it; all other ties count only in what is told of eight people or more
     */
    ties: { from_id: string; to_id: string; week: string; kind: string; open: Generated<boolean>; count: number }
    /** what people decided about being part of the network's picture; no row: as it is by default */
    tie_choices: { person_id: string; in_network: Generated<boolean>; count_direct: Generated<boolean> }
  }
}

export const migrations: Record<string, Step> = {
  '0030-ties': {
    up: (db) => sql`
      create table ties (
        from_id uuid not null references people on delete cascade, to_id uuid not null references people on delete cascade,
        week date not null, kind text not null, count int not null check (count > 0),
        primary key (from_id, week, to_id, kind), check (from_id <> to_id)
      );
      create index ties_to on ties (to_id, week);
      create index ties_week on ties (week);
      create table tie_choices (
        person_id uuid primary key references people on delete cascade,
        in_network boolean not null default true, count_direct boolean not null default true
      )`.execute(db),
  },
  // Where ties stem from was not known: all count as private until they are counted anew, with the next search for communities.
  '0150-open-ties': {
    up: (db) => sql`
      alter table ties add column open boolean not null default false;
      alter table ties drop constraint ties_pkey;
      alter table ties add primary key (from_id, week, to_id, kind, open);
      alter table tie_choices alter column count_direct set default false;
      update tie_choices set count_direct = false where count_direct;
      delete from ties where kind = 'direct'`.execute(db),
  },
}

/** Whether one is part of the network's picture, and whether direct messages count there (only how many, never what; no, until one says so). */
export const TieChoices = z.object({ in_network: z.boolean(), count_direct: z.boolean() })
export type TieChoices = z.infer<typeof TieChoices>
