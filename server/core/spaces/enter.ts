import { sql } from 'kysely'
import type { Actor, Ctx } from '../../kernel/context.ts'
import { notFound, type Refusal, unauthenticated } from '../../kernel/errors.ts'
import { ALONE } from '../../kernel/together.ts'
import { takesPart } from '../people/taking-part.ts'
import type { SpaceView } from './schema.ts'
import { mayRead, mayReadAs } from './visibility.ts'

/**
 * The door for everything that changes a space or what is in it: first the lock, then the look. Whoever waited for it sees
 * what the others did meanwhile, in a statement of its own; in one statement with the lock it would be as old as the wait.
 * Locks are of one space: writers elsewhere do not wait. Several are taken in the order of their ids.
 * @throws Refusal 401 when the actor was let go while they waited
 */
export async function lockSpace(ctx: Pick<Ctx, 'db' | 'actor'>, id: string): Promise<void> {
  const [, gone] = await Promise.all([
    sql`select pg_advisory_xact_lock(hashtextextended(${id}::text, 0))`.execute(ctx.db),
    ctx.db.selectFrom('people').select('id').where('id', '=', ctx.actor.id).where(sql<boolean>`not ${takesPart()}`).executeTakeFirst(),
  ])
  if (gone) throw unauthenticated()
}

/**
 * A space the actor may read, for writing in it, with the newest id that is in it: ids ascend in the order of commits, or a
 * reader's position could pass an entry that comes later and would never have been unread.
 * @throws Refusal 404
 */
export async function enterSpace(ctx: Ctx, id: string): Promise<EnteredSpace> {
  // All leave in one flight; each sees what was committed before it is run.
  const [, space] = await Promise.all([lockSpace(ctx, id), ctx.db.selectFrom('spaces').where(mayRead(ctx)).where('spaces.id', '=', id)
    .leftJoin('memberships as mine', (join) => join.onRef('mine.space_id', '=', 'spaces.id').on('mine.person_id', '=', ctx.actor.id))
    .select(standing).executeTakeFirst()])
  if (!space) throw notFound()
  return entered(space)
}

export type EnteredSpace = Found & { my: Pick<Found, 'role'> }
type Found = Pick<SpaceView, 'id' | 'kind' | 'visibility' | 'state'> & { role: 'host' | 'member' | null; newest: string | null }

const standing = ['spaces.id', 'spaces.kind', 'spaces.visibility', 'spaces.state', 'mine.role',
  sql<string | null>`(select e.id from entries e where e.space_id = spaces.id order by e.id desc limit 1)`.as('newest')] as const

const entered = (space: Found): EnteredSpace => ({ ...space, my: { role: space.role } })

/**
 * The same for several who come at once, each into a space, in one look. Nobody waits: who would have to is told to come alone.
 * @returns for each the space, the Refusal, or ALONE
 */
export async function enterSpaces({ db }: Pick<Ctx, 'db'>, comers: { actor: Actor; space: string }[]): Promise<(EnteredSpace | Refusal | typeof ALONE)[]> {
  const list = JSON.stringify(comers.map(({ actor, space }, n) => ({ n, person: actor.id, guest: actor.role === 'guest', space })))
  const [locks, found] = await Promise.all([
    sql<{ space: string; free: boolean }>`select space, pg_try_advisory_xact_lock(hashtextextended(space::text, 0)) as free
      from (select distinct space from json_to_recordset(${list}::json) as c(space uuid)) s`.execute(db),
    sql<Found & { n: number; gone: boolean }>`select c.n, coalesce(not ${takesPart('p')}, false) as gone, spaces.id, spaces.kind, spaces.visibility, spaces.state, mine.role, newest.id as newest
      from json_to_recordset(${list}::json) as c(n int, person uuid, guest boolean, space uuid) left join people p on p.id = c.person
      left join spaces on spaces.id = c.space and ${mayReadAs({ id: sql.ref('c.person'), guest: sql.ref('c.guest') }, 'spaces')}
      left join memberships mine on mine.space_id = spaces.id and mine.person_id = c.person
      left join lateral (select e.id from entries e where e.space_id = spaces.id order by e.id desc limit 1) newest on true`.execute(db),
  ])
  const free = new Set(locks.rows.filter((lock) => lock.free).map(({ space }) => space))
  const byNumber = new Map(found.rows.map(({ n, ...row }) => [n, row]))
  return comers.map(({ space }, n) => {
    const { gone, ...row } = byNumber.get(n)!
    return !free.has(space) ? ALONE : gone ? unauthenticated() : row.id === null ? notFound() : entered(row)
  })
}
