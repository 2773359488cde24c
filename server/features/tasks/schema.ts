import { type ColumnType, type Generated, type RawBuilder, sql } from 'kysely'
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
import { mayMeet } from '../../core/spaces/visibility.ts'
import type { Tables } from '../../kernel/db.ts'
import { isoOf } from '../../kernel/rows.ts'
import type { Step as SchemaStep } from '../../kernel/schema.ts'
import { taskChanged, taskReminded } from './events.ts'
import { TaskInput } from './input.ts'
import { forgetTasks, keepStep, keepTask, tellRelated } from './keep.ts'
import { type Item, PRIORITIES, type Priority, STARTS_IN, type State, STATES } from './policy.ts'

export type What = 'state' | 'people' | 'due'

declare module '../../kernel/db.ts' {
  interface Tables {
    tasks: {
      entry_id: string; space_id: string; by_id: string; state: Generated<State>; since: string; priority: Priority
      /** a day or a moment as it was given, and in which zone; `late_at`: from when on it is too late, `infinity` for never */
      due: string | null; zone: string; late_at: string
      /** when it is said that it is due soon, and when each was said */
      soon_at: string | null; told_soon: string | null; told_late: string | null
      estimate: number | null; checklist: ColumnType<Item[], string, string>; subtask_of: string | null; from_id: string | null
      /** the rule by which it comes again, and its first time (repeats.ts) */
      repeats: string | null; starts: string | null
    }
    /** `by_id`: who gave it to them; whoever took it needs no telling */
    task_assignees: { task_id: string; person_id: string; by_id: string }
    /** `by_id`: the task that has to be done before */
    task_blocks: { task_id: string; by_id: string }
    /** what happened to a task; why are the words of the entry */
    task_steps: { entry_id: string; task_id: string; what: What; before: State | null; state: State | null; due: string | null; came: string[]; gone: string[] }
    task_traces: { entry_id: string; task_id: string }
  }
}

const STATE = sql.raw(`in (${STATES.map((state) => `'${state}'`).join(', ')})`)

export const migrations: Record<string, SchemaStep> = {
  '0460-tasks': {
    up: (db) => sql`
      create table tasks (
        entry_id uuid primary key, kind text not null default 'task' check (kind = 'task'), space_id uuid not null references spaces on delete cascade,
        by_id uuid not null references people on delete cascade, state text not null default 'open' check (state ${STATE}), since timestamptz not null,
        priority text not null check (priority in ('low', 'normal', 'high', 'urgent')), due text, zone text not null,
        late_at timestamptz not null default 'infinity', soon_at timestamptz, told_soon timestamptz, told_late timestamptz,
        estimate int check (estimate > 0), checklist jsonb not null default '[]', subtask_of uuid references tasks on delete set null check (subtask_of <> entry_id),
        from_id uuid references entries on delete set null, repeats text check ((repeats is null) = (starts is null)), starts text,
        foreign key (entry_id, kind) references entries (id, kind) on delete cascade
      );
      create index tasks_due on tasks (space_id, late_at, entry_id);
      create index tasks_due_by_state on tasks (space_id, state, late_at, entry_id);
      create index tasks_since on tasks (space_id, state, since desc, entry_id desc);
      create index tasks_newest on tasks (space_id, entry_id desc);
      create index tasks_given on tasks (by_id, late_at, entry_id) where state in ('open', 'doing');
      create index tasks_soon on tasks (soon_at) where state in ('open', 'doing') and told_soon is null;
      create index tasks_late on tasks (late_at) where state in ('open', 'doing') and told_late is null;
      create index tasks_parts on tasks (subtask_of) where subtask_of is not null;
      create index tasks_from on tasks (from_id) where from_id is not null;
      create table task_assignees (
        task_id uuid not null references tasks on delete cascade, person_id uuid not null references people on delete cascade,
        by_id uuid not null references people on delete cascade, primary key (task_id, person_id)
      );
      create index task_assignees_person on task_assignees (person_id, task_id);
      create table task_blocks (
        task_id uuid not null references tasks on delete cascade, by_id uuid not null references tasks on delete cascade check (by_id <> task_id), primary key (task_id, by_id)
      );
      create index task_blocks_by on task_blocks (by_id);
      create table task_steps (
        entry_id uuid primary key, kind text not null default 'task_step' check (kind = 'task_step'), task_id uuid not null references tasks on delete cascade,
        what text not null check (what in ('state', 'people', 'due')), before text check (before ${STATE}), state text check (state ${STATE}), due text,
        came uuid[] not null default '{}', gone uuid[] not null default '{}', foreign key (entry_id, kind) references entries (id, kind) on delete cascade
      );
      create index task_steps_task on task_steps (task_id, entry_id desc);
      create table task_traces (
        entry_id uuid primary key, kind text not null default 'task_trace' check (kind = 'task_trace'), task_id uuid not null references tasks on delete cascade,
        foreign key (entry_id, kind) references entries (id, kind) on delete cascade
      );
      create index task_traces_task on task_traces (task_id)`.execute(db),
  },
}

