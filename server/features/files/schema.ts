import { type Generated, sql } from 'kysely'
import { z } from 'zod'
import { onForget } from '../../core/entries/forget.ts'
import { defineBrought, onEachWrite, setOwnFiles } from '../../core/entries/hooks.ts'
import { defineEntryPart } from '../../core/entries/parts.ts'
import { FileRecord } from '../../core/entries/schema.ts'
import type { Step } from '../../kernel/schema.ts'
import { attachFiles, isFree } from './attach.ts'
import { type BroughtFile, takeRecords } from './brought.ts'

declare module '../../kernel/db.ts' {
  interface Tables {
    files: {
      id: string; owner_id: string; name: string; type: string; size: number
      /** of the content in the store; null for a record whose content is not here */
      sha256: Buffer | null
      width: number | null; height: number | null; alt: Generated<string>; state: Generated<'stored' | 'record'>
      created_at: Generated<string>
      /** a small WebP of a picture, in the store too; null: the content is small enough itself, or is no picture */
      thumbnail_sha256: Buffer | null; thumbnail_size: number | null
    }
    entry_files: { entry_id: string; file_id: string; position: number }
  }
}

export const migrations: Record<string, Step> = {
  '0015-files': {
    up: (db) => sql`
      create table files (
        id uuid primary key, owner_id uuid not null references people on delete cascade,
        name text not null, type text not null, size bigint not null check (size >= 0), sha256 bytea,
        width int, height int, alt text not null default '',
        state text not null default 'stored' check (state in ('stored', 'record')),
        created_at timestamptz not null default now(),
        check ((state = 'stored') = (sha256 is not null))
      );
      create index files_content on files (sha256);
      create index files_owner on files (owner_id, id);
      create table entry_files (
        entry_id uuid not null references entries on delete cascade,
        -- a file belongs to one entry: who may read that may read it
        file_id uuid not null unique references files on delete cascade,
        position int not null, primary key (entry_id, file_id)
      )`.execute(db),
  },
  '0024-file-thumbnails': {
    up: (db) => sql`
      alter table files add thumbnail_sha256 bytea, add thumbnail_size bigint,
        add check ((thumbnail_sha256 is null) = (thumbnail_size is null));
      create index files_thumbnail on files (thumbnail_sha256) where thumbnail_sha256 is not null;
      create index files_stored on files (created_at) where state = 'stored';
      create index people_photo on people (photo) where photo is not null`.execute(db),
  },
  '0120-upload-quotas': {
    up: (db) => sql`create index files_uploads on files (owner_id, created_at) include (size, thumbnail_size) where state = 'stored'`.execute(db),
  },
}

/** What a picture or file shows, in words, for those who do not see it. */
export const Alt = z.string().trim().max(1500)
export const AltInput = z.object({ alt: Alt })
export const PhotoInput = z.object({ file: z.uuid().nullable() })

/** Bytes of stored files: what was uploaded, what may be, and what the disk has left. */
export const Usage = z.object({ day: z.number(), day_limit: z.number(), waiting: z.number(), waiting_limit: z.number() })
export const StorageUsage = z.object({
  files: z.number(), bytes: z.number(), day: z.number(), waiting: z.number(), limit: z.number().nullable(), disk_free: z.number(),
})

/** A file as every client sees it; of a mere record the content is not here. */
declare module '../../core/entries/parts.ts' { interface EntryParts { files: FileRecord[] } }
declare module '../../core/entries/hooks.ts' { interface Brought { files: BroughtFile[] } }

/** The same as JSON, for an alias of `files`. */
export const fileRecord = (file: string) => {
  const column = (name: string) => sql.ref(`${file}.${name}`)
  return sql`json_build_object('id', ${column('id')}, 'name', ${column('name')}, 'type', ${column('type')}, 'size', ${column('size')},
    'width', ${column('width')}, 'height', ${column('height')}, 'alt', ${column('alt')}, 'state', ${column('state')},
    'url', case when ${column('state')} = 'stored' then '/api/v1/files/' || ${column('id')} end,
    'thumbnail', case when ${column('state')} = 'stored' and ${column('width')} is not null then '/api/v1/files/'
      || ${column('id')} || '/thumbnail' end)`
}

defineEntryPart({
  name: 'files', shape: z.array(FileRecord), isContent: true,
  column: (_, entry) => sql`(select coalesce(json_agg(${fileRecord('f')} order by ef.position), '[]')
    from entry_files ef join files f on f.id = ef.file_id where ef.entry_id = ${sql.ref(`${entry}.id`)})`,
})
onEachWrite(attachFiles)
defineBrought('files', takeRecords)
onForget((ctx, entries) =>
  ctx.db.deleteFrom('files').using('entry_files').whereRef('files.id', '=', 'entry_files.file_id').where('entry_files.entry_id', 'in', entries).execute())
setOwnFiles((ctx, ids) => ctx.db.selectFrom('files').where('id', 'in', ids).where('owner_id', '=', ctx.actor.id)
  .select([sql<FileRecord>`${fileRecord('files')}`.as('file'), isFree.as('is_free')]).execute())
