import { type Generated, sql } from 'kysely'
import { setInboxCount } from '../../core/reads/commands.ts'
import type { Step } from '../../kernel/schema.ts'
import { countInbox } from './queries.ts'

export interface InboxTables {
  notifications: {
    person_id: string; entry_id: string; root_id: string; space_id: string; reason: 'mention' | 'reply'; created_at: Generated<string>
  }
}

export const migrations: Record<string, Step> = {
  '0013-inbox': {
    up: (db) => sql`
      create table notifications (
        person_id uuid not null references people on delete cascade,
        entry_id uuid not null references entries on delete cascade,
        root_id uuid not null references entries on delete cascade,
        space_id uuid not null references spaces on delete cascade,
        reason text not null check (reason in ('mention', 'reply')),
        created_at timestamptz not null default now(),
        primary key (person_id, entry_id)
      );
      create index notifications_thread on notifications (person_id, root_id, entry_id desc);
      create index notifications_entry on notifications (entry_id)`.execute(db),
  },
}

setInboxCount(countInbox)
