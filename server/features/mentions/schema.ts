import { sql } from 'kysely'
import { z } from 'zod'
import { onForget } from '../../core/entries/forget.ts'
import { entryEdited, entryPublished } from '../../core/entries/events.ts'
import { onWrite } from '../../core/entries/hooks.ts'
import { defineEntryPart } from '../../core/entries/parts.ts'
import { defineReason } from '../../core/entries/reasons.ts'
import { mayMeet } from '../../core/spaces/visibility.ts'
import { defineTieSource, isOpen, place } from '../../core/ties/sources.ts'
import type { Step } from '../../kernel/schema.ts'
import { type BroughtMention, recordMentions } from './commands.ts'

declare module '../../kernel/db.ts' {
  interface Tables { mentions: { entry_id: string; person_id: string; handle: string } }
}

export const migrations: Record<string, Step> = {
  '0011-mentions': {
    up: (db) => sql`
      create table mentions (
        entry_id uuid not null references entries on delete cascade,
        person_id uuid not null references people on delete cascade,
        handle text not null, primary key (entry_id, person_id)
      );
      create index mentions_person on mentions (person_id, entry_id desc)`.execute(db),
  },
}

const Mentions = z.array(z.object({ id: z.uuid(), handle: z.string(), name: z.string() }))
declare module '../../core/entries/parts.ts' { interface EntryParts { mentions: z.infer<typeof Mentions> } }
declare module '../../core/entries/hooks.ts' { interface Brought { mentions: BroughtMention[] } }

// The handle as it was written leads to the person as they are called now; for guests it stays a word where the person is not in the space.
defineEntryPart({
  name: 'mentions', shape: Mentions,
  onlyIf: (entry) => sql`${sql.ref(`${entry}.body`)} ~ '[@＠﹫]'`,
  column: (viewer, entry) => sql`(select coalesce(json_agg(json_build_object('id', p.id, 'handle', m.handle, 'name', p.name)), '[]')
    from mentions m join people p on p.id = m.person_id where m.entry_id = ${sql.ref(`${entry}.id`)} and ${mayMeet(viewer, 'p.id', `${entry}.space_id`)})`,
})
onWrite(recordMentions)
defineReason('mention', { on: [entryPublished, entryEdited], mustHold: true, evenMuted: true, people: (entries) => sql`select entry_id, person_id from mentions where entry_id = any (${entries})` })
onForget((ctx, entries) => ctx.db.deleteFrom('mentions').where('entry_id', 'in', entries).execute())

defineTieSource({
  kind: 'mention', weight: 1,
  // not content: who named whom
  rows: sql`select m.person_id as to_id, ${isOpen} from entries e ${place('e')} join mentions m on m.entry_id = e.id
    where e.author_id = a.person_id and e.id >= a.since and e.id < a.until`,
})
