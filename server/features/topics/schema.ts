import { sql } from 'kysely'
import { onForget } from '../../core/entries/forget.ts'
import { onWrite } from '../../core/entries/hooks.ts'
import type { Step } from '../../kernel/schema.ts'
import { recordTopics } from './commands.ts'

declare module '../../kernel/db.ts' {
  interface Tables { topics: { entry_id: string; topic: string } }
}

export const migrations: Record<string, Step> = {
  '0012-topics': {
    up: (db) => sql`
      create table topics (
        entry_id uuid not null references entries on delete cascade, topic text not null, primary key (topic, entry_id)
      );
      create index topics_entry on topics (entry_id)`.execute(db),
  },
}

onWrite(recordTopics)
onForget((ctx, entries) => ctx.db.deleteFrom('topics').where('entry_id', 'in', entries).execute())
