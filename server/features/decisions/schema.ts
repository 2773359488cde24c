import { type ColumnType, type Generated, type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { onForget } from '../../core/entries/forget.ts'
import { onRemove, onEachWrite } from '../../core/entries/hooks.ts'
import { beginEach, defineKind } from '../../core/entries/kinds.ts'
import { canEdit } from '../../core/entries/policy.ts'
import { defineReason } from '../../core/entries/reasons.ts'
import { canPost } from '../../core/spaces/policy.ts'
import type { Step } from '../../kernel/schema.ts'
import { keepArgument } from './arguments.ts'
import { keepDecision, letGoOfSuccessor } from './begin.ts'
import type { Count } from './count.ts'
import { decisionAmended, decisionClosed, decisionReminded, decisionSuperseded, outcomeTold, positionTaken } from './events.ts'
import { forgetDecisions } from './forget.ts'
import { keepLinks } from './links.ts'
import { type Choice, METHODS, type Method, type Option, STARTS_IN } from './policy.ts'
import { DecisionFacts, DecisionInput } from './shapes.ts'
import { debtors } from './voices.ts'

export type State = DecisionFacts['state']

declare module '../../kernel/db.ts' {
  interface Tables {
    decisions: {
      entry_id: string; state: Generated<State>; method: Method; options: Json<Option[]>
      /** who decides: null the members of the space */
      deciders: string[] | null
      /** who alone says the outcome, for that method */
      decider_id: string | null
      closes_at: string; zone: string; review_on: string | null; reviewed_at: Generated<string | null>; supersedes: string | null; superseded_by: string | null
      /** when those who owe something were last told */
      reminded_at: string | null; closed_at: string | null; counted: Json<Count> | null
      outcome: Json<{ option: string | null; reason: string; rejected: string }> | null; outcome_by: string | null; outcome_at: string | null
    }
    /** `choice` is null once it was taken back; how often it was another one stays */
    decision_positions: { entry_id: string; person_id: string; choice: Json<Choice> | null; reason: string; changes: Generated<number>; at: Generated<string>; accepts: Generated<boolean> }
    decision_summaries: { entry_id: string; text: string; by_id: string; at: Generated<string>; accepted: Generated<boolean> }
    decision_arguments: { entry_id: string; decision_id: string; option_id: string; side: 'for' | 'against' }
    argument_weights: { entry_id: string; person_id: string }
    /** entries that lead to a decision: whoever wrote them hears when it holds no longer */
    decision_links: { entry_id: string; decision_id: string }
  }
}
// Given as text, read as what it says.
type Json<T> = ColumnType<T, string, string>

export const migrations: Record<string, Step> = {
  '0420-decisions': {
    up: (db) => sql`
      create table decisions (
        entry_id uuid primary key, kind text not null default 'decision' check (kind = 'decision'),
        state text not null default 'open' check (state in ('open', 'decided', 'undecided', 'superseded')),
        method text not null check (method in (${sql.join(METHODS.map((method) => sql.lit(method)))})),
        options jsonb not null, deciders uuid[], decider_id uuid references people on delete set null, closes_at timestamptz not null, zone text not null, review_on date,
        supersedes uuid references decisions on delete set null, superseded_by uuid references decisions on delete set null,
        reminded_at timestamptz, closed_at timestamptz, counted jsonb, outcome jsonb, outcome_by uuid references people on delete set null, outcome_at timestamptz,
        foreign key (entry_id, kind) references entries (id, kind) on delete cascade
      );
      create index decisions_due on decisions (closes_at) where state = 'open';
      create index decisions_supersedes on decisions (supersedes) where supersedes is not null;
      create index decisions_superseded on decisions (superseded_by) where superseded_by is not null;
      create table decision_positions (
        entry_id uuid not null references decisions on delete cascade, person_id uuid not null references people on delete cascade, choice jsonb,
        reason text not null, changes int not null default 0, at timestamptz not null default now(), accepts boolean not null default false,
        primary key (entry_id, person_id)
      );
      create table decision_summaries (
        entry_id uuid primary key references decisions on delete cascade, text text not null, by_id uuid not null references people on delete cascade,
        at timestamptz not null default now(), accepted boolean not null default false
      );
      create table decision_arguments (
        entry_id uuid primary key, kind text not null default 'argument' check (kind = 'argument'),
        decision_id uuid not null references decisions on delete cascade, option_id text not null, side text not null check (side in ('for', 'against')),
        foreign key (entry_id, kind) references entries (id, kind) on delete cascade
      );
      create index decision_arguments_of on decision_arguments (decision_id);
      create table argument_weights (
        entry_id uuid not null references decision_arguments on delete cascade, person_id uuid not null references people on delete cascade,
        primary key (entry_id, person_id)
      );
      create table decision_links (
        entry_id uuid not null references entries on delete cascade, decision_id uuid not null references decisions on delete cascade,
        primary key (decision_id, entry_id)
      );
      create index decision_links_entry on decision_links (entry_id);
      create index entries_decisions on entries (space_id, id desc) where kind = 'decision';
      create index entries_all_decisions on entries (id desc) where kind = 'decision'`.execute(db),
  },
  '0480-decision-reviews': {
    up: (db) => sql`
      alter table decisions add reviewed_at timestamptz;
      create index decisions_review on decisions (review_on) where state = 'decided'`.execute(db),
  },
}

declare module '../../core/entries/parts.ts' {
  interface EntryParts { decision?: DecisionFacts; argument?: ArgumentFacts }
}

// A part of the statement that names the columns of `decisions` as `d`.
const facts = sql`json_build_object('state', d.state, 'method', d.method, 'options', d.options, 'closes_at', ${iso('d.closes_at')}, 'zone', d.zone,
  'review_on', d.review_on, 'reviewed_at', ${iso('d.reviewed_at')}, 'supersedes', d.supersedes, 'superseded_by', d.superseded_by, 'closed_at', ${iso('d.closed_at')}, 'count', d.counted,
  'outcome', case when d.outcome_at is not null then d.outcome::jsonb || jsonb_build_object('at', ${iso('d.outcome_at')}) end,
  'taken', (select count(*)::int from decision_positions dp where dp.entry_id = d.entry_id and dp.choice is not null),
  'summary', (select json_build_object('text', ds.text, 'accepted', ds.accepted) from decision_summaries ds where ds.entry_id = d.entry_id))`

function iso(column: string): RawBuilder<unknown> {
  return sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}

/** Something to be decided by those who are named, until a moment, by a method. */
export const decision = defineKind({
  name: 'decision', startsIn: STARTS_IN, replies: true, reactions: true, inFeed: true, title: 'needed', searchable: true, spoken: true,
  mayBegin: canPost, mayEdit: canEdit, input: DecisionInput, begin: beginEach(keepDecision),
  facts: { shape: DecisionFacts, column: (_, entry) => sql`(select ${facts} from decisions d where d.entry_id = ${sql.ref(`${entry}.id`)})` },
})

const ArgumentFacts = z.object({ decision: z.uuid(), option: z.string(), side: z.enum(['for', 'against']), weight: z.number() })
export type ArgumentFacts = z.infer<typeof ArgumentFacts>
const nobody = () => false

/** A reply that speaks for an option or against it. */
export const argument = defineKind({
  name: 'argument', startsIn: [], replies: true, reactions: true, inFeed: false, title: 'none', searchable: true, spoken: true,
  mayBegin: nobody, mayEdit: canEdit, input: z.object({ decision: z.uuid(), option: z.string(), side: z.enum(['for', 'against']) }), begin: beginEach(keepArgument),
  facts: { shape: ArgumentFacts, column: (_, entry) => sql`(select json_build_object('decision', da.decision_id, 'option', da.option_id, 'side', da.side,
    'weight', (select count(*)::int from argument_weights aw where aw.entry_id = da.entry_id)) from decision_arguments da where da.entry_id = ${sql.ref(`${entry}.id`)})` },
})

onEachWrite(keepLinks)
onRemove(letGoOfSuccessor)
onForget(forgetDecisions)

/** Those of these decisions for which something holds, with the person it concerns. */
const concerning = (entries: RawBuilder<unknown>, person: string, holds: RawBuilder<unknown>) => sql`
  select d.entry_id, ${sql.ref(person)} as person_id from decisions d join entries e on e.id = d.entry_id -- not content: only whom it concerns
  where d.entry_id = any (${entries}) and ${holds}`
/** Those who took a position on these decisions, and whose they are. */
const partOf = (entries: RawBuilder<unknown>, holds: RawBuilder<unknown>) => sql`
  select d.entry_id, p.person_id from decision_positions p join decisions d on d.entry_id = p.entry_id where p.choice is not null and d.entry_id = any (${entries}) and ${holds}
  union ${concerning(entries, 'e.author_id', holds)}`

// Who still owes something, from the reminder on until it is given or too late.
defineReason('decision_owed', { on: [decisionReminded, decisionClosed, outcomeTold, positionTaken, decisionAmended], mustHold: true, people: debtors })

// What became of it: for those who said something, and whose question it was.
defineReason('decision_closed', { on: [decisionClosed], people: (entries) => partOf(entries, sql`d.closed_at is not null`) })
defineReason('decision_outcome', { on: [outcomeTold], people: (entries) => partOf(entries, sql`d.outcome_at is not null`) })

// Who relied on it: they led somebody there. And whoever had proposed it.
defineReason('decision_superseded', {
  on: [decisionSuperseded],
  people: (entries) => sql`select l.decision_id as entry_id, w.author_id as person_id from decision_links l
    join entries w on w.id = l.entry_id and w.state = 'published' -- not content: only whose it is
    join decisions d on d.entry_id = l.decision_id and d.state = 'superseded' where l.decision_id = any (${entries})
    union ${concerning(entries, 'e.author_id', sql`d.state = 'superseded'`)}`,
})
