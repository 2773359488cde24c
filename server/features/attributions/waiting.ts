import { sql } from 'kysely'
import { defineWaiting } from '../../core/waiting/kinds.ts'
import { readable } from './queries.ts'

// Words that an import says the actor wrote, as long as there is something of them that they may read.
defineWaiting('words_to_confirm', (ctx) => sql`
  select a.import_id::text as id, a.created_at as at, null::uuid as space, array[a.stand_in] as people, jsonb_build_object('name', s.name) as facts
  from attributions a join people s on s.id = a.stand_in where a.person_id = ${ctx.actor.id} and a.state = 'waiting'
    -- visible: the predicate stands in both
    and (exists (select from entries e where e.author_id = a.stand_in and e.state = 'published' and ${readable(ctx)})
      -- visible: as above
      or exists (select from reactions r join entries e on e.id = r.entry_id where r.person_id = a.stand_in and ${readable(ctx)}))`)
