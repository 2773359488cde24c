import { type Generated, sql } from 'kysely'
import type { Step } from '../../kernel/schema.ts'

/** Where an interrupted import goes on: everything before this day of this channel (an external id) is written. */
export type Position = { channel: string; day: string }

declare module '../../kernel/db.ts' {
  interface Tables {
    /**
     * who was in a channel when it was last imported, and whether open browsers were told of the space; `withheld`: who was
     * kept back by the import that brought the space
     */
    slack_spaces: { space_id: string; members: string[]; withheld: Generated<string[]>; announced: Generated<boolean> }
    /** what an entry looked like in Slack when it was last imported: edits here are never undone by an older text */
    slack_entries: { entry_id: string; digest: string; reactions: string | null; imported_at: Generated<string> }
    /** where a file's content was; the address is kept as words, nothing is fetched from there */
    slack_files: { file_id: string; original: string; external_id: Generated<string> }
  }
}

export const migrations: Record<string, Step> = {
  '0060-slack-import': {
    up: (db) =>
      sql`
      create table imports (
        id uuid primary key, kind text not null check (kind = 'slack'),
        state text not null check (state in ('waiting', 'running', 'done', 'failed')),
        dry_run boolean not null, confirmed boolean not null, fingerprint text, archive text,
        done int not null default 0, total int, step text, attempts int not null default 0,
        position jsonb, report jsonb, written jsonb, error jsonb,
        started_by uuid, created_at timestamptz not null default now(), finished_at timestamptz
      );
      create index imports_open on imports (created_at) where state in ('waiting', 'running');
      create table external_ids (
        source text not null, kind text not null check (kind in ('person', 'space')), external_id text not null,
        id uuid not null, digest text not null default '', primary key (source, kind, external_id)
      );
      create table slack_spaces (
        space_id uuid primary key references spaces on delete cascade, members uuid[] not null,
        announced boolean not null default false
      );
      create table slack_entries (
        entry_id uuid primary key references entries on delete cascade, digest text not null, reactions jsonb,
        imported_at timestamptz not null default now()
      );
      create table slack_files (
        file_id uuid primary key references files on delete cascade, original text not null
      )`.execute(db),
  },
  '0132-membership-is-ours': {
    up: (db) => sql`alter table slack_spaces add withheld uuid[] not null default '{}'`.execute(db),
  },
  // What came before this step is known by slack_entries; the import that brought it is the last that had begun by then.
  '0133-imported-entries': {
    up: (db) => sql`
      alter table entries add import_id uuid references imports;
      update entries e set import_id = (select i.id from imports i where not i.dry_run and i.created_at <= s.imported_at
        order by i.created_at desc, i.id desc limit 1)
      from slack_entries s where s.entry_id = e.id`.execute(db),
  },
  '0170-slack-file-ids': {
    // Files that came before have their id in their address.
    up: (db) => sql`
      alter table slack_files add external_id text not null default '';
      update slack_files set external_id = coalesce(substring(original from '[/-](F[A-Z0-9]{8,})'), '')`.execute(db),
  },
}
