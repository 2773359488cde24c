import { type Generated, sql } from 'kysely'
import { z } from 'zod'
import { entryPublished } from '../../core/entries/events.ts'
import { onForget } from '../../core/entries/forget.ts'
import { onRemove, onRestore, onEachWrite } from '../../core/entries/hooks.ts'
import { beginEach, defineKind } from '../../core/entries/kinds.ts'
import type { Viewer } from '../../core/entries/parts.ts'
import { canEdit } from '../../core/entries/policy.ts'
import { defineReason } from '../../core/entries/reasons.ts'
import { PersonCard } from '../../core/people/schema.ts'
import { canPost } from '../../core/spaces/policy.ts'
import { isoOf } from '../../kernel/rows.ts'
import type { Step } from '../../kernel/schema.ts'
import { followWords, forgetFacts, keepFact, settleRemoved, settleRestored } from './commands.ts'
import { FactInput, Value } from './input.ts'
import { STARTS_IN } from './policy.ts'
import { presentOf } from './present.ts'

declare module '../../kernel/db.ts' {
  interface Tables {
    facts: {
      entry_id: string; subject_id: string; subject: string; place: string; value: string | null; side: string; source: string; confidence: number
      seen_at: string; valid_until: string | null; contradicts: string | null; supersedes: string | null
    }
    fact_confirmations: { entry_id: string; person_id: string; seen_at: string }
    /** what facts of a space are about, with what holds of it; without any fact that is there, `fact_id` is null */
    fact_subjects: {
      id: string; space_id: string; key: string; about: Generated<string>; place: Generated<string>; fact_id: string | null; side: string | null
      disputed: Generated<boolean>; sure: Generated<number>; stale_at: string | null; sides: Generated<string>
      /** as `Standing` has them */
      changed: string; calm: string | null; calm_side: string | null
      /** how often it was derived: of two tellings of it the one with more is the newer */
      revision: Generated<number>
    }
    /** up to which change of a space's facts somebody has looked */
    fact_positions: { person_id: string; space_id: string; seen_to: string }
  }
}

export const migrations: Record<string, Step> = {
  '0410-facts': {
    up: (db) => sql`
      create table fact_subjects (
        id uuid primary key, space_id uuid not null references spaces on delete cascade, key text not null,
        about text not null default '', place text not null default '', fact_id uuid references entries on delete set null, side text,
        disputed boolean not null default false, sure real not null default 0, stale_at timestamptz, sides jsonb not null default '[]',
        changed uuid not null, calm uuid, calm_side text, revision int not null default 0, unique (space_id, key)
      );
      create index fact_subjects_board on fact_subjects (space_id, changed desc) where fact_id is not null;
      create index fact_subjects_fact on fact_subjects (fact_id);
      create table facts (
        entry_id uuid primary key, kind text not null default 'fact' check (kind = 'fact'), subject_id uuid not null references fact_subjects,
        subject text not null, place text not null, value jsonb, side text not null, source text not null, confidence real not null check (confidence > 0 and confidence <= 1),
        seen_at timestamptz not null, valid_until timestamptz check (valid_until > seen_at),
        contradicts uuid references facts on delete set null, supersedes uuid references facts on delete set null, check (contradicts is null or supersedes is null),
        foreign key (entry_id, kind) references entries (id, kind) on delete cascade
      );
      create index facts_subject on facts (subject_id, seen_at desc);
      create index facts_contradicts on facts (contradicts) where contradicts is not null;
      create index facts_supersedes on facts (supersedes) where supersedes is not null;
      create table fact_confirmations (
        entry_id uuid not null references facts on delete cascade, person_id uuid not null references people on delete cascade,
        seen_at timestamptz not null, primary key (entry_id, person_id)
      );
      create table fact_positions (
        person_id uuid not null references people on delete cascade, space_id uuid not null references spaces on delete cascade,
        seen_to uuid not null, primary key (person_id, space_id)
      )`.execute(db),
  },
}

