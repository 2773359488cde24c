import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { defineJob } from '../../kernel/jobs.ts'
import { visiblePeople } from './queries.ts'

/** As many can be asked about at once; a screen shows fewer. */
export const MOST_ASKED = 200

// A browser says once a minute that somebody is at it.
const HERE = sql`now() - interval '150 seconds'`

/**
 * Says that I am here, and tells which of these people are. Nobody is told anything where the network does not show it, nor
 * whoever does not show it themselves; of others only those whom the actor may know of. Only the last moment is kept, for
 * minutes, and no list says who was here when.
 * @param people ids
 */
export async function beHere(ctx: Ctx, people: string[]): Promise<{ here: string[] }> {
  const { rows } = await sql<{ shows: boolean }>`
    select n.presence and p.shows_presence as shows from network n, people p where p.id = ${ctx.actor.id}`.execute(ctx.db)
  if (!rows[0]?.shows) return { here: [] }
  // A program with a key is not a person who is here.
  if (!ctx.actor.scopes)
    await sql`insert into presences (person_id) values (${ctx.actor.id}) on conflict (person_id) do update set at = now()`.execute(ctx.db)
  if (!people.length) return { here: [] }
  const found = await visiblePeople(ctx).innerJoin('presences', 'presences.person_id', 'people.id').where('people.id', 'in', people)
    .where('people.shows_presence', '=', true).where(sql<boolean>`presences.at > ${HERE}`).select('people.id').execute()
  return { here: found.map(({ id }) => id) }
}

/** Takes me out at once, when I have switched it off. */
export const goAway = (ctx: Ctx) => ctx.db.deleteFrom('presences').where('person_id', '=', ctx.actor.id).execute()

/** Forgets who was here. */
export const forgetPresences = defineJob<object>('forget-presences', async (host) => {
  await host.db.deleteFrom('presences').where('at', '<', sql<string>`now() - interval '10 minutes'`).execute()
})
