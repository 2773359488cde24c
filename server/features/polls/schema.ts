import type { JsonWebKey } from 'node:crypto'
import { type ColumnType, type Generated, sql } from 'kysely'
import { onForget } from '../../core/entries/forget.ts'
import { beginEach, defineKind } from '../../core/entries/kinds.ts'
import { canEdit } from '../../core/entries/policy.ts'
import { defineReason } from '../../core/entries/reasons.ts'
import { canPost } from '../../core/spaces/policy.ts'
import { isoOf } from '../../kernel/rows.ts'
import type { Step } from '../../kernel/schema.ts'
import { forgetPolls, keepPoll } from './begin.ts'
import type { Count } from './count.ts'
import { pollClosed } from './events.ts'
import { type Choice, METHODS, type Method, type Option, STARTS_IN } from './policy.ts'
import { PollFacts, PollInput } from './shapes.ts'

declare module '../../kernel/db.ts' {
  interface Tables {
    /** `key`: the modulus of an anonymous one; `turnout`: as far as it is told; `counted`: of a hidden one kept, and not told before it closes */
    polls: {
      entry_id: string; state: Generated<PollFacts['state']>; method: Method; options: Json<Option[]>; closes_at: string; closed_at: string | null
      anonymous: boolean; hidden: boolean; key: string | null; turnout: Generated<number>; counted: Json<Count> | null
    }
    /** what people chose by name */
    poll_votes: { entry_id: string; person_id: string; choice: Json<Choice>; at: Generated<string> }
    /** who got a ballot of an anonymous one, for which request; what became of it nobody knows */
    poll_ballots: { entry_id: string; person_id: string; request: Buffer }
    /** what ballots are signed with, until it closes */
    poll_keys: { entry_id: string; secret: Json<JsonWebKey> }
    /** the anonymous votes of all open polls (box.ts) */
    ballot_papers: { token: Buffer; entry_id: string; choice: Json<Choice> }
    ballot_boxes: { entry_id: string; id: Generated<string> }
  }
}
// Given as text, read as what it says.
type Json<T> = ColumnType<T, string, string>

export const migrations: Record<string, Step> = {
  '0450-polls': {
    up: (db) => sql`
      create table polls (
        entry_id uuid primary key, kind text not null default 'poll' check (kind = 'poll'), state text not null default 'open' check (state in ('open', 'closed')),
        method text not null check (method in (${sql.join(METHODS.map((method) => sql.lit(method)))})), options jsonb not null,
        closes_at timestamptz not null, closed_at timestamptz, anonymous boolean not null, hidden boolean not null, key text, turnout int not null default 0, counted jsonb,
        foreign key (entry_id, kind) references entries (id, kind) on delete cascade, check (hidden or not anonymous)
      );
      create index polls_due on polls (closes_at) where state = 'open';
      create table poll_votes (
        entry_id uuid not null references polls on delete cascade, person_id uuid not null references people on delete cascade, choice jsonb not null,
        at timestamptz not null default now(), primary key (entry_id, person_id)
      );
      create table poll_ballots (
        entry_id uuid not null references polls on delete cascade, person_id uuid not null references people on delete cascade, request bytea not null,
        primary key (entry_id, person_id)
      );
      create table poll_keys (entry_id uuid primary key references polls on delete cascade, secret jsonb not null);
      create unlogged table ballot_papers (token bytea not null, entry_id uuid not null, choice jsonb not null, primary key (entry_id, token)) with (autovacuum_enabled = false);
      -- What is gathered of a table's columns for planning would stand in the write-ahead log.
      alter table ballot_papers alter token set statistics 0, alter entry_id set statistics 0, alter choice set statistics 0;
      create unlogged table ballot_boxes (entry_id uuid primary key, id uuid not null default gen_random_uuid())`.execute(db),
  },
}

declare module '../../core/entries/parts.ts' { interface EntryParts { poll?: PollFacts } }


// A part of the statement that names the columns of `polls` as `p`.
const facts = sql`json_build_object('state', p.state, 'method', p.method, 'options', p.options, 'closes_at', ${isoOf('p.closes_at')}, 'closed_at', ${isoOf('p.closed_at')},
  'anonymous', p.anonymous, 'hidden', p.hidden, 'turnout', p.turnout,
  'given', case when p.anonymous and p.state = 'closed' then (select count(*)::int from poll_ballots b where b.entry_id = p.entry_id) end,
  'count', case when p.state = 'closed' or not p.hidden then p.counted end)`

/** Something that people are asked to choose from, until a moment. */
export const poll = defineKind({
  name: 'poll', startsIn: STARTS_IN, replies: true, reactions: true, inFeed: true, title: 'needed', searchable: true, spoken: true,
  mayBegin: canPost, mayEdit: canEdit, input: PollInput, begin: beginEach(keepPoll),
  facts: { shape: PollFacts, column: (_, entry) => sql`(select ${facts} from polls p where p.entry_id = ${sql.ref(`${entry}.id`)})` },
})

onForget(forgetPolls)

// Those who voted, or got a ballot: of an anonymous vote no more is known. And whoever asked.
defineReason('poll_closed', {
  on: [pollClosed],
  people: (entries) => sql`select v.entry_id, v.person_id from poll_votes v where v.entry_id = any (${entries})
    union select b.entry_id, b.person_id from poll_ballots b where b.entry_id = any (${entries})
    -- not content: only whose it is
    union select e.id, e.author_id from entries e where e.id = any (${entries})`,
})
