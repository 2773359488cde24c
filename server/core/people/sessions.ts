import type { IncomingHttpHeaders } from 'node:http'
import type { Actor, Ctx, Host, Role, Scope } from '../../kernel/context.ts'
import { inBatches } from '../../kernel/batch.ts'
import { notFound } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { newId } from '../../kernel/ids.ts'
import { cookieOf, makeCookie } from './cookies.ts'
import { digest, newSecret } from './credentials.ts'
import { rememberDevice } from './devices.ts'
import { sessionEnded } from './events.ts'

const IDLE_DAYS = 14
const MOST = 100
const TOUCH_EVERY_MS = 60_000
export const COOKIE = 'session'
/** keeps an administrator's own session in their browser while they look as somebody else */
export const OWN_COOKIE = 'own_session'

type Known = { actor: Actor; table: 'sessions' | 'api_tokens'; row: string; last_used_at: string | null }

/**
 * Finds who asks: a bearer token, else the session cookie. Looked up on each request, so that a door that was closed is
 * closed at once; there is no cache.
 */
export async function authenticate(host: Host, headers: IncomingHttpHeaders): Promise<Actor | null> {
  const bearer = /^Bearer ([\w.~+/=-]{20,200})$/i.exec(headers.authorization ?? '')?.[1]
  const secret = bearer ?? (headers.authorization ? undefined : cookieOf(headers, COOKIE, host.config.url))
  if (!secret) return null
  const known = await lookUp(host, digest(secret))
  if (known && (!known.last_used_at || Date.now() - Date.parse(known.last_used_at) > TOUCH_EVERY_MS)) await touch(host, known)
  return known?.actor ?? null
}

const lookUps = new WeakMap<Host, (hash: string) => Promise<Found | undefined>>()

async function lookUp(host: Host, hash: Buffer): Promise<Known | null> {
  if (!lookUps.has(host)) lookUps.set(host, inBatches((hashes) => lookUpAll(host, hashes)))
  const found = await lookUps.get(host)!(hash.toString('hex'))
  return found ? { actor: actorOf(found), table: found.table, row: found.row, last_used_at: found.last_used_at } : null
}

async function lookUpAll(host: Host, hashes: string[]): Promise<Map<string, Found>> {
  // An array that is made while it runs looks equally long whatever is in it, so that one plan is kept for all.
  const { rows } = await host.pool.query<Found & { hash: string }>({
    name: 'authenticate',
    text: `select encode(s.token_hash, 'hex') as hash, 'sessions' as "table", s.id as row, s.last_used_at, p.id, p.role, null::text[] as scopes, s.proven_at, s.looked_from from sessions s join people p on p.id = s.person_id
           where s.token_hash = any (array(select unnest($1::bytea[]))) and s.expires_at > now() and p.state = 'active' and ${lookHolds}
           union all
           select encode(t.token_hash, 'hex'), 'api_tokens', t.id, t.last_used_at, p.id, p.role, t.scopes, null, null from api_tokens t join people p on p.id = t.person_id
           where t.token_hash = any (array(select unnest($1::bytea[]))) and (t.expires_at is null or t.expires_at > now()) and p.state = 'active'`,
    values: [hashes.map((hash) => Buffer.from(hash, 'hex'))],
  })
  return new Map(rows.map((row) => [row.hash, row]))
}

type Found = Omit<Known, 'actor'> & { id: string; role: Role; scopes: Scope[] | null; proven_at: string | null; looked_from: string | null }

// Whoever looks as somebody of the sample company does so while they are an administrator here, in a session that is open.
const lookHolds = `(s.looked_from is null or exists (select from sessions own join people a on a.id = own.person_id
  where own.id = s.looked_from and own.expires_at > now() and a.state = 'active' and a.role in ('owner', 'admin')))`