/**
 * `due`: a day or a moment · `late_at`: from which moment on that is past · `assignees`: whose it is, as far as the reader may know them ·
 * `estimate`: minutes · `subtasks`: how many parts it has, and how many of them ended · `blocked_by`: what has to be done before, and `blocked`
 * whether some of that is not · `from`: what it was made of · `repeats`: a rule (RFC 5545); done once, it is open again until the next time
 */
export const TaskFacts = z.object({
  state: z.enum(STATES), since: z.string(), assignees: z.array(PersonCard), due: z.string().nullable(), late_at: z.string().nullable(), priority: z.enum(PRIORITIES),
  estimate: z.number().nullable(), checklist: z.array(z.object({ id: z.string(), text: z.string(), done: z.boolean() })), subtask_of: z.uuid().nullable(),
  subtasks: z.object({ all: z.number(), done: z.number() }), blocked_by: z.array(z.uuid()), blocked: z.boolean(), from: z.uuid().nullable(), repeats: z.string().nullable(),
})
export type TaskFacts = z.infer<typeof TaskFacts>
const StepFacts = z.object({
  task: z.uuid(), what: z.enum(['state', 'people', 'due']), before: z.enum(STATES).nullable(), state: z.enum(STATES).nullable(), due: z.string().nullable(),
  came: z.array(PersonCard), gone: z.array(PersonCard),
})

declare module '../../core/entries/parts.ts' {
  interface EntryParts { task?: TaskFacts; task_step?: z.infer<typeof StepFacts>; task_trace?: { task: string } }
}

const ENDED = sql`in ('done', 'dropped')`
/** Cards of people by their ids, for a viewer of the space of an entry. */
const cards = (viewer: Viewer, entry: string, ids: RawBuilder<unknown>) => sql`(select coalesce(json_agg(${cardOf('tp')} order by tp.name, tp.id), '[]')
  from people tp where tp.id in (${ids}) and ${mayMeet(viewer, 'tp.id', `${entry}.space_id`)})`
// visible: tasks of the same space, for the same readers
const blockers = sql`task_blocks tb join tasks bt on bt.entry_id = tb.by_id join entries be on be.id = tb.by_id and be.state = 'published' where tb.task_id = t.entry_id`

