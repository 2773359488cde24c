import { type Generated, sql } from 'kysely'
import { z } from 'zod'
import { Password } from '../../core/people/schema.ts'
import type { Step } from '../../kernel/schema.ts'

declare module '../../kernel/db.ts' {
  interface Tables {
    /** links that set a new password; `made_by`: the administrator who made it, null for one that was asked for by mail */
    password_resets: { token_hash: Buffer; person_id: string; made_by: string | null; created_at: Generated<string> }
  }
}

export const migrations: Record<string, Step> = {
  '0322-password-resets': {
    up: (db) => sql`
      create table password_resets (
        token_hash bytea primary key, person_id uuid not null references people on delete cascade,
        made_by uuid, created_at timestamptz not null default now()
      );
      create index password_resets_person on password_resets (person_id, created_at);
      create index password_resets_age on password_resets (created_at)`.execute(db),
  },
}

export const AskInput = z.object({ login: z.string().min(1).max(254) })
export const UseInput = z.object({ token: z.string().min(1).max(200), password: Password })
