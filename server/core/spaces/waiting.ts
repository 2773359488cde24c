import { sql } from 'kysely'
import { takesPart } from '../people/taking-part.ts'
import { defineWaiting } from '../waiting/kinds.ts'

// Spaces one is invited to. Whoever may not know who invited them (a guest who is in none of their spaces) reads no name.
defineWaiting('space_invited', (ctx) => sql`
  -- visible: the actor's own invitations; what of the space they may know, its card says
  select i.space_id::text as id, i.created_at as at, i.space_id as space, array[i.invited_by] as people, jsonb_build_object('purpose', s.purpose) as facts
  from space_invitations i join spaces s on s.id = i.space_id and s.state = 'active' where i.person_id = ${ctx.actor.id}`)

// Who asks to be let in, for the hosts.
defineWaiting('join_asked', (ctx) => sql`
  select r.space_id::text || '/' || r.person_id::text as id, r.created_at as at, r.space_id as space, array[r.person_id] as people, '{}'::jsonb as facts
  -- not content: who asks to come into spaces that the actor hosts
  from memberships m join join_requests r on r.space_id = m.space_id join people p on p.id = r.person_id and ${takesPart('p')}
  where m.person_id = ${ctx.actor.id} and m.role = 'host'`)
