import type { IncomingHttpHeaders } from 'node:http'
import { sql } from 'kysely'
import type { Ctx, Role } from '../../kernel/context.ts'
import { emit } from '../../kernel/events.ts'
import { sessionNeeded } from '../../kernel/standing.ts'
import { cookieOf } from './cookies.ts'
import { digest } from './credentials.ts'
import { lookBegan, lookEnded } from './events.ts'
import { clearCookie, COOKIE, clearOwnCookie, endLooks, endSession, openSession, OWN_COOKIE, sessionCookie } from './sessions.ts'
import { isHere } from './taking-part.ts'

// An administrator who looks as somebody else has a session as that person, which knows from where they look and holds only
// as long as their own. Their own stays in the browser beside it. Whom one may look as, the caller has decided.

/**
 * Begins to look as somebody else, in this browser; that it was done is in the log.
 * @returns the cookies of that session, and of the actor's own
 * @throws Refusal 403 `session_needed`
 */
export async function beginLook(ctx: Ctx, personId: string, headers: IncomingHttpHeaders): Promise<string[]> {
  const { session, scopes } = ctx.actor
  const { url } = ctx.host.config
  const own = cookieOf(headers, COOKIE, url)
  if (scopes || !session || !own) throw sessionNeeded()
  await endLooksFrom(ctx, session)
  const secret = await openSession(ctx, personId, headers, session)
  await emit(ctx, lookBegan, { person_id: ctx.actor.id }, { as: personId })
  return [sessionCookie(url, secret), sessionCookie(url, own, OWN_COOKIE)]
}

/**
 * Back to oneself: the session that one looked from is the browser's again, also where the look is over already.
 * @returns the cookies for it; where one's own session is over too, none is left
 */
export async function endLook(ctx: Ctx, headers: IncomingHttpHeaders): Promise<string[]> {
  const { url } = ctx.host.config
  const own = await findOwn(ctx, headers)
  if (!own) return [clearOwnCookie(url), ...(ctx.actor.looked_from ? [clearCookie(url)] : [])]
  await endLooksFrom(as(ctx, own), own.id)
  return [sessionCookie(url, cookieOf(headers, OWN_COOKIE, url)!), clearOwnCookie(url)]
}

/** Whoever signs out while they look as somebody else leaves altogether. */
export async function leaveLook(ctx: Ctx, headers: IncomingHttpHeaders): Promise<void> {
  const own = await findOwn(ctx, headers)
  if (!own) return
  await endLooksFrom(as(ctx, own), own.id)
  await endSession(as(ctx, own), own.id)
}

type Own = { id: string; person_id: string; role: Role }

const as = (ctx: Ctx, { id, person_id, role }: Own): Ctx => ({ ...ctx, actor: { id: person_id, role, session: id } })

async function endLooksFrom(ctx: Ctx, session: string): Promise<void> {
  for (const person of await endLooks(ctx, [session])) await emit(ctx, lookEnded, { person_id: ctx.actor.id }, { as: person })
}

async function findOwn(ctx: Ctx, headers: IncomingHttpHeaders): Promise<Own | undefined> {
  const secret = cookieOf(headers, OWN_COOKIE, ctx.host.config.url)
  return secret === undefined ? undefined : ctx.db.selectFrom('sessions as s').innerJoin('people as p', 'p.id', 's.person_id')
    .where('s.token_hash', '=', digest(secret)).where('s.looked_from', 'is', null).where('s.expires_at', '>', sql<string>`now()`).where(isHere('p'))
    .select(['s.id', 's.person_id', 'p.role']).executeTakeFirst()
}

/** Who looks as the actor in this session: their name; null when it is the actor. */
export async function findLooker(ctx: Ctx): Promise<{ name: string } | null> {
  if (!ctx.actor.looked_from) return null
  const row = await ctx.db.selectFrom('sessions').innerJoin('people', 'people.id', 'sessions.person_id').where('sessions.id', '=', ctx.actor.looked_from)
    .select('people.name').executeTakeFirst()
  return row ?? null
}

/** Whether a browser keeps the session of somebody who looks as somebody else. */
export const isLooking = (headers: IncomingHttpHeaders, url: string): boolean => cookieOf(headers, OWN_COOKIE, url) !== undefined
