import { type Generated, type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { entryPublished } from '../../core/entries/events.ts'
import { onForget } from '../../core/entries/forget.ts'
import { onRemove, onRestore } from '../../core/entries/hooks.ts'
import { beginEach, defineKind } from '../../core/entries/kinds.ts'
import { defineTrace, QUIET } from '../../core/entries/made-of.ts'
import type { Viewer } from '../../core/entries/parts.ts'
import { canEdit } from '../../core/entries/policy.ts'
import { defineReason } from '../../core/entries/reasons.ts'
import { cardOf } from '../../core/people/queries.ts'
import { PersonCard } from '../../core/people/schema.ts'
import { canPost } from '../../core/spaces/policy.ts'
import type { Tables } from '../../kernel/db.ts'
import { isoOf } from '../../kernel/rows.ts'
import type { Step as SchemaStep } from '../../kernel/schema.ts'
import { countAgain, forgetIdeas, keepIdea, keepStep } from './keep.ts'
import { IdeaInput } from './input.ts'
import { ANSWERS, type Answer, type Stage, STAGES, STARTS_IN } from './policy.ts'

export type What = 'stage' | 'owner' | 'merged' | 'unmerged' | 'worked'

declare module '../../kernel/db.ts' {
  interface Tables {
    ideas: {
      entry_id: string; space_id: string; stage: Generated<Stage>; since: string; owner_id: string; support: Generated<number>
      /** who is asked to carry it on */
      offered_to: string | null; offered_at: string | null
      /** from when on it is asked whether it worked */
      ask_at: string | null
      merged_into: string | null; merged_at: string | null; from_id: string | null
    }
    /** `via`: came along with an idea that was merged into this one */
    idea_supports: { idea_id: string; person_id: string; via: string | null; at: Generated<string> }
    /** what happened to an idea; the words of whoever did it are those of the entry */
    idea_steps: {
      entry_id: string; idea_id: string; what: What; before: Stage | null; stage: Stage | null; measured: string; until: string | null
      other_id: string | null; worked: Answer | null
    }
    idea_traces: { entry_id: string; idea_id: string }
  }
}

const STAGE = sql.raw(`in (${STAGES.map((stage) => `'${stage}'`).join(', ')})`)

export const migrations: Record<string, SchemaStep> = {
  '0430-ideas': {
    up: (db) => sql`
      create table ideas (
        entry_id uuid primary key, kind text not null default 'idea' check (kind = 'idea'), space_id uuid not null references spaces on delete cascade,
        stage text not null default 'new' check (stage ${STAGE}), since timestamptz not null, owner_id uuid not null references people,
        support int not null default 0 check (support >= 0), offered_to uuid references people on delete set null, offered_at timestamptz,
        ask_at timestamptz, merged_into uuid references ideas on delete set null check (merged_into <> entry_id), merged_at timestamptz,
        from_id uuid references entries on delete set null, foreign key (entry_id, kind) references entries (id, kind) on delete cascade
      );
      create index ideas_support on ideas (space_id, stage, support desc, entry_id desc);
      create index ideas_newest on ideas (space_id, stage, entry_id desc);
      create index ideas_offered on ideas (offered_to) where offered_to is not null;
      create index ideas_owner on ideas (owner_id);
      create index ideas_merged on ideas (merged_into) where merged_into is not null;
      create index ideas_from on ideas (from_id) where from_id is not null;
      create table idea_supports (
        idea_id uuid not null references ideas on delete cascade, person_id uuid not null references people on delete cascade,
        via uuid references ideas on delete set null, at timestamptz not null default now(), primary key (idea_id, person_id)
      );
      create index idea_supports_person on idea_supports (person_id, idea_id);
      create index idea_supports_via on idea_supports (via) where via is not null;
      create table idea_steps (
        entry_id uuid primary key, kind text not null default 'idea_step' check (kind = 'idea_step'), idea_id uuid not null references ideas on delete cascade,
        what text not null check (what in ('stage', 'owner', 'merged', 'unmerged', 'worked')), before text check (before ${STAGE}), stage text check (stage ${STAGE}),
        measured text not null default '', until date, other_id uuid references entries on delete set null, worked text check (worked in ('yes', 'partly', 'no')),
        foreign key (entry_id, kind) references entries (id, kind) on delete cascade
      );
      create index idea_steps_idea on idea_steps (idea_id, entry_id desc);
      create index idea_steps_other on idea_steps (other_id) where other_id is not null;
      create table idea_traces (
        entry_id uuid primary key, kind text not null default 'idea_trace' check (kind = 'idea_trace'), idea_id uuid not null references ideas on delete cascade,
        foreign key (entry_id, kind) references entries (id, kind) on delete cascade
      );
      create index idea_traces_idea on idea_traces (idea_id)`.execute(db),
  },
}

/**
 * `said`: why it is at this stage · `trial`: what is measured, and up to which day · `result`: what was measured when it was decided ·
 * `answered_at`: when somebody else first said something · `ask_at`: from when on it is asked whether it worked · `supported`, `judged`:
 * whether the reader supports it and what they said of it; absent from what live events carry.
 */
export const IdeaFacts = z.object({
  stage: z.enum(STAGES), since: z.string(), owner: PersonCard, offered_to: PersonCard.nullable(), support: z.number(), supported: z.boolean().optional(),
  said: z.string(), trial: z.object({ measured: z.string(), until: z.string().nullable() }).nullable(), result: z.string(), answered_at: z.string().nullable(), from: z.uuid().nullable(),
  merged_into: z.uuid().nullable(), merged_at: z.string().nullable(), merged: z.array(z.uuid()),
  ask_at: z.string().nullable(), worked: z.object({ yes: z.number(), partly: z.number(), no: z.number() }), judged: z.enum(ANSWERS).nullable().optional(),
})
export type IdeaFacts = z.infer<typeof IdeaFacts>
const StepFacts = z.object({
  idea: z.uuid(), what: z.enum(['stage', 'owner', 'merged', 'unmerged', 'worked']), before: z.enum(STAGES).nullable(), stage: z.enum(STAGES).nullable(),
  measured: z.string(), until: z.string().nullable(), other: z.uuid().nullable(), worked: z.enum(ANSWERS).nullable(),
})

declare module '../../core/entries/parts.ts' {
  interface EntryParts { idea?: IdeaFacts; idea_step?: z.infer<typeof StepFacts>; idea_trace?: { idea: string } }
}

// As `created_at` of the entry is told, which a page puts in its place.
const asTold = (moment: RawBuilder<unknown>) => sql`replace(replace(${moment}::text, ' ', 'T'), '+00', 'Z')`

// visible: of the idea's own thread, which was found by right
const steps = (what: What) => sql`idea_steps st join entries se on se.id = st.entry_id and se.state = 'published' where st.idea_id = i.entry_id and st.what = ${sql.lit(what)}`
const verdicts = (worked: Answer) => sql`${worked}::text, (select count(*) from ${steps('worked')} and st.worked = ${worked})`
// The newest that merged into it; more of them are found by the steps.
const MOST_MERGED = 20

const mine = (person: string) => sql`
  'supported', exists (select from idea_supports su where su.idea_id = i.entry_id and su.person_id = ${person}::uuid),
  'judged', (select st.worked from ${steps('worked')} and se.author_id = ${person}::uuid order by st.entry_id desc limit 1),`

const column = (viewer: Viewer, entry: string) => sql`(select json_build_object(
    'stage', i.stage, 'since', ${isoOf('i.since')}, 'owner', (select ${cardOf('op')} from people op where op.id = i.owner_id), 'support', i.support,
    'offered_to', ${viewer.role === 'guest' ? sql`null` : sql`(select ${cardOf('tp')} from people tp where tp.id = i.offered_to)`},
    ${viewer.id ? mine(viewer.id) : sql``}
    'said', coalesce((select se.body from ${steps('stage')} order by st.entry_id desc limit 1), ''),
    'trial', case when i.stage = 'trial' then (select json_build_object('measured', st.measured, 'until', st.until) from ${steps('stage')} order by st.entry_id desc limit 1) end,
    'result', case when i.stage in ('adopted', 'declined') then coalesce((select st.measured from ${steps('stage')} order by st.entry_id desc limit 1), '') else '' end,
    -- not content: when somebody else said something in the same thread
    'answered_at', (select ${asTold(sql`r.created_at`)} from entries r where r.root_id = i.entry_id and r.kind in ('message', 'idea_step') and r.author_id <> ${sql.ref(`${entry}.author_id`)} order by r.id limit 1),
    'from', i.from_id, 'merged_into', i.merged_into, 'merged_at', ${isoOf('i.merged_at')},
    -- visible: ideas of the same space, for the same readers
    'merged', array(select m.entry_id from ideas m join entries me on me.id = m.entry_id and me.state = 'published' where m.merged_into = i.entry_id order by m.entry_id desc limit ${sql.lit(MOST_MERGED)}),
    'ask_at', ${isoOf('i.ask_at')}, 'worked', json_build_object(${sql.join(ANSWERS.map(verdicts))}))
  from ideas i where i.entry_id = ${sql.ref(`${entry}.id`)})`

/** Something that could be done, and what becomes of it. */
export const idea = defineKind({
  name: 'idea', startsIn: STARTS_IN, replies: true, reactions: true, inFeed: true, title: 'needed', searchable: true, spoken: true,
  mayBegin: canPost, mayEdit: canEdit, input: IdeaInput, begin: beginEach(keepIdea),
  facts: { shape: IdeaFacts, isPersonal: true, column },
})

/** A quiet line in an idea's thread: a step that it took, with its reason, or what somebody says of how it worked. */
export const step = defineKind({
  ...QUIET, name: 'idea_step', input: z.object({ step: z.custom<Omit<Tables['idea_steps'], 'entry_id'>>() }), begin: beginEach(keepStep),
  facts: {
    shape: StepFacts, column: (_, entry) => sql`(select json_build_object('idea', st.idea_id, 'what', st.what, 'before', st.before, 'stage', st.stage, 'measured', st.measured,
      'until', st.until, 'other', st.other_id, 'worked', st.worked) from idea_steps st where st.entry_id = ${sql.ref(`${entry}.id`)})`,
  },
})

/** A quiet line in the thread that an idea was made of, which leads to it. */
export const trace = defineTrace('idea')

onRemove(countAgain)
onRestore(countAgain)
onForget(forgetIdeas)

// Whoever proposed, supports or carries on an idea hears of each step that it takes, once: a step is an entry of its own.
defineReason('idea_step', {
  on: [entryPublished],
  people: (entries) => sql`select st.entry_id, w.person_id from idea_steps st join ideas i on i.entry_id = st.idea_id
    -- not content: only whose the idea is
    join entries ie on ie.id = i.entry_id cross join lateral (
      select ie.author_id as person_id union select i.owner_id union select su.person_id from idea_supports su where su.idea_id = i.entry_id) w
    where st.entry_id = any (${entries}) and st.what <> 'worked'`,
})
