import { type Generated, sql } from 'kysely'
import { z } from 'zod'
import { defineEntryPart } from '../../core/entries/parts.ts'
import { Imported } from '../../core/entries/schema.ts'
import type { Step } from '../../kernel/schema.ts'
import type { Report } from './report.ts'

/** Where an interrupted import goes on: everything before this day of this channel (an external id) is written. */
export type Position = { channel: string; day: string }

declare module '../../kernel/db.ts' {
  interface Tables {
    imports: {
      id: string
      kind: 'slack'
      state: 'waiting' | 'running' | 'done' | 'failed'
      dry_run: boolean
      confirmed: boolean
      /** of the archive's contents; an import of the same archive goes on where the last one was interrupted */
      fingerprint: string | null
      /** the uploaded file below the data folder, while it is needed */
      archive: string | null
      done: Generated<number>
      total: number | null
      step: string | null
      attempts: Generated<number>
      position: string | null
      report: string | null
      written: string | null
      error: string | null
      started_by: string | null
      created_at: Generated<string>
      finished_at: string | null
    }
    /** which of our people and spaces stands for which of theirs */
    external_ids: { source: string; kind: 'person' | 'space'; external_id: string; id: string; digest: Generated<string> }
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

// To the second, and written as everywhere else.
const when = (at: string) => sql`to_char(${sql.ref(at)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`

declare module '../../core/entries/parts.ts' { interface EntryParts { imported: z.infer<typeof Imported> | null } }

// Read only where it is set: what was written here pays nothing for it.
defineEntryPart({
  name: 'imported', shape: Imported.nullable(), none: sql`null`,
  onlyIf: (entry) => sql`${sql.ref(`${entry}.import_id`)} is not null`,
  column: (_, entry) => sql`(
    select json_build_object('at', ${when('i.created_at')}, 'source', i.kind,
      'by', case when p.id is not null then json_build_object('id', p.id, 'name', p.name) end)
    from imports i left join people p on p.id = i.started_by where i.id = ${sql.ref(`${entry}.import_id`)})`,
})

export const ImportQuery = z.object({
  /** only read the archive and tell what would come */
  dry_run: z.stringbool().default(false),
  /** the e-mail addresses of people who are here already are known to be theirs */
  confirm_addresses: z.stringbool().default(false),
})

const Loss = z.object({
  code: z.string(),
  what: z.string(),
  count: z.number(),
  why: z.string(),
  examples: z.array(z.string()),
})

export const ImportView = z.object({
  id: z.uuid(),
  kind: z.literal('slack'),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  dry_run: z.boolean(),
  /** messages written (or, for a dry run, read), of all */
  done: z.number(),
  total: z.number().nullable(),
  step: z.enum(['reading', 'writing']).nullable(),
  report: z
    .looseObject({
      people: z.number(),
      spaces: z.number(),
      entries: z.number(),
      reactions: z.number(),
      files: z.number(),
      losses: z.array(Loss),
    })
    .nullable(),
  /** what it did to the network; all zero when it was repeated */
  written: z
    .object({
      people: z.number(),
      spaces: z.number(),
      memberships: z.number(),
      added: z.number(),
      changed: z.number(),
      unchanged: z.number(),
      reactions: z.number(),
      files: z.number(),
      /** files that got their contents out of the archive */
      contents: z.number().default(0),
    })
    .nullable(),
  error: z.object({ code: z.string(), detail: z.string() }).nullable(),
  started_by: z.uuid().nullable(),
  created_at: z.string(),
  finished_at: z.string().nullable(),
  /** after a dry run: until when the archive is there, for whoever sent it to import; null when it is not */
  kept_until: z.string().nullable(),
})
export type ImportView = Omit<z.infer<typeof ImportView>, 'report'> & { report: Report | null }
export type Written = NonNullable<ImportView['written']>

export const nothingWritten = (): Written => ({
  people: 0,
  spaces: 0,
  memberships: 0,
  added: 0,
  changed: 0,
  unchanged: 0,
  reactions: 0,
  files: 0,
  contents: 0,
})
