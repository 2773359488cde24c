import { sql } from 'kysely'
import { allReasons, concernedBy } from '../../core/entries/reasons.ts'
import { mayReadAs } from '../../core/spaces/visibility.ts'
import type { Ctx } from '../../kernel/context.ts'
import { defineEffect } from '../../kernel/effects.ts'
import { emitEach, type LoggedEvent } from '../../kernel/events.ts'
import { notificationCreated } from './events.ts'
import { inboxCounts } from './queries.ts'

// Whom a reason addresses are few. Should one mean a whole audience, it stands in their inboxes and they are not told one by
// one: they hear the fact itself.
const MOST_TOLD = 200

type Noted = { person_id: string; entry_id: string; root_id: string; space_id: string; reasons: string[] }

/** Tells people what concerns them, for every reason that features declared, if they may read where it was said. */
export const notifyPeople = () => defineEffect('notify-people', [...new Set(allReasons().flatMap(({ on }) => on))], { from: 'now' }, async (ctx, events) => {
  const noted = await noteDown(ctx, events.filter((event) => event.entry_id))
  const audience = Map.groupBy(noted, ({ entry_id }) => entry_id)
  const told = noted.filter(({ entry_id }) => audience.get(entry_id)!.length <= MOST_TOLD)
  const counts = await inboxCounts(ctx, told.map(({ person_id }) => person_id))
  await emitEach(ctx, notificationCreated, told.map(({ person_id, entry_id: entry, root_id: root, space_id: space, reasons }) =>
    ({ about: { person_id }, data: { space, root, entry, reasons, inbox: counts.get(person_id) ?? 0 } })))
})

/** Notes whom these facts concern: one statement for all; whoever was told for the same reason before is not told again. */
async function noteDown(ctx: Ctx, events: LoggedEvent[]): Promise<Noted[]> {
  const heard = allReasons().flatMap((reason) => {
    const facts = events.filter(({ type }) => reason.on.some((event) => event.type === type))
    if (!facts.length) return []
    return [{ reason, entries: sql`${facts.map((fact) => fact.entry_id)}::uuid[]`, actors: sql`${facts.map((fact) => fact.actor_id)}::uuid[]` }]
  })
  if (!heard.length) return []
  const mayReadIt = mayReadAs({ id: sql.ref('p.id'), guest: sql<boolean>`p.role = 'guest'` }, 's')
  const { rows } = await sql<Noted>`
    with noted as (
      insert into notifications (person_id, entry_id, root_id, space_id, reason)
      select c.person_id, e.id, coalesce(e.root_id, e.id), e.space_id, c.reason from (${concernedBy(heard)}) c
      -- visible: each person's own right to read it stands in the where clause
      join entries e on e.id = c.entry_id join spaces s on s.id = e.space_id join people p on p.id = c.person_id and p.state = 'active'
      where e.state = 'published' and ${mayReadIt} on conflict do nothing returning *)
    select person_id, entry_id, root_id, space_id, array_agg(reason order by reason) as reasons from noted
    group by 1, 2, 3, 4 order by entry_id, person_id`.execute(ctx.db)
  return rows
}
