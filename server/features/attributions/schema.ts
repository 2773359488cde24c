import { type Generated, sql } from 'kysely'
import { z } from 'zod'
import { Imported } from '../../core/entries/schema.ts'
import { PersonCard } from '../../core/people/schema.ts'
import type { Step } from '../../kernel/schema.ts'

declare module '../../kernel/db.ts' {
  interface Tables {
    /** what an import says that somebody wrote who takes part here; `stand_in` has it until they confirm, and what they refuse */
    attributions: {
      import_id: string; person_id: string; stand_in: string
      state: Generated<'waiting' | 'confirmed' | 'refused'>; created_at: Generated<string>; decided_at: string | null
    }
  }
}

export const migrations: Record<string, Step> = {
  '0134-attributions': {
    up: (db) => sql`
      alter table people add stands_for uuid references people on delete cascade;
      create index people_stands_for on people (stands_for) where stands_for is not null;
      create table attributions (
        import_id uuid not null references imports, person_id uuid not null references people on delete cascade,
        stand_in uuid not null unique references people,
        state text not null default 'waiting' check (state in ('waiting', 'confirmed', 'refused')),
        created_at timestamptz not null default now(), decided_at timestamptz,
        primary key (person_id, import_id)
      )`.execute(db),
  },
}

export const AttributionView = z.object({
  /** the import's id, by which it is confirmed or refused */
  id: z.uuid(), imported: Imported, state: z.enum(['waiting', 'confirmed', 'refused']),
  /** who has the words now; everything that can be read of them is found by `from:` and this handle */
  stand_in: PersonCard,
  /** false while the import runs */
  is_complete: z.boolean(),
  /** of what stands under the stand-in's name, what the actor may read */
  entries: z.number(), reactions: z.number(),
})
export type AttributionView = z.infer<typeof AttributionView>