// A token without the scope for it leaves the power of an administrator at home, whatever it is used for; so does a look.
function actorOf({ id, role, row: session, scopes, proven_at, looked_from }: Found): Actor {
  if (looked_from) return { id, role: role === 'guest' ? role : 'member', session, proven_at: null, looked_from }
  if (!scopes) return { id, role, session, proven_at }
  return { id, role: scopes.includes('admin') || role === 'guest' ? role : 'member', session, scopes }
}

async function touch(host: Host, { table, row, actor }: Known): Promise<void> {
  const now = new Date().toISOString()
  if (table === 'api_tokens') await host.db.updateTable('api_tokens').set({ last_used_at: now }).where('id', '=', row).execute()
  else await host.db.updateTable('sessions').set({ last_used_at: now, expires_at: inDays(IDLE_DAYS) })
    .where('id', 'in', actor.looked_from ? [row, actor.looked_from] : [row]).execute()
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

/**
 * Begins a session; always a new secret, so that one planted before signing in is worth nothing.
 * @returns the cookies of the session and of the browser, which is known from now on
 */
export async function beginSession(ctx: Ctx, personId: string, headers: IncomingHttpHeaders): Promise<{ cookie: string[] }> {
  const secret = await openSession(ctx, personId, headers)
  const { url } = ctx.host.config
  return { cookie: [sessionCookie(url, secret), await rememberDevice(ctx, headers, personId), ...forgetOwn(headers, url)] }
}

// As many as are listed: what one does not see one cannot end.
async function endOldest(ctx: Ctx, personId: string): Promise<void> {
  const ended = await ctx.db.deleteFrom('sessions').where('id', 'in', (eb) => eb.selectFrom('sessions').select('id')
    .where('person_id', '=', personId).orderBy('last_used_at', 'desc').offset(MOST)).returning('id').execute()
  await tellEnded(ctx, personId, ended)
}

async function tellEnded(ctx: Ctx, personId: string, ended: { id: string }[]): Promise<void> {
  for (const { id } of ended) await emit(ctx, sessionEnded, { person_id: personId }, { session: id })
  await endLooks(ctx, ended.map(({ id }) => id))
}

/** Ends what was begun from these sessions to look as somebody else. @returns as whom */
export async function endLooks(ctx: Ctx, sessions: string[]): Promise<string[]> {
  if (!sessions.length) return []
  const ended = await ctx.db.deleteFrom('sessions').where('looked_from', 'in', sessions).returning(['id', 'person_id']).execute()
  for (const { id, person_id } of ended) await emit(ctx, sessionEnded, { person_id }, { session: id })
  return ended.map(({ person_id }) => person_id)
}

/** The same of all sessions of a person. */
export async function endLooksOf(ctx: Ctx, personId: string): Promise<void> {
  const own = await ctx.db.selectFrom('sessions').select('id').where('person_id', '=', personId).execute()
  await endLooks(ctx, own.map(({ id }) => id))
}

export const clearCookie = (url: string) => makeCookie(url, COOKIE, '', 0)
export const clearOwnCookie = (url: string) => makeCookie(url, OWN_COOKIE, '', 0)
/** Whoever signs in or out here is not whoever looked as somebody else before. */
export const forgetOwn = (headers: IncomingHttpHeaders, url: string) => (cookieOf(headers, OWN_COOKIE, url) === undefined ? [] : [clearOwnCookie(url)])

/** A session of somebody, by a secret that is answered. @param looked_from where an administrator looks as them from */
export async function openSession(ctx: Ctx, personId: string, headers: IncomingHttpHeaders, looked_from: string | null = null): Promise<string> {
  const secret = newSecret('fms_')
  await ctx.db.insertInto('sessions').values({
    id: newId(), token_hash: digest(secret), person_id: personId, user_agent: (headers['user-agent'] ?? '').slice(0, 300), expires_at: inDays(IDLE_DAYS),
    proven_at: looked_from ? null : new Date().toISOString(), looked_from,
  }).execute()
  await endOldest(ctx, personId)
  return secret
}

/** A secret as the browser's session, for as long as sessions last. */
export const sessionCookie = (url: string, secret: string, name = COOKIE) => makeCookie(url, name, secret, IDLE_DAYS * 86_400)

/** The actor's own sessions, the newest use first. */
export async function listSessions(ctx: Ctx) {
  const rows = await ctx.db.selectFrom('sessions').select(['id', 'user_agent', 'created_at', 'last_used_at', 'expires_at'])
    .where('person_id', '=', ctx.actor.id).where('expires_at', '>', new Date().toISOString())
    .orderBy('last_used_at', 'desc').limit(MOST).execute()
  return { items: rows.map((row) => ({ ...row, current: row.id === ctx.actor.session })), next: null }
}

/** Ends one of the actor's sessions; its sockets close with it. */
export async function endSession(ctx: Ctx, id: string): Promise<void> {
  const gone = await ctx.db.deleteFrom('sessions').where('id', '=', id).where('person_id', '=', ctx.actor.id).executeTakeFirst()
  if (!gone.numDeletedRows) throw notFound()
  await tellEnded(ctx, ctx.actor.id, [{ id }])
}

/** Ends the sessions of a person, but for the one of whoever asks. */
export async function endSessions(ctx: Ctx, personId: string, keep: string | null): Promise<void> {
  const ended = await ctx.db.deleteFrom('sessions').where('person_id', '=', personId).where('id', 'is distinct from', keep).returning('id').execute()
  await tellEnded(ctx, personId, ended)
}

/** Closes every door of a person: sessions and API tokens; `keep` may spare the session of the one who asks. */
export async function closeAllDoors(ctx: Ctx, personId: string, keep: string | null = null): Promise<void> {
  await endSessions(ctx, personId, keep)
  const tokens = await ctx.db.deleteFrom('api_tokens').where('person_id', '=', personId).returning('id').execute()
  for (const { id } of tokens) await emit(ctx, sessionEnded, { person_id: personId }, { session: id })
  await ctx.db.deleteFrom('devices').where('person_id', '=', personId).execute()
  await ctx.db.deleteFrom('email_changes').where('person_id', '=', personId).where('open', '=', true).execute()
  if (!keep) await emit(ctx, sessionEnded, { person_id: personId }, { session: null })
}

/**
 * What a person who is connecting may read, as it is now and not as it was when they were let in: their role and the
 * spaces they are in; null when what let them in is over.
 */
export async function standingOf(host: Host, { id, session }: Actor): Promise<{ role: Role; spaces: string[]; until: string | null } | null> {
  const { rows } = await host.pool.query<{ role: Role; spaces: string[]; until: string | null }>({
    name: 'standing',
    text: `select p.role, array(select m.space_id::text from memberships m where m.person_id = p.id) as spaces,
             coalesce((select s.expires_at from sessions s where s.id = $2), (select t.expires_at from api_tokens t where t.id = $2)) as until from people p
           where p.id = $1 and p.state = 'active' and ($2::uuid is null or exists (select from sessions s where s.id = $2 and s.expires_at > now() and ${lookHolds})
             or exists (select from api_tokens t where t.id = $2 and (t.expires_at is null or t.expires_at > now())))`,
    values: [id, session],
  })
  return rows[0] ?? null
}

/** Of these sessions and tokens, the ones that are over. */
export async function endedSessions(host: Host, ids: string[]): Promise<string[]> {
  const { rows } = await host.pool.query<{ id: string }>(
    `select u.id from unnest($1::uuid[]) u(id) where not exists (
       select 1 from sessions s join people p on p.id = s.person_id where s.id = u.id and s.expires_at > now() and p.state = 'active' and ${lookHolds})
     and not exists (select 1 from api_tokens t join people p on p.id = t.person_id where t.id = u.id
       and (t.expires_at is null or t.expires_at > now()) and p.state = 'active')`, [ids])
  return rows.map((row) => row.id)
}
