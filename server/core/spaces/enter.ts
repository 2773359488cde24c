import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { notFound, unauthenticated } from '../../kernel/errors.ts'
import { mayRead } from './visibility.ts'

/**
 * The door for everything that changes a space or what is in it: first the lock, then the look. Whoever waited for it sees
 * what the others did meanwhile, in a statement of its own; in one statement with the lock it would be as old as the wait.
 * Locks are of one space: writers elsewhere do not wait. Several are taken in the order of their ids.
 * @throws Refusal 401 when the actor was let go while they waited
 */
export async function lockSpace(ctx: Pick<Ctx, 'db' | 'actor'>, id: string): Promise<void> {
  const [, gone] = await Promise.all([
    sql`select pg_advisory_xact_lock(hashtextextended(${id}::text, 0))`.execute(ctx.db),
    ctx.db.selectFrom('people').select('id').where('id', '=', ctx.actor.id).where('state', '=', 'deactivated').executeTakeFirst(),
  ])
  if (gone) throw unauthenticated()
}

/**
 * A space the actor may read, for writing in it, with the newest id that is in it: ids ascend in the order of commits, or a
 * reader's position could pass an entry that comes later and would never have been unread.
 * @throws Refusal 404
 */
export async function enterSpace(ctx: Ctx, id: string) {
  // All leave in one flight; each sees what was committed before it is run.
  const [, space] = await Promise.all([lockSpace(ctx, id), ctx.db.selectFrom('spaces').where(mayRead(ctx)).where('spaces.id', '=', id)
    .leftJoin('memberships as mine', (join) => join.onRef('mine.space_id', '=', 'spaces.id').on('mine.person_id', '=', ctx.actor.id))
    .select(['spaces.id', 'spaces.kind', 'spaces.visibility', 'spaces.state', 'mine.role',
      sql<string | null>`(select e.id from entries e where e.space_id = spaces.id order by e.id desc limit 1)`.as('newest')]).executeTakeFirst()])
  if (!space) throw notFound()
  return { ...space, my: { role: space.role } }
}
