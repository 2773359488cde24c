import { type Generated, sql } from 'kysely'
import { z } from 'zod'
import { FileRecord, MAX_BODY } from '../../core/entries/schema.ts'
import { line } from '../../kernel/names.ts'
import type { Step } from '../../kernel/schema.ts'

declare module '../../kernel/db.ts' {
  interface Tables {
    drafts: {
      person_id: string
      /** a space, the head of a thread, or the person's own id: for what has no place yet */
      place: string
      version: number
      /** another device wrote on without having seen it: kept until its author has looked */
      beside: Generated<boolean>
      /** where it will be read; null where that is still to be chosen */
      space_id: string | null
      root_id: string | null
      kind: string | null; title: string; body: string; files: string[]; saved_at: Generated<string>
    }
  }
}

export const migrations: Record<string, Step> = {
  '0281-drafts': {
    up: (db) => sql`
      create table drafts (
        person_id uuid not null references people on delete cascade, place uuid not null, version bigint not null,
        beside boolean not null default false,
        space_id uuid references spaces on delete cascade, root_id uuid references entries on delete cascade,
        kind text, title text not null, body text not null, files uuid[] not null, saved_at timestamptz not null default now(),
        primary key (person_id, place, version)
      );
      create unique index drafts_current on drafts (person_id, place) where not beside;
      create index drafts_files on drafts using gin (files);
      create index drafts_age on drafts (saved_at);
      create index drafts_space on drafts (space_id);
      create index drafts_root on drafts (root_id) where root_id is not null`.execute(db),
  },
}

/** Of one person: places with something begun, and what is kept beside at one of them. */
export const MOST_PLACES = 200
export const MOST_BESIDE = 5

const Version = z.coerce.number().int().min(0)

export const DraftInput = z.object({
  version: Version, space: z.uuid().toLowerCase().optional(), kind: z.string().max(40).optional(), title: line(200).default(''),
  body: z.string().max(MAX_BODY, { message: `takes at most ${MAX_BODY} characters` }).default(''),
  files: z.array(z.uuid().toLowerCase()).max(20).default([]),
})
export type DraftInput = z.output<typeof DraftInput>
export const DiscardQuery = z.object({ version: Version.optional() })

/** What a change answers: without a word of the draft, so that none is kept with the answer. */
export const DraftState = z.object({ place: z.uuid(), version: z.number(), beside: z.number() })
export type DraftState = z.infer<typeof DraftState>

const Words = z.object({ title: z.string(), body: z.string(), files: z.array(FileRecord), saved_at: z.string() })
export const DraftView = Words.extend({
  place: z.uuid(), version: z.number(), space: z.uuid().nullable(), root: z.uuid().nullable(), kind: z.string().nullable(), beside: z.array(Words),
})
export type DraftView = z.infer<typeof DraftView>
