import { sql } from 'kysely'
import { z } from 'zod'
import { defineKind } from '../../core/entries/kinds.ts'
import { defineBrought, onRemove } from '../../core/entries/hooks.ts'
import { defineTrace } from '../../core/entries/made-of.ts'
import type { Viewer } from '../../core/entries/parts.ts'
import { canEdit } from '../../core/entries/policy.ts'
import { defineReason } from '../../core/entries/reasons.ts'
import { canPost } from '../../core/spaces/policy.ts'
import type { Step } from '../../kernel/schema.ts'
import { keepQuestions, takeAccepted, takeDuplicates } from './brought.ts'
import { takeAnswerBack } from './commands.ts'
import { answerSettled } from './events.ts'
import { isKnownDuplicate } from './known.ts'
import { STARTS_IN } from './policy.ts'

declare module '../../kernel/db.ts' {
  interface Tables {
    questions: { entry_id: string; accepted_id: string | null; duplicate_of: string | null; from_id: string | null }
    question_traces: { entry_id: string; question_id: string }
  }
}

export const migrations: Record<string, Step> = {
  '0260-questions': {
    up: (db) => sql`
      create table questions (
        entry_id uuid primary key, kind text not null default 'question' check (kind = 'question'),
        accepted_id uuid references entries on delete set null, from_id uuid references entries on delete set null,
        duplicate_of uuid references questions on delete set null check (duplicate_of <> entry_id),
        foreign key (entry_id, kind) references entries (id, kind) on delete cascade
      );
      create index questions_accepted on questions (accepted_id) where accepted_id is not null;
      create index questions_from on questions (from_id) where from_id is not null;
      create index questions_duplicates on questions (duplicate_of) where duplicate_of is not null;
      create table question_traces (
        entry_id uuid primary key, kind text not null default 'question_trace' check (kind = 'question_trace'),
        question_id uuid not null references questions on delete cascade,
        foreign key (entry_id, kind) references entries (id, kind) on delete cascade
      );
      create index question_traces_question on question_traces (question_id);
      create index entries_questions on entries (space_id, id desc) where kind = 'question';
      create index entries_question_titles on entries using gin (lower(title) gin_trgm_ops) where kind = 'question'`.execute(db),
  },
}

const Id = z.uuid().toLowerCase()
/** `from`: what was said in the same space that this is asked about. */
export const QuestionInput = z.object({ from: Id.optional() })
export const AcceptedInput = z.object({ reply: Id })
export const DuplicateInput = z.object({ entry: Id })

/** `duplicate_of` is absent from what live events carry, where not all who get them may know of the other question. */
export const QuestionFacts = z.object({ accepted: z.uuid().nullable(), from: z.uuid().nullable(), duplicate_of: z.uuid().nullable().optional() })
export type QuestionFacts = z.infer<typeof QuestionFacts>

declare module '../../core/entries/hooks.ts' {
  interface Brought {
    /** of a reply: whether whoever asked had said elsewhere that it answers their question */
    accepted: boolean
    /** of a question that is here: which it repeats */
    duplicate_of: string
  }
}

declare module '../../core/entries/parts.ts' {
  interface EntryParts { question?: QuestionFacts; question_trace?: { question: string } }
}

const facts = (viewer: Viewer, entry: string) => {
  const known = isKnownDuplicate(viewer, entry)
  const always = sql`'accepted', q.accepted_id, 'from', q.from_id`
  return viewer.id ? sql`json_build_object(${always}, 'duplicate_of', case when ${known} then q.duplicate_of end)`
    : sql`case when ${known} then json_build_object(${always}, 'duplicate_of', q.duplicate_of) else json_build_object(${always}) end`
}

/** Something that is asked, to be answered. */
export const question = defineKind({
  name: 'question', startsIn: STARTS_IN, replies: true, reactions: true, inFeed: true, title: 'needed', searchable: true, spoken: true,
  mayBegin: canPost, mayEdit: canEdit, input: QuestionInput, begin: keepQuestions,
  facts: { shape: QuestionFacts, isPersonal: true, column: (viewer, entry) => sql`(select ${facts(viewer, entry)} from questions q where q.entry_id = ${sql.ref(`${entry}.id`)})` },
})

/** A quiet line in the thread that a question was made of, which leads to it. */
export const trace = defineTrace('question')

onRemove(takeAnswerBack)
defineBrought('accepted', takeAccepted)
defineBrought('duplicate_of', takeDuplicates)

// Whose answer is the one.
defineReason('accepted', {
  on: [answerSettled], mustHold: true,
  people: (entries) => sql`select e.id as entry_id, e.author_id as person_id
    -- not content: only whose it is
    from entries e join questions q on q.accepted_id = e.id where e.id = any (${entries})`,
})
