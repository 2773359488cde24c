import { sql } from 'kysely'
import { visiblePeople } from '../../core/people/queries.ts'
import { defineWaiting } from '../../core/waiting/kinds.ts'

// Introductions, for who is asked now: through whom it goes, or who is to be met; of people whom they may know of.
defineWaiting('introduction', (ctx) => {
  const known = (person: string) => sql`exists (${visiblePeople(ctx).where(sql<boolean>`people.id = ${sql.ref(person)}`).select('people.id')})`
  return sql`
    select i.id::text as id, i.created_at as at, null::uuid as space, array[i.from_id, i.through_id, i.to_id] as people,
      jsonb_build_object('role', case i.state when 'asked' then 'through' else 'to' end, 'note', i.note) as facts
    from introductions i where ((i.through_id = ${ctx.actor.id} and i.state = 'asked') or (i.to_id = ${ctx.actor.id} and i.state = 'passed_on'))
      and ${known('i.from_id')} and ${known('i.through_id')} and ${known('i.to_id')}`
})
