import { type RawBuilder, sql } from 'kysely'
import { entryPublished } from '../../core/entries/events.ts'
import { allReasons, concernedBy, evenMuted, toldAnew } from '../../core/entries/reasons.ts'
import { isMuted } from '../../core/reads/queries.ts'
import { isHere } from '../../core/people/taking-part.ts'
import { mayReadAs } from '../../core/spaces/visibility.ts'
import type { Ctx } from '../../kernel/context.ts'
import { defineEffect } from '../../kernel/effects.ts'
import { emitEach, type LoggedEvent } from '../../kernel/events.ts'
import { idAt } from '../../kernel/ids.ts'
import { inChunks } from '../../kernel/rows.ts'
import { notificationCreated, notificationWithdrawn } from './events.ts'
import { inboxCounts } from './queries.ts'

// Whom a reason addresses are few. Should one mean a whole audience, it stands in their inboxes and they are not told one by
// one: they hear the fact itself, unless it is a reason that is told anew.
const MOST_TOLD = 200

type Noted = { person_id: string; entry_id: string; root_id: string; space_id: string; reasons: string[]; late: boolean }

/** Tells people what concerns them, for every reason that features declared, if they may read where it was said. */
export const notifyPeople = () => defineEffect('notify-people', [...new Set(allReasons().flatMap(({ on }) => on))], { from: 'now' }, async (ctx, events) => {
  const heard = heardBy(events.filter((event) => event.entry_id))
  if (!heard.length) return
  const gone = await takeBack(ctx, heard)
  const noted = await noteDown(ctx, heard)
  const audience = Map.groupBy(noted, ({ entry_id }) => entry_id)
  const isToldAnew = (reason: string) => toldAnew().includes(reason)
  const told = noted.filter(({ entry_id, reasons }) => audience.get(entry_id)!.length <= MOST_TOLD || reasons.some(isToldAnew))
  const counts = await inboxCounts(ctx, [...gone, ...told].map(({ person_id }) => person_id))
  const factOf = ({ person_id, entry_id: entry, root_id: root, space_id: space, reasons }: Noted) =>
    ({ about: { person_id }, data: { space, root, entry, reasons, inbox: counts.get(person_id) ?? 0 } })
  await emitEach(ctx, notificationWithdrawn, gone.map(factOf))
  await inChunks(told, (some) => emitEach(ctx, notificationCreated, some.map((one) => ({ ...factOf(one), data: { ...factOf(one).data, late: one.late } }))))
})

type Heard = Parameters<typeof concernedBy>[0][number] & { moments: RawBuilder<unknown> }

/** Which entries to look at for each reason. What was published is told in its own place; whatever comes later, now. */
function heardBy(events: LoggedEvent[]): Heard[] {
  return allReasons().flatMap((reason) => {
    const facts = events.filter(({ type }) => reason.on.some((event) => event.type === type))
    if (!facts.length) return []
    const moments = facts.map((fact) => (fact.type === entryPublished.type ? fact.entry_id : idAt(Date.parse(fact.at))))
    return [{ reason, entries: sql`${facts.map((fact) => fact.entry_id)}::uuid[]`, actors: sql`${facts.map((fact) => fact.actor_id)}::uuid[]`, moments: sql`${moments}::uuid[]` }]
  })
}

/** Notes whom these facts concern: one statement for all; whoever was told for the same reason before is not told again, or anew once they looked. */
async function noteDown(ctx: Ctx, heard: Heard[]): Promise<Noted[]> {
  const mayReadIt = mayReadAs({ id: sql.ref('p.id'), guest: sql<boolean>`p.role = 'guest'` }, 's')
  const moments = sql.join(heard.map(({ reason, entries, moments: at }) => sql`select ${reason.name}::text as reason, t.* from unnest(${entries}, ${at}) as t (entry_id, moment)`), sql` union all `)
  const { rows } = await sql<Noted>`
    with noted as (
      insert into notifications (person_id, entry_id, root_id, space_id, reason, moment)
      select c.person_id, e.id, coalesce(e.root_id, e.id), e.space_id, c.reason, (select min(m.moment::text)::uuid from (${moments}) m where m.reason = c.reason and m.entry_id = e.id)
      from (${concernedBy(heard)}) c
      -- visible: each person's own right to read it stands in the where clause
      join entries e on e.id = c.entry_id join spaces s on s.id = e.space_id join people p on p.id = c.person_id and ${isHere('p')}
      where e.state = 'published' and (c.reason = any (${evenMuted()}::text[]) or not ${isMuted(sql.ref('c.person_id'), sql`coalesce(e.root_id, e.id)`, sql`e.space_id`)})
        and ${mayReadIt}
      on conflict (person_id, entry_id, reason) do update set moment = excluded.moment, passed = false
        where notifications.passed and notifications.reason = any (${toldAnew()}::text[]) returning *)
    select person_id, entry_id, root_id, space_id, array_agg(reason order by reason) as reasons, bool_or(moment <> entry_id) as late from noted
    group by 1, 2, 3, 4 order by entry_id, person_id`.execute(ctx.db)
  return rows
}

/** Takes out of inboxes what stood there for a reason that has to hold, and holds no longer. */
async function takeBack(ctx: Ctx, heard: Heard[]): Promise<Noted[]> {
  const passing = heard.filter(({ reason }) => reason.mustHold)
  if (!passing.length) return []
  const over = sql.join(passing.map(({ reason, entries }) => sql`
    select n.person_id, n.entry_id, n.reason from notifications n where n.reason = ${reason.name} and n.entry_id = any (${entries})
      and (n.entry_id, n.person_id) not in (select c.entry_id, c.person_id from (${reason.people(entries)}) c)`), sql` union all `)
  const { rows } = await sql<Noted>`
    with gone as (delete from notifications n using (${over}) o where (n.person_id, n.entry_id, n.reason) = (o.person_id, o.entry_id, o.reason) returning n.*)
    select person_id, entry_id, root_id, space_id, array_agg(reason) as reasons from gone group by 1, 2, 3, 4`.execute(ctx.db)
  return rows
}