const Side = z.object({
  fact: z.uuid(), side: z.string(), claim: z.string(), value: Value.nullable(), source: z.string(), people: z.number(), share: z.number(), seen_at: z.string(),
  /** null for guests who may not know of them */
  seen_by: PersonCard.nullable(),
})
/** What holds of a subject. `sides`: at most three, the first is what holds · `changed`: ascends with each change of that in the space · `revision`: of two tellings the newer has more. */
export const Present = z.object({
  id: z.uuid(), about: z.string(), place: z.string(), disputed: z.boolean(), sure: z.number(), stale_at: z.string(), changed: z.uuid(), revision: z.number(), sides: z.array(Side),
})
export type Present = z.infer<typeof Present>

/** `now` is the same for all facts about a subject. `mine`: when the reader confirmed it; absent from what live events carry. */
export const FactFacts = z.object({
  subject: z.string(), place: z.string(), value: Value.nullable(), side: z.string(), source: z.string(), confidence: z.number(), seen_at: z.string(), valid_until: z.string().nullable(),
  contradicts: z.uuid().nullable(), supersedes: z.uuid().nullable(), contradicted_by: z.uuid().nullable(), superseded_by: z.uuid().nullable(),
  confirmations: z.number(), mine: z.string().nullable().optional(), now: Present,
})
export type FactFacts = z.infer<typeof FactFacts>
declare module '../../core/entries/parts.ts' { interface EntryParts { fact?: FactFacts } }

// The newest that is there; what it is, its own link says.
const answer = (how: 'contradicts' | 'supersedes') => sql`(select af.entry_id from facts af
  -- visible: in the same space as the fact that was found by right
  join entries ae on ae.id = af.entry_id and ae.state = 'published' where ${sql.ref(`af.${how}`)} = f.entry_id order by af.seen_at desc, af.entry_id desc limit 1)`

const column = (viewer: Viewer, entry: string) => sql`(select json_build_object(
    'subject', f.subject, 'place', f.place, 'value', f.value, 'side', f.side, 'source', f.source, 'confidence', f.confidence, 'seen_at', f.seen_at, 'valid_until', f.valid_until,
    'contradicts', f.contradicts, 'supersedes', f.supersedes, 'contradicted_by', ${answer('contradicts')}, 'superseded_by', ${answer('supersedes')},
    'confirmations', (select count(*) from fact_confirmations fc where fc.entry_id = f.entry_id and fc.person_id <> ${sql.ref(`${entry}.author_id`)}),
    ${viewer.id ? sql`'mine', (select ${isoOf('fc.seen_at')} from fact_confirmations fc where fc.entry_id = f.entry_id and fc.person_id = ${viewer.id}::uuid),` : sql``}
    'now', (select ${presentOf(viewer, 's')} from fact_subjects s where s.id = f.subject_id))
  from facts f where f.entry_id = ${sql.ref(`${entry}.id`)})`

/** What is so, as somebody saw it. */
export const fact = defineKind({
  name: 'fact', startsIn: STARTS_IN, replies: true, reactions: true, inFeed: true, title: 'needed', searchable: true, spoken: true,
  mayBegin: canPost, mayEdit: canEdit, input: FactInput, begin: beginEach(keepFact),
  facts: { shape: FactFacts, isPersonal: true, column },
})

onEachWrite(followWords)
onRemove(settleRemoved)
onRestore(settleRestored)
onForget(forgetFacts)

/** Who said what a new fact answers, or confirmed it. */
const whoSaid = (how: 'contradicts' | 'supersedes') => ({
  on: [entryPublished],
  people: (entries: ReturnType<typeof sql>) => sql`
    select f.entry_id, o.author_id as person_id from facts f
    -- not content: only whose the other one is
    join entries o on o.id = ${sql.ref(`f.${how}`)} where f.entry_id = any (${entries})
    union select f.entry_id, c.person_id from facts f join fact_confirmations c on c.entry_id = ${sql.ref(`f.${how}`)} where f.entry_id = any (${entries})`,
})
defineReason('fact_contradicted', whoSaid('contradicts'))
defineReason('fact_superseded', whoSaid('supersedes'))
