import { type Generated, sql } from 'kysely'
import { entryPublished } from '../../core/entries/events.ts'
import { defineMet } from '../../core/entries/met.ts'
import { answeringNobody } from '../../core/entries/kinds.ts'
import { defineReason } from '../../core/entries/reasons.ts'
import { setInbox } from '../../core/reads/commands.ts'
import { indexOnline, type Step } from '../../kernel/schema.ts'
import { passBy } from './commands.ts'
import { toldLater, unpass, unreadRoots } from './marking.ts'
import { countInbox, waitingIn } from './queries.ts'

declare module '../../kernel/db.ts' {
  interface Tables {
    notifications: {
      person_id: string; entry_id: string; root_id: string; space_id: string; created_at: Generated<string>
      /** its place in the inbox: the entry itself where that was the news, else an id of the moment in which more was to be told of it */
      moment: string
      /** one of those that features declared */
      reason: string
      /** a reading position has passed it, or been there again since what was told later: it need not be looked at to count what is unread */
      passed: Generated<boolean>
    }
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
  // An entry may concern somebody for several reasons, and which there are is the features' matter.
  '0211-reasons': {
    up: (db) => sql`
      alter table notifications drop constraint notifications_reason_check, drop constraint notifications_pkey,
        add primary key (person_id, entry_id, reason), add column passed boolean not null default false;
      update notifications n set passed = true where n.entry_id <= coalesce(
        (select t.read_to from thread_reads t where t.person_id = n.person_id and t.root_id = n.root_id),
        (select m.read_to from memberships m where m.person_id = n.person_id and m.space_id = n.space_id));
      create index notifications_waiting on notifications (person_id, root_id, entry_id) where not passed`.execute(db),
  },
  // Also of what is older something may be to tell: it is new in the inbox then.
  '0300-moments': {
    up: (db) => sql`
      alter table notifications add column moment uuid;
      update notifications set moment = entry_id;
      alter table notifications alter column moment set not null`.execute(db),
  },
  // The newest of a person, and whether something newer of its thread stands before it: a page costs what it shows.
  '0301-inbox-by-moment': indexOnline('notifications_moment', sql`notifications (person_id, moment desc)`),
  '0302-threads-by-moment': indexOnline('notifications_thread_moment', sql`notifications (person_id, root_id, moment desc)`),
  '0303-threads-by-entry': { online: true, up: (db) => sql`drop index concurrently if exists notifications_thread`.execute(db) },
}

// Whose words were answered: those of the thread's head, and those that the answer was given to.
defineReason('reply', {
  on: [entryPublished],
  people: (entries) => sql`select e.id as entry_id, a.author_id as person_id
    -- not content: only whose they were
    from entries e join entries a on a.id in (e.root_id, e.parent_id) where e.id = any (${entries}) and e.kind <> all (${answeringNobody()}::text[])`,
})
// Its words stood in their inbox.
defineMet('notification', (entries) => sql`select entry_id, person_id from notifications where entry_id = any (${entries})`)
setInbox({ count: countInbox, moved: passBy, waiting: waitingIn, roots: unreadRoots, told: toldLater, restored: unpass })
