import { type Generated, sql } from 'kysely'
import { z } from 'zod'
import { indexOnline, type Step } from '../../kernel/schema.ts'
import { defineMet } from '../entries/met.ts'
import { defineEntryPart } from '../entries/parts.ts'
import { hasBehind, stanceColumn } from './queries.ts'

declare module '../../kernel/db.ts' {
  interface Tables {
    thread_reads: { person_id: string; root_id: string; space_id: string; read_to: string; at: Generated<string> }
    /** threads of which somebody wants to hear, or does not */
    thread_stances: { person_id: string; root_id: string; space_id: string; stance: Stance; at: Generated<string> }
    /** where somebody stood before they marked all as read */
    read_undos: { id: string; person_id: string; positions: string; at: Generated<string> }
  }
}

export const migrations: Record<string, Step> = {
  '0323-read-undos': {
    up: (db) => sql`
      create table read_undos (
        id uuid primary key, person_id uuid not null references people on delete cascade, positions jsonb not null, at timestamptz not null default now()
      );
      create index read_undos_age on read_undos (at)`.execute(db),
  },
  '0350-thread-stances': {
    up: (db) => sql`
      create table thread_stances (
        person_id uuid not null references people on delete cascade, root_id uuid not null references entries on delete cascade,
        space_id uuid not null references spaces on delete cascade, stance text not null check (stance in ('followed', 'muted')),
        at timestamptz not null default now(), primary key (person_id, root_id)
      );
      create index thread_stances_root on thread_stances (root_id);
      create index thread_stances_space on thread_stances (space_id)`.execute(db),
  },
  // Who has read a thread is asked when something in it was wrong.
  '0442-thread-reads-by-root': indexOnline('thread_reads_root', sql`thread_reads (root_id)`),
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

/** Of one person: so many threads followed, and so many muted. */
export const MOST_STANCES = 1000
const Stances = z.enum(['followed', 'muted']).nullable()
export type Stance = 'followed' | 'muted'
export const StanceInput = z.object({ stance: Stances })

declare module '../entries/parts.ts' { interface EntryParts { stance: Stance | null } }
defineEntryPart({
  name: 'stance', shape: Stances, none: sql`null::text`, onlyIf: (entry) => sql`${sql.ref(`${entry}.root_id`)} is null`,
  column: (viewer, entry) => (viewer.id ? stanceColumn(viewer.id, entry) : sql`null::text`),
  mine: { column: stanceColumn, put: (_, own) => own },
})

// Whose position has passed it: that in its thread, else that in its space.
defineMet('position', (entries) => sql`
  select e.id as entry_id, tr.person_id from entries e join thread_reads tr on tr.root_id = coalesce(e.root_id, e.id) and tr.read_to >= e.id where e.id = any (${entries})
  union select e.id, m.person_id from entries e join memberships m on m.space_id = e.space_id where e.id = any (${entries}) and ${hasBehind(sql.ref('m.person_id'), 'e')}`)

/** Up to which entry; without it, everything there is. */
export const ReadInput = z.object({ to: z.uuid().toLowerCase().optional() })
export const AllInput = z.object({ place: z.enum(['home', 'inbox']) })
