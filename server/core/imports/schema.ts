import { type Generated, sql } from 'kysely'
import { z } from 'zod'
import { line } from '../../kernel/names.ts'
import type { Step } from '../../kernel/schema.ts'
import { defineEntryPart } from '../entries/parts.ts'
import { Imported } from '../entries/schema.ts'
import type { Report } from './tally.ts'

/** The systems whose archives are read. */
export const KINDS = ['slack', 'stackexchange'] as const
export type ImportKind = (typeof KINDS)[number]

declare module '../../kernel/db.ts' {
  interface Tables {
    imports: {
      id: string
      kind: ImportKind
      state: 'waiting' | 'running' | 'done' | 'failed'
      dry_run: boolean
      confirmed: boolean
      /** of the archive's contents; an import of the same archive goes on where the last one was interrupted */
      fingerprint: string | null
      /** for what comes into one space: how it is called, or which of ours it is */
      name: string | null
      space_id: string | null
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
    /** what an entry looked like elsewhere when it was last imported: edits here are never undone by an older text; and how others there had judged it */
    external_entries: { entry_id: string; digest: string; score: number | null; imported_at: Generated<string> }
  }
}

// The table came with the first importer, whose step made it.
export const migrations: Record<string, Step> = {
  '0490-imports-of-kinds': {
    up: (db) => sql`
      alter table imports drop constraint imports_kind_check, add constraint imports_kind_check check (kind in ('slack', 'stackexchange')),
        add name text, add space_id uuid`.execute(db),
  },
  '0491-external-entries': {
    up: (db) => sql`
      create table external_entries (
        entry_id uuid primary key references entries on delete cascade, digest text not null, score int,
        imported_at timestamptz not null default now()
      )`.execute(db),
  },
}

// To the second, and written as everywhere else.
const when = (at: string) => sql`to_char(${sql.ref(at)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`

declare module '../entries/parts.ts' { interface EntryParts { imported: z.infer<typeof Imported> | null } }

const MARK = sql`'at', ${when('i.created_at')}, 'source', i.kind,
  'by', case when p.id is not null then json_build_object('id', p.id, 'name', p.name) end`

// Read only where it is set: what was written here pays nothing for it.
defineEntryPart({
  name: 'imported', shape: Imported.nullable(), none: sql`null`,
  onlyIf: (entry) => sql`${sql.ref(`${entry}.import_id`)} is not null`,
  column: (_, entry) => sql`(
    select case when x.score is null then json_build_object(${MARK}) else json_build_object(${MARK}, 'score', x.score) end
    from imports i left join people p on p.id = i.started_by left join external_entries x on x.entry_id = ${sql.ref(`${entry}.id`)}
    where i.id = ${sql.ref(`${entry}.import_id`)})`,
})

export const ImportQuery = z.object({
  /** only read the archive and tell what would come */
  dry_run: z.stringbool().default(false),
  /** the e-mail addresses of people who are here already are known to be theirs */
  confirm_addresses: z.stringbool().default(false),
  /** for what comes into one space: how that is called, or which of ours it is */
  name: line(80).optional(),
  space: z.uuid().toLowerCase().optional(),
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
  kind: z.enum(KINDS),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  dry_run: z.boolean(),
  /** entries written (or, for a dry run, read), of all */
  done: z.number(),
  total: z.number().nullable(),
  step: z.enum(['reading', 'writing']).nullable(),
  report: z
    .looseObject({
      people: z.number(),
      spaces: z.number(),
      entries: z.number(),
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
