import { sql } from 'kysely'
import { inReadableSpace } from '../../core/spaces/visibility.ts'
import { defineWaiting } from '../../core/waiting/kinds.ts'

// What could not be sent, with the reason: the actor's own words. Of the space they are told while they may read it.
defineWaiting('not_sent', (ctx) => sql`
  select s.id::text as id, s.send_at as at, case when ${inReadableSpace(ctx, 's')(null as never)} then s.space_id end as space, '{}'::uuid[] as people,
    jsonb_build_object('code', s.refused->>'code', 'detail', s.refused->>'detail', 'title', s.words->>'title', 'body', left(s.words->>'body', 300)) as facts
  from scheduled s where s.person_id = ${ctx.actor.id} and s.refused is not null`)
