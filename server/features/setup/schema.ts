import { type Generated, sql } from 'kysely'
import { z } from 'zod'
import { Email, Handle, Name, Password } from '../../core/people/schema.ts'
import { line } from '../../kernel/names.ts'
import type { Step } from '../../kernel/schema.ts'

export interface SetupTables {
  setup_links: { token_hash: Buffer; created_at: Generated<string> }
}

export const migrations: Record<string, Step> = {
  '0014-setup': {
    up: (db) => sql`create table setup_links (token_hash bytea primary key, created_at timestamptz not null default now())`.execute(db),
  },
}

export const NetworkName = line(80).min(1, { message: 'is needed' })
export const SetupInput = z.object({
  token: z.string().min(1).max(200), network: NetworkName, name: Name, handle: Handle, email: Email.optional(), password: Password,
  time_zone: z.string().max(60).optional(),
})
