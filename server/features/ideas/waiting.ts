import { sql } from 'kysely'
import { inReadableSpace } from '../../core/spaces/visibility.ts'
import { defineWaiting } from '../../core/waiting/kinds.ts'

// Where nobody writes any more nothing is answered.
// not content: only whether the space is archived
const isActive = sql<boolean>`exists (select from spaces sp where sp.id = i.space_id and sp.state = 'active')`

// An idea that somebody would have the actor carry on, as long as they may read it.
defineWaiting('idea_offered', (ctx) => sql`
  select i.entry_id::text as id, i.offered_at as at, i.space_id as space, array[i.owner_id] as people, jsonb_build_object('title', e.title) as facts
  -- visible: inReadableSpace stands in the where clause
  from ideas i join entries e on e.id = i.entry_id and e.state = 'published'
  where i.offered_to = ${ctx.actor.id} and i.merged_into is null and ${isActive} and ${inReadableSpace(ctx, 'e')(null as never)}`)

// Whether an idea worked that the actor proposed, supported or carried on; for a quarter of a year.
defineWaiting('idea_worked', (ctx) => sql`
  select i.entry_id::text as id, i.ask_at as at, i.space_id as space, array[i.owner_id] as people, jsonb_build_object('title', e.title, 'since', i.since) as facts
  from (select su.idea_id as id from idea_supports su where su.person_id = ${ctx.actor.id}
    union select o.entry_id from ideas o where o.owner_id = ${ctx.actor.id}
    -- not content: the actor's own
    union select a.id from entries a where a.author_id = ${ctx.actor.id} and a.kind = 'idea') mine
  -- visible: inReadableSpace stands in the where clause
  join ideas i on i.entry_id = mine.id join entries e on e.id = i.entry_id and e.state = 'published'
  where i.ask_at between now() - interval '90 days' and now() and ${isActive} and ${inReadableSpace(ctx, 'e')(null as never)}
    -- not content: whether the actor has answered
    and not exists (select from idea_steps st join entries se on se.id = st.entry_id and se.state = 'published'
      where st.idea_id = i.entry_id and st.what = 'worked' and se.author_id = ${ctx.actor.id})`)
