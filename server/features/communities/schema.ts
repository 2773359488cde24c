import { type Generated, sql } from 'kysely'
import { z } from 'zod'
import { PersonCard } from '../../core/people/schema.ts'
import { line, lines } from '../../kernel/names.ts'
import { pageOf } from '../../kernel/pages.ts'
import type { Step } from '../../kernel/schema.ts'

declare module '../../kernel/db.ts' {
  interface Tables {
    /** found from ties that everybody may read, and kept as long as they are found again; `space_id`: the home its people founded */
    communities: {
      id: string; words: string[]; born_at: Generated<string>; gone_at: string | null; space_id: string | null
    }
    /** `share`: of a person's ties, how much lies in this community */
    community_members: { community_id: string; person_id: string; share: number }
    community_changes: { id: Generated<number>; at: Generated<string>; type: 'born' | 'gone' | 'merged' | 'split'; community_id: string; others: string[] }
    community_homes: {
      community_id: string; name: string; purpose: string; visibility: 'open' | 'closed'; proposed_by: string; created_at: Generated<string>
    }
    community_home_votes: { community_id: string; person_id: string; created_at: Generated<string> }
    /** when communities were looked for last; no row: what there is must not be shown */
    community_searches: { singleton: Generated<boolean>; at: string }
  }
}

export const migrations: Record<string, Step> = {
  '0032-communities': {
    up: (db) => sql`
      create table communities (
        id uuid primary key, words text[] not null default '{}', born_at timestamptz not null default now(), gone_at timestamptz,
        space_id uuid references spaces on delete set null
      );
      create table community_members (
        community_id uuid not null references communities on delete cascade, person_id uuid not null references people on delete cascade,
        share real not null, primary key (person_id, community_id)
      );
      create index community_members_community on community_members (community_id, share desc);
      create table community_changes (
        id bigint generated always as identity primary key, at timestamptz not null default now(), type text not null,
        community_id uuid not null, others uuid[] not null
      );
      create table community_homes (
        community_id uuid primary key references communities on delete cascade, name text not null, purpose text not null,
        visibility text not null check (visibility in ('open', 'closed')),
        proposed_by uuid not null references people on delete cascade, created_at timestamptz not null default now()
      );
      create table community_home_votes (
        community_id uuid not null references community_homes on delete cascade, person_id uuid not null references people on delete cascade,
        created_at timestamptz not null default now(), primary key (community_id, person_id)
      );
      create table community_searches (singleton boolean primary key default true check (singleton), at timestamptz not null)`.execute(db),
  },
  // They were found from private ties, too: none is shown until a search of now has replaced them, as soon as the server runs.
  '0151-communities-from-open-ties': {
    up: (db) => sql`
      delete from community_searches;
      do $$ begin
        if exists (select from communities) and to_regnamespace('graphile_worker') is not null then
          perform graphile_worker.add_job('find-communities', '{"recount":true}'::json, max_attempts => 5, job_key => 'find-communities');
        end if;
      end $$`.execute(db),
  },
}

export const HomeInput = z.object({
  name: line(80).min(1, { message: 'is missing' }), purpose: lines(2000).min(1, { message: 'is missing' }),
  visibility: z.enum(['open', 'closed']).default('open'),
})

const Home = z.object({
  name: z.string(), purpose: z.string(), visibility: z.enum(['open', 'closed']), by: PersonCard,
  agreed: z.number(), needed: z.number(), mine: z.boolean(),
})
const NamedSpace = z.object({ id: z.uuid(), name: z.string() })

/** A community the reader is part of. `people` begins with those it is most about. */
export const Community = z.object({
  id: z.uuid(), words: z.array(z.string()), size: z.number(), since: z.string(), people: z.array(PersonCard),
  /** readable spaces that most of its people are in */
  spaces: z.array(NamedSpace), space: NamedSpace.nullable(), home: Home.nullable(),
  /** whether the reader has turned to the others often enough that what is said of all of them is true of the reader */
  takes_part: z.boolean(),
})
export type Community = z.infer<typeof Community>
export const Communities = pageOf(Community).extend({
  /** when communities were last looked for; null: never yet */
  found_at: z.string().nullable(), in_network: z.boolean(),
})
