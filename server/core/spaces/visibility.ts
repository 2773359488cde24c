import { type Expression, type ExpressionBuilder, type RawBuilder, sql } from 'kysely'
import type { Actor, Ctx } from '../../kernel/context.ts'
import type { Tables } from '../../kernel/db.ts'

/**
 * THE predicate: who may read what is in a space. Everything that shows content begins here or at `visibleEntries`,
 * which is made of it. Open spaces are for everyone but guests; all others for those who have a membership. Nobody's
 * role gives more: an administrator reads what a member reads.
 * @param viewer a person's id, and whether they are a guest; values, or columns of the query
 * @param space an alias of `spaces` in the query
 */
export const mayReadAs = (viewer: { id: Expression<string>; guest: Expression<boolean> }, space: string): RawBuilder<boolean> =>
  sql<boolean>`((${sql.ref(`${space}.visibility`)} = 'open' and not ${viewer.guest}) or exists (
    select from memberships vm where vm.space_id = ${sql.ref(`${space}.id`)} and vm.person_id = ${viewer.id}))`

/** The predicate for the actor. */
export const mayRead = (ctx: Pick<Ctx, 'actor'>, space = 'spaces'): RawBuilder<boolean> =>
  mayReadAs({ id: sql`${ctx.actor.id}`, guest: ctx.actor.role === 'guest' ? sql`true` : sql`false` }, space)

const isMember = (ctx: Pick<Ctx, 'actor'>, space: string): RawBuilder<boolean> =>
  sql<boolean>`exists (select from memberships vm where vm.space_id = ${sql.ref(`${space}.id`)} and vm.person_id = ${ctx.actor.id})`

/**
 * Whom a viewer may be shown in a space beside those who speak there: guests only who is in it, as one form for all of them.
 * @param person columns of the query with a person's and a space's id
 */
export const mayMeet = (viewer: Pick<Actor, 'role'>, person: string, space: string): RawBuilder<boolean> =>
  viewer.role !== 'guest' ? sql<boolean>`true` : sql<boolean>`exists (
    select from memberships wm where wm.space_id = ${sql.ref(space)} and wm.person_id = ${sql.ref(person)})`

/** The spaces the actor may read. */
export const visibleSpaces = (ctx: Ctx) => ctx.db.selectFrom('spaces').where(mayRead(ctx))

/** The spaces the actor may know of: those they may read, closed ones (not for guests), and those they are invited to. */
export const listedSpaces = (ctx: Ctx) => ctx.db.selectFrom('spaces').where(mayKnow(ctx))

const mayKnow = (ctx: Ctx): RawBuilder<boolean> => {
  const invited = sql<boolean>`exists (select from space_invitations i where i.space_id = spaces.id and i.person_id = ${ctx.actor.id})`
  if (ctx.actor.role === 'guest') return sql<boolean>`(${isMember(ctx, 'spaces')} or ${invited})`
  return sql<boolean>`(spaces.visibility <> 'secret' or ${isMember(ctx, 'spaces')} or ${invited})`
}

/** For queries that already hold entries: the entry's space may be read. */
export const inReadableSpace = (ctx: Pick<Ctx, 'actor'>, entry = 'entries') =>
  (_: ExpressionBuilder<Tables, any>) =>
    sql<boolean>`exists (select from spaces vs where vs.id = ${sql.ref(`${entry}.space_id`)} and ${mayRead(ctx, 'vs')})`