const column = (viewer: Viewer, entry: string) => sql`(select json_build_object(
    'state', t.state, 'since', ${isoOf('t.since')}, 'assignees', ${cards(viewer, entry, sql`select ta.person_id from task_assignees ta where ta.task_id = t.entry_id`)},
    'due', t.due, 'late_at', case when t.due is not null then ${isoOf('t.late_at')} end, 'priority', t.priority, 'estimate', t.estimate, 'checklist', t.checklist,
    -- visible: tasks of the same space, for the same readers
    'subtask_of', (select pe.id from entries pe where pe.id = t.subtask_of and pe.state = 'published'),
    -- visible: as above
    'subtasks', (select json_build_object('all', count(*), 'done', count(*) filter (where s.state ${ENDED})) from tasks s join entries se on se.id = s.entry_id and se.state = 'published' where s.subtask_of = t.entry_id),
    'blocked_by', array(select tb.by_id from ${blockers} order by tb.by_id), 'blocked', exists (select from ${blockers} and bt.state not ${ENDED}), 'from', t.from_id, 'repeats', t.repeats)
  from tasks t where t.entry_id = ${sql.ref(`${entry}.id`)})`

/** Something that somebody does, and how far it is. Home is for what is said: a board of hundreds would bury it. */
export const task = defineKind({
  name: 'task', startsIn: STARTS_IN, replies: true, reactions: true, inFeed: false, title: 'needed', searchable: true, spoken: true,
  mayBegin: canPost, mayEdit: canEdit, input: TaskInput, begin: beginEach(keepTask), facts: { shape: TaskFacts, column },
})

/** A quiet line in a task's thread: what changed, why, when and by whom. */
export const step = defineKind({
  ...QUIET, answers: false, name: 'task_step', input: z.object({ step: z.custom<Omit<Tables['task_steps'], 'entry_id'>>() }), begin: beginEach(keepStep),
  facts: {
    shape: StepFacts, column: (viewer, entry) => sql`(select json_build_object('task', st.task_id, 'what', st.what, 'before', st.before, 'state', st.state, 'due', st.due,
      'came', ${cards(viewer, entry, sql`select unnest(st.came)`)}, 'gone', ${cards(viewer, entry, sql`select unnest(st.gone)`)}) from task_steps st where st.entry_id = ${sql.ref(`${entry}.id`)})`,
  },
})

/** A quiet line in the thread that a task was made of, which leads to it. */
export const trace = defineTrace('task')

onRemove(tellRelated)
onRestore(tellRelated)
onForget(forgetTasks)

/** Rows (entry_id, person_id): whose these tasks are, where something holds of them. */
const whose = (entries: RawBuilder<unknown>, holds: RawBuilder<unknown>) => sql`
  select t.entry_id, ta.person_id from tasks t join task_assignees ta on ta.task_id = t.entry_id where t.entry_id = any (${entries}) and t.state not ${ENDED} and ${holds}`

defineReason('task_assigned', { on: [entryPublished, taskChanged], mustHold: true, people: (entries) => whose(entries, sql`ta.by_id <> ta.person_id`) })

// What nobody has taken reminds whoever gave it.
const reminded = (entries: RawBuilder<unknown>, holds: RawBuilder<unknown>) => sql`${whose(entries, holds)} union
  select t.entry_id, t.by_id from tasks t where t.entry_id = any (${entries}) and t.state not ${ENDED} and ${holds} and not exists (select from task_assignees ta where ta.task_id = t.entry_id)`
defineReason('task_soon', { on: [taskReminded, taskChanged], mustHold: true, people: (entries) => reminded(entries, sql`t.told_soon is not null and t.told_late is null`) })
defineReason('task_late', { on: [taskReminded, taskChanged], mustHold: true, people: (entries) => reminded(entries, sql`t.told_late is not null`) })

// Whoever gave or does a task hears when it ends, and when it is taken up again. Who follows its thread hears of every step.
defineReason('task_step', {
  on: [entryPublished],
  people: (entries) => sql`select st.entry_id, w.person_id from task_steps st join tasks t on t.entry_id = st.task_id cross join lateral (
      select t.by_id as person_id union select ta.person_id from task_assignees ta where ta.task_id = t.entry_id) w
    where st.entry_id = any (${entries}) and st.what = 'state' and (st.state ${ENDED} or st.before ${ENDED})`,
})
