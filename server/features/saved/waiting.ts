import { sql } from 'kysely'
import { inReadableSpace } from '../../core/spaces/visibility.ts'
import { defineWaiting } from '../../core/waiting/kinds.ts'

// Of what one asked to be reminded of, and may still read: its first words, in the form they were written.
defineWaiting('reminder', (ctx) => sql`
  select sv.entry_id::text as id, sv.remind_at as at, e.space_id as space, array[e.author_id] as people,
    jsonb_build_object('title', e.title, 'body', left(e.body, 300)) as facts
  -- visible: inReadableSpace stands in the where clause
  from saves sv join entries e on e.id = sv.entry_id and e.state = 'published'
  where sv.person_id = ${ctx.actor.id} and sv.done_at is null and sv.remind_at <= now() and ${inReadableSpace(ctx, 'e')(null as never)}`)
