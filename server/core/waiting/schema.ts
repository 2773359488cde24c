import { type Generated, sql } from 'kysely'
import { z } from 'zod'
import { pageOf } from '../../kernel/pages.ts'
import type { Step } from '../../kernel/schema.ts'
import { PersonCard } from '../people/schema.ts'
import { SpaceCard } from '../spaces/schema.ts'
import { defineWaiting } from './kinds.ts'

declare module '../../kernel/db.ts' {
  interface Tables {
    /** how something was answered that somebody asked for, until they put it away */
    tidings: { id: string; person_id: string; kind: string; space_id: string; by_id: string; at: Generated<string> }
  }
}

export const migrations: Record<string, Step> = {
  '0320-tidings': {
    up: (db) => sql`
      create table tidings (
        id uuid primary key, person_id uuid not null references people on delete cascade, kind text not null,
        space_id uuid not null references spaces on delete cascade, by_id uuid not null, at timestamptz not null default now(),
        unique (person_id, space_id)
      );
      create index tidings_age on tidings (at)`.execute(db),
  },
}

defineWaiting('told', (ctx) => sql`select t.id::text as id, t.at, t.space_id as space, array[t.by_id] as people, jsonb_build_object('kind', t.kind) as facts
  from tidings t where t.person_id = ${ctx.actor.id}`)

/** Something that waits for the reader. `people` are those of whom they may know. */
export const WaitingItem = z.object({
  kind: z.string(), id: z.string(), at: z.string(), space: SpaceCard.nullable(), people: z.array(PersonCard), facts: z.record(z.string(), z.unknown()),
})
export type WaitingItem = z.infer<typeof WaitingItem>
/** `count` is of all of it, at most 100. */
export const WaitingPage = pageOf(WaitingItem).extend({ count: z.number() })
