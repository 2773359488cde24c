import { type Generated, sql } from 'kysely'
import { z } from 'zod'
import { line } from '../../kernel/names.ts'
import type { Step } from '../../kernel/schema.ts'
import { PersonCard } from '../people/schema.ts'
import { factsOfKinds, inputsOfKinds } from './kinds.ts'
import { type EntryParts, shapesOfParts } from './parts.ts'

declare module '../../kernel/db.ts' {
  interface Tables {
    entries: {
      id: string; space_id: string; kind: string; root_id: string | null; parent_id: string | null; author_id: string
      title: string; body: string; state: Generated<'published' | 'removed'>; in_feed: boolean
      created_at: Generated<string>; edited_at: string | null; reply_count: Generated<number>; active_id: string
      /** the import that brought it, for ever; null for what was written here */
      import_id: Generated<string | null>
    }
    entry_versions: {
      entry_id: string; version: number; title: string; body: string; editor_id: string | null; created_at: Generated<string>
    }
    /** what is removed but can still be brought back, and by whom */
    removals: { entry_id: string; removed_by: string; removed_at: Generated<string> }
  }
}

export const migrations: Record<string, Step> = {
  '0004-entries': {
    up: (db) => sql`
      create table entries (
        id uuid primary key,
        space_id uuid not null references spaces on delete cascade,
        kind text not null,
        root_id uuid references entries on delete cascade deferrable, parent_id uuid,
        author_id uuid not null references people,
        title text not null default '', body text not null default '',
        state text not null default 'published' check (state in ('published', 'removed')),
        in_feed boolean not null,
        created_at timestamptz not null default now(), edited_at timestamptz,
        reply_count int not null default 0,
        -- roots: the newest entry of the thread; the sort key of feeds
        active_id uuid not null,
        unique (id, kind)
      );
      create index entries_space on entries (space_id, id desc);
      create index entries_thread on entries (root_id, id) where root_id is not null;
      create index entries_roots on entries (space_id, id desc) where root_id is null;
      create index entries_feed on entries (space_id, active_id desc) where root_id is null and in_feed;
      create index entries_author on entries (author_id, id desc);
      create table entry_versions (
        entry_id uuid not null references entries on delete cascade, version int not null,
        title text not null, body text not null, editor_id uuid, created_at timestamptz not null default now(),
        primary key (entry_id, version)
      );
      create table removals (
        entry_id uuid primary key references entries on delete cascade, removed_by uuid not null,
        removed_at timestamptz not null default now()
      );
      create index removals_age on removals (removed_at);
      create table notices (
        entry_id uuid primary key, kind text not null default 'notice' check (kind = 'notice'), type text not null,
        foreign key (entry_id, kind) references entries (id, kind) on delete cascade
      )`.execute(db),
  },
  // A space's page asks for all its threads by activity, not only for those that have a part in feeds.
  '0280-entries-by-activity': {
    up: (db) => sql`create index entries_active on entries (space_id, active_id desc) where root_id is null`.execute(db),
  },
}

/** A longer text belongs into a page or a file; this also bounds what rendering and indexing are fed. */
export const MAX_BODY = 40_000

const Body = z.string().max(MAX_BODY, { message: `takes at most ${MAX_BODY} characters` })
const Files = z.array(z.uuid().toLowerCase()).max(20).default([])

const Words = z.object({ kind: z.string().max(40).optional(), title: line(200).default(''), body: Body.default(''), files: Files })
export type EntryInput = z.input<typeof Words> & Record<string, unknown>
/** A post, with what its kind takes beside the words. Made when it is first asked for: by then all features have said what that is. */
export const EntryInput: z.ZodType<z.output<typeof Words> & Record<string, unknown>, EntryInput> = z.lazy(() => Words.extend(inputsOfKinds())) as never
export const ReplyInput = z.object({ body: Body.default(''), files: Files, parent: z.uuid().toLowerCase().optional() })
/** What is left out stays as it is; `files` are all that it shall have, in their order. */
export const EntryChange = z.object({ title: line(200), body: Body, files: z.array(z.uuid().toLowerCase()).max(20) }).partial()

export const FileRecord = z.object({
  id: z.uuid(), name: z.string(), type: z.string(), size: z.number(), width: z.number().nullable(), height: z.number().nullable(),
  alt: z.string(), state: z.enum(['stored', 'record']), url: z.string().nullable(), thumbnail: z.string().nullable(),
})
export type FileRecord = z.infer<typeof FileRecord>

/**
 * That an entry was not written here: when and from where it came, and by whom; null for whoever has the machine. `score`: what
 * votes there, whose is not known, had come to.
 */
export const Imported = z.object({ at: z.string(), source: z.string(), by: z.object({ id: z.uuid(), name: z.string() }).nullable(), score: z.number().optional() })

const EntryCore = z.object({
  id: z.uuid(), space: z.uuid(), kind: z.string(), root: z.uuid().nullable(), parent: z.uuid().nullable(),
  author: z.uuid(), by: PersonCard, title: z.string(), body: z.string(), state: z.enum(['published', 'removed']),
  created_at: z.string(), edited_at: z.string().nullable(), reply_count: z.number(), active_id: z.uuid(), active_at: z.string(),
  repliers: z.array(PersonCard),
})

/** The shape of an entry with more beside it. */
export const entryWith = <More extends z.ZodRawShape>(more: More): z.ZodType<EntryView & z.output<z.ZodObject<More>>> =>
  z.lazy(() => EntryCore.extend({ ...shapesOfParts(), ...factsOfKinds(), ...more })) as never

/** An entry as every client sees it: what all have, the parts that features keep, and the facts of its kind. */
export type EntryView = z.infer<typeof EntryCore> & EntryParts
export const EntryView = entryWith({})

export const VersionView = z.object({
  version: z.number(), title: z.string(), body: z.string(), created_at: z.string(), editor: z.string().nullable(),
})
