import { sql } from 'kysely'
import { defineWaiting } from '../../core/waiting/kinds.ts'
import { isInPicture } from '../../core/ties/queries.ts'

// A home that somebody proposed for a community of the actor's, to which they have not said yes.
defineWaiting('home_proposed', (ctx) => sql`
  select h.community_id::text as id, h.created_at as at, null::uuid as space, array[h.proposed_by] as people,
    jsonb_build_object('name', h.name, 'purpose', h.purpose) as facts
  from community_members me join communities c on c.id = me.community_id and c.gone_at is null and c.space_id is null
  join community_homes h on h.community_id = c.id
  where me.person_id = ${ctx.actor.id} and ${ctx.actor.role !== 'guest'}::boolean and exists (select from community_searches)
    and ${isInPicture('me.person_id')} and h.proposed_by <> ${ctx.actor.id}
    and exists (select from community_home_votes v join community_members p on p.community_id = v.community_id and p.person_id = v.person_id
      where v.community_id = c.id and v.person_id = h.proposed_by)
    and not exists (select from community_home_votes v where v.community_id = c.id and v.person_id = ${ctx.actor.id})`)
