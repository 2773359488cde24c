import { type Generated, sql } from 'kysely'
import { z } from 'zod'
import { PersonCard } from '../../core/people/schema.ts'
import { SpaceCard } from '../../core/spaces/schema.ts'
import { line } from '../../kernel/names.ts'
import { pageOf } from '../../kernel/pages.ts'
import type { Step } from '../../kernel/schema.ts'

declare module '../../kernel/db.ts' {
  interface Tables {
    /** what somebody does not want to be suggested any more: a person or a space */
    declined_suggestions: { person_id: string; kind: 'person' | 'space'; target_id: string; created_at: Generated<string> }
    /** `through` is asked first, then `to_id`; each may say no, and nobody is told which of them did */
    introductions: {
      id: string; from_id: string; through_id: string; to_id: string; note: string
      state: Generated<'asked' | 'passed_on' | 'met' | 'over'>; space_id: string | null; created_at: Generated<string>
    }
  }
}

export const migrations: Record<string, Step> = {
  '0033-suggestions': {
    up: (db) => sql`
      create table declined_suggestions (
        person_id uuid not null references people on delete cascade, kind text not null check (kind in ('person', 'space')),
        target_id uuid not null, created_at timestamptz not null default now(), primary key (person_id, kind, target_id)
      );
      create table introductions (
        id uuid primary key,
        from_id uuid not null references people on delete cascade, through_id uuid not null references people on delete cascade,
        to_id uuid not null references people on delete cascade, note text not null,
        state text not null default 'asked' check (state in ('asked', 'passed_on', 'met', 'over')),
        space_id uuid references spaces on delete set null, created_at timestamptz not null default now(),
        check (from_id <> through_id and through_id <> to_id and from_id <> to_id)
      );
      -- Once, whatever became of it: whoever said no is not asked again and again.
      create unique index introductions_once on introductions (from_id, to_id);
      create index introductions_through on introductions (through_id) where state = 'asked';
      create index introductions_to on introductions (to_id) where state = 'passed_on'`.execute(db),
  },
}

/** Why somebody is suggested: people both talk with, a community both are part of, or the department both name. */
const Reason = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('through'), people: z.array(PersonCard), count: z.number() }),
  z.object({ kind: z.literal('community'), words: z.array(z.string()) }),
  z.object({ kind: z.literal('department'), department: z.string() }),
])
export const PersonSuggestion = z.object({ person: PersonCard, reasons: z.array(Reason).min(1), introduction: z.enum(['asked']).nullable() })
/** Why a space is suggested: people one talks with are in it, or, for who talks with nobody yet, so many people wrote there lately. */
export const SpaceSuggestion = z.object({ space: SpaceCard, purpose: z.string(), people: z.array(PersonCard), count: z.number(), writers: z.number() })
/** `near`: whom the reasons name: people one talks with, or as long as one has turned to nobody those who turned to oneself. */
export const Suggestions = z.object({ people: z.array(PersonSuggestion), spaces: z.array(SpaceSuggestion), near: z.enum(['talk', 'named']) })
export type Suggestions = z.infer<typeof Suggestions>

export const DeclineInput = z.object({ kind: z.enum(['person', 'space']), id: z.uuid().toLowerCase() })
export const IntroductionInput = z.object({ to: z.uuid().toLowerCase(), through: z.uuid().toLowerCase(), note: line(500).default('') })

/** An introduction that waits for the reader's yes or no. `role`: through whom it goes, or who is to be met. */
export const Introduction = z.object({
  id: z.uuid(), role: z.enum(['through', 'to']), from: PersonCard, through: PersonCard, to: PersonCard, note: z.string(), created_at: z.string(),
})
export const Introductions = pageOf(Introduction)
export const Answered = z.object({ state: z.enum(['passed_on', 'met', 'over']), space: z.uuid().nullable() })
