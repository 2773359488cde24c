import { sql } from 'kysely'
import { findThreadOf } from '../../core/entries/queries.ts'
import { takesPart } from '../../core/people/taking-part.ts'
import { findReadableSpace } from '../../core/spaces/queries.ts'
import { mayReadAs } from '../../core/spaces/visibility.ts'
import type { Ctx } from '../../kernel/context.ts'

/**
 * How many of those who read a space can read an entry of another: for whoever is about to share it there, who may read both
 * and so could count them. Sharing gives nobody a right. @throws Refusal 404
 */
export async function readersAmong(ctx: Ctx, entry: string, space: string): Promise<{ people: number; readers: number }> {
  const { space: from } = await findThreadOf(ctx, entry)
  await findReadableSpace(ctx, space)
  const viewer = { id: sql.ref('p.id'), guest: sql<boolean>`p.role = 'guest'` } as never
  const { rows } = await sql<{ people: number; readers: number }>`select count(*)::int as people, count(*) filter (where ${mayReadAs(viewer, 'origin')})::int as readers
    -- not content: who may read where
    from people p join spaces target on target.id = ${space} join spaces origin on origin.id = ${from} where ${takesPart('p')} and ${mayReadAs(viewer, 'target')}`.execute(ctx.db)
  return rows[0]
}
