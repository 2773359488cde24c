import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { isHere, isHuman } from '../people/taking-part.ts'
import { mayReadAs } from './visibility.ts'

/** A person of the alias `p` of a query, as a reader. */
export const AS_READER = { id: sql.ref<string>('p.id'), guest: sql<boolean>`p.role = 'guest'` }

/** How many of these people can be given something to do in a space: they are here, may read it, and the actor may know of them. */
export async function countReaders(ctx: Ctx, space: string, people: string[]): Promise<number> {
  const known = ctx.actor.role === 'guest' ? sql<boolean>`exists (select from memberships a join memberships b on b.space_id = a.space_id
    where a.person_id = ${ctx.actor.id} and b.person_id = p.id)` : sql<boolean>`true`
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from people p join spaces s on s.id = ${space} -- not content: who may read there
    where p.id = any (${people}::uuid[]) and ${isHere('p')} and ${isHuman('p')} and ${known} and ${mayReadAs(AS_READER, 's')}`.execute(ctx.db)
  return rows[0].n
}
