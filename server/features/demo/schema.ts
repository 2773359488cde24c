import { type Generated, sql } from 'kysely'
import { z } from 'zod'
import { Password, PersonCard } from '../../core/people/schema.ts'
import type { Step } from '../../kernel/schema.ts'

declare module '../../kernel/db.ts' {
  interface Tables {
    /** at most one row: the sample company is here */
    demo: { singleton: Generated<boolean>; anchor: string; filled_by: string }
    /** what it made, so that exactly this can go again */
    demo_things: { id: string; what: 'person' | 'space' | 'entry' }
  }
}

export const migrations: Record<string, Step> = {
  '0050-demo': {
    up: (db) => sql`
      create table demo (
        singleton boolean primary key default true check (singleton), anchor timestamptz not null, filled_by uuid not null
      );
      create table demo_things (id uuid primary key, what text not null check (what in ('person', 'space', 'entry')))`.execute(db),
  },
}

export const FillInput = z.object({
  /** lets every person of the sample company sign in with it; without it none of them can */
  password: Password.optional(),
})
export const RemoveQuery = z.object({ force: z.stringbool().default(false) })

const Guide = z.object({ part: z.enum(['host', 'member', 'guest']), person: PersonCard })
export type Guide = z.infer<typeof Guide>
export const LookInput = z.object({ person: z.uuid().toLowerCase() })

export const DemoState = z.object({
  state: z.enum(['absent', 'present']),
  /** the moment at which its story ends */
  filled_at: z.string().nullable(),
  people: z.number(), spaces: z.number(), conversations: z.number(), entries: z.number(), threads: z.number(), replies: z.number(),
  /** entries of real people that would go with the sample company */
  theirs: z.number(),
  /** whom one may sign in as, when a password was given */
  handles: z.array(z.string()),
  /** as whom an administrator may look, by what they are here */
  guides: z.array(Guide),
})
export type DemoState = z.infer<typeof DemoState>
