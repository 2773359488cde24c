import { sql } from 'kysely'
import { z } from 'zod'
import type { Step } from '../../kernel/schema.ts'

declare module '../../kernel/db.ts' {
  interface Tables { rails: { person_id: string; favourites: string[]; sequence: string[]; unread_first: boolean } }
}

export const migrations: Record<string, Step> = {
  '0362-rails': {
    up: (db) => sql`create table rails (
      person_id uuid primary key references people on delete cascade, favourites uuid[] not null default '{}', sequence uuid[] not null default '{}', unread_first boolean not null default false
    )`.execute(db),
  },
}

const spaces = (most: number) => z.array(z.uuid().toLowerCase()).max(most).transform((ids) => [...new Set(ids)])
/** How somebody has their rail: what stands first, the order of the spaces, and whether those with something new come before the others. */
export const Rail = z.object({ favourites: z.array(z.uuid()), sequence: z.array(z.uuid()), unread_first: z.boolean() })
export const RailChange = z.object({ favourites: spaces(50), sequence: spaces(1000), unread_first: z.boolean() }).partial()
