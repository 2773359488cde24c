import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { emit } from '../../kernel/events.ts'
import { isHere, isHuman, takesPart } from '../people/taking-part.ts'
import { lockSpace } from './enter.ts'
import { membershipChanged } from './events.ts'

/** The hosts of a space who are here, at most fifty: as many as are told of something. */
export const hostsOf = async (ctx: Ctx, spaceId: string) =>
  (await ctx.db.selectFrom('memberships').innerJoin('people', 'people.id', 'person_id').where(takesPart())
    .select('person_id').where('space_id', '=', spaceId).where('memberships.role', '=', 'host').limit(50).execute())
    .map((row) => row.person_id)

/** Takes the locks of all communities that a person hosts, in the order of their ids; returns which. */
export async function lockHosted(ctx: Ctx, person: string): Promise<string[]> {
  // not content: which spaces a person hosts
  const rows = await ctx.db.selectFrom('memberships as m').innerJoin('spaces as s', 's.id', 'm.space_id').where('m.person_id', '=', person)
    .where('m.role', '=', 'host').where('s.kind', '=', 'community').select('s.id').orderBy('s.id').execute()
  for (const { id } of rows) await lockSpace(ctx, id)
  return rows.map((row) => row.id)
}

/**
 * Gives spaces that have no host any more one: whoever is in it longest, and nobody who is a guest or a program. Without one
 * nobody could be let into a closed space for ever. Who was let go is not asked, because their doors close at once.
 */
export async function handOver(ctx: Ctx, spaces: string[]): Promise<void> {
  const { rows } = await sql<{ space_id: string; person_id: string }>`
    update memberships m set role = 'host' from (
      select distinct on (c.space_id) c.space_id, c.person_id from memberships c join people p on p.id = c.person_id
      where c.space_id = any (${spaces}::uuid[]) and ${takesPart('p')} and p.role <> 'guest' and ${isHuman('p')}
        and not exists (select from memberships h join people hp on hp.id = h.person_id
          where h.space_id = c.space_id and h.role = 'host' and ${takesPart('hp')})
      order by c.space_id, ${isHere('p')} desc, c.created_at, c.person_id) heir
    where m.space_id = heir.space_id and m.person_id = heir.person_id returning m.space_id, m.person_id`.execute(ctx.db)
  for (const heir of rows) await emit(ctx, membershipChanged, heir, { role: 'host' })
}
