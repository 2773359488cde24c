import { sql } from 'kysely'
import { entryEdited, entryPublished } from '../../core/entries/events.ts'
import { mayReadAs } from '../../core/spaces/visibility.ts'
import type { Ctx, Role } from '../../kernel/context.ts'
import { defineEffect } from '../../kernel/effects.ts'
import { emit } from '../../kernel/events.ts'
import { notificationCreated } from './events.ts'
import { countInbox } from './queries.ts'

type Told = { person_id: string; role: Role; entry_id: string; root_id: string; space_id: string; reason: 'mention' | 'reply' }

/** Tells people who were mentioned, and those whose words were answered, if they may read where it was said. */
export const notifyPeople = defineEffect('notify-people', [entryPublished, entryEdited], { from: 'now' }, async (ctx, events) => {
  for (const told of await noteDown(ctx, events.map((event) => event.entry_id!))) await announce(ctx, told)
})

/** Notes whom these entries concern: one statement for all; whoever was told before is not told again. */
async function noteDown(ctx: Ctx, entryIds: string[]): Promise<Told[]> {
  const mayReadIt = mayReadAs({ id: sql.ref('p.id'), guest: sql<boolean>`p.role = 'guest'` }, 's')
  const { rows } = await sql<Told>`
    with told as (
      select distinct on (p.id, e.id) p.id as person_id, p.role, e.id as entry_id, coalesce(e.root_id, e.id) as root_id, e.space_id, c.reason
      -- visible: each person's own right to read it stands in the where clause
      from entries e join spaces s on s.id = e.space_id cross join lateral (
        select m.person_id, 'mention' as reason from mentions m where m.entry_id = e.id
        -- not content: whose words were answered
        union all select a.author_id, 'reply' from entries a where a.id in (e.root_id, e.parent_id)) c
      join people p on p.id = c.person_id and p.state = 'active' and p.id <> e.author_id
      where e.id = any (${entryIds}::uuid[]) and e.state = 'published' and ${mayReadIt}
      order by p.id, e.id, c.reason),
    noted as (
      insert into notifications (person_id, entry_id, root_id, space_id, reason)
      select person_id, entry_id, root_id, space_id, reason from told on conflict do nothing returning person_id, entry_id)
    select told.* from told join noted using (person_id, entry_id)`.execute(ctx.db)
  return rows
}

async function announce(ctx: Ctx, { person_id, role, entry_id, root_id, space_id, reason }: Told): Promise<void> {
  const inbox = await countInbox({ ...ctx, actor: { id: person_id, role, session: null } })
  await emit(ctx, notificationCreated, { person_id }, { space: space_id, root: root_id, entry: entry_id, reason, inbox })
}
