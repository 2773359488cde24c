import type { IncomingHttpHeaders } from 'node:http'
import { sql } from 'kysely'
import type { Actor, Ctx, Host, Role } from '../../kernel/context.ts'
import { notFound, Refusal } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { newId } from '../../kernel/ids.ts'
import { RateLimit } from '../../kernel/rate-limit.ts'
import { digest, newSecret, passwordFits } from './credentials.ts'
import { sessionEnded } from './events.ts'

const IDLE_DAYS = 14
const TOUCH_EVERY_MS = 60_000
/** The cookie's name; `__Host-` ties it to this host over https. */
export const cookieName = (url: string) => (url.startsWith('https:') ? '__Host-session' : 'session')

type Known = { actor: Actor; table: 'sessions' | 'api_tokens'; row: string; last_used_at: string | null }

/**
 * Finds who asks: a bearer token, else the session cookie. Looked up on each request, so that a door that was closed is
 * closed at once; there is no cache.
 */
export async function authenticate(host: Host, headers: IncomingHttpHeaders): Promise<Actor | null> {
  const bearer = /^Bearer ([\w.~+/=-]{20,200})$/i.exec(headers.authorization ?? '')?.[1]
  const secret = bearer ?? (headers.authorization ? undefined : readCookie(headers.cookie, cookieName(host.config.url)))
  if (!secret) return null
  const known = await lookUp(host, digest(secret))
  if (known && (!known.last_used_at || Date.now() - Date.parse(known.last_used_at) > TOUCH_EVERY_MS)) await touch(host, known)
  return known?.actor ?? null
}

async function lookUp(host: Host, hash: Buffer): Promise<Known | null> {
  const { rows } = await host.pool.query({
    name: 'authenticate',
    text: `select 'sessions' as "table", s.id as row, s.last_used_at, p.id, p.role from sessions s join people p on p.id = s.person_id
           where s.token_hash = $1 and s.expires_at > now() and p.state = 'active'
           union all
           select 'api_tokens', t.id, t.last_used_at, p.id, p.role from api_tokens t join people p on p.id = t.person_id
           where t.token_hash = $1 and (t.expires_at is null or t.expires_at > now()) and p.state = 'active'`,
    values: [hash],
  })
  const [row] = rows as { table: Known['table']; row: string; last_used_at: string | null; id: string; role: Role }[]
  return row ? { actor: { id: row.id, role: row.role, session: row.row }, table: row.table, row: row.row, last_used_at: row.last_used_at } : null
}

async function touch(host: Host, { table, row }: Known): Promise<void> {
  const now = new Date().toISOString()
  if (table === 'api_tokens') await host.db.updateTable('api_tokens').set({ last_used_at: now }).where('id', '=', row).execute()
  else await host.db.updateTable('sessions').set({ last_used_at: now, expires_at: inDays(IDLE_DAYS) }).where('id', '=', row).execute()
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [key, value] = part.trim().split('=')
    if (key === name) return value
  }
}

/** Begins a session; always a new secret, so that one planted before signing in is worth nothing. */
export async function beginSession(ctx: Ctx, personId: string, userAgent: string): Promise<{ cookie: string }> {
  const secret = newSecret('fms_')
  await ctx.db.insertInto('sessions').values({
    id: newId(), token_hash: digest(secret), person_id: personId, user_agent: userAgent.slice(0, 300), expires_at: inDays(IDLE_DAYS),
  }).execute()
  return { cookie: setCookie(ctx.host.config.url, secret, IDLE_DAYS * 86_400) }
}

const setCookie = (url: string, value: string, maxAge: number) =>
  `${cookieName(url)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${url.startsWith('https:') ? '; Secure' : ''}`
export const clearCookie = (url: string) => setCookie(url, '', 0)

// Five tries a minute for one name, whatever address they come from, and counted before hashing, so also in parallel.
const tries = new RateLimit(5)

/**
 * Who signs in with this name and password.
 * @param login handle or e-mail address
 * @throws Refusal 401, the same for a wrong password and a person who does not exist; 429 after five tries a minute
 */
export async function checkPassword(host: Host, login: string, password: string): Promise<{ id: string; role: Role }> {
  const name = login.trim().toLowerCase().replace(/^@/, '')
  tries.take(name)
  const person = await host.db.selectFrom('people').select(['id', 'role', 'password_hash'])
    .where((eb) => eb.or([eb('handle', '=', name), eb(sql`lower(email)`, '=', name)])).where('state', '=', 'active')
    .executeTakeFirst()
  if (!(await passwordFits(person?.password_hash, password)))
    throw new Refusal(401, 'wrong_credentials', 'This name and password do not belong together.')
  return { id: person!.id, role: person!.role }
}

/** The actor's own sessions, the newest use first. */
export async function listSessions(ctx: Ctx) {
  const rows = await ctx.db.selectFrom('sessions').select(['id', 'user_agent', 'created_at', 'last_used_at', 'expires_at'])
    .where('person_id', '=', ctx.actor.id).where('expires_at', '>', new Date().toISOString())
    .orderBy('last_used_at', 'desc').limit(100).execute()
  return { items: rows.map((row) => ({ ...row, current: row.id === ctx.actor.session })), next: null }
}

/** Ends one of the actor's sessions; its sockets close with it. */
export async function endSession(ctx: Ctx, id: string): Promise<void> {
  const gone = await ctx.db.deleteFrom('sessions').where('id', '=', id).where('person_id', '=', ctx.actor.id).executeTakeFirst()
  if (!gone.numDeletedRows) throw notFound()
  await emit(ctx, sessionEnded, { person_id: ctx.actor.id }, { session: id })
}

/** Closes every door of a person: sessions and API tokens; `keep` may spare the session of the one who asks. */
export async function closeAllDoors(ctx: Ctx, personId: string, keep: string | null = null): Promise<void> {
  const spared = keep ?? '00000000-0000-0000-0000-000000000000'
  const ended = await ctx.db.deleteFrom('sessions').where('person_id', '=', personId).where('id', '<>', spared).returning('id').execute()
  for (const { id } of ended) await emit(ctx, sessionEnded, { person_id: personId }, { session: id })
  if (keep) return
  await ctx.db.deleteFrom('api_tokens').where('person_id', '=', personId).execute()
  await emit(ctx, sessionEnded, { person_id: personId }, { session: null })
}

/**
 * What a person who is connecting may read, as it is now and not as it was when they were let in: their role and the
 * spaces they are in; null when what let them in is over.
 */
export async function standingOf(host: Host, { id, session }: Actor): Promise<{ role: Role; spaces: string[] } | null> {
  const { rows } = await host.pool.query<{ role: Role; spaces: string[] }>({
    name: 'standing',
    text: `select p.role, array(select m.space_id::text from memberships m where m.person_id = p.id) as spaces from people p
           where p.id = $1 and p.state = 'active' and ($2::uuid is null or exists (select from sessions s where s.id = $2 and s.expires_at > now())
             or exists (select from api_tokens t where t.id = $2 and (t.expires_at is null or t.expires_at > now())))`,
    values: [id, session],
  })
  return rows[0] ?? null
}

/** Of these sessions and tokens, the ones that are over. */
export async function endedSessions(host: Host, ids: string[]): Promise<string[]> {
  const { rows } = await host.pool.query<{ id: string }>(
    `select u.id from unnest($1::uuid[]) u(id) where not exists (
       select 1 from sessions s join people p on p.id = s.person_id where s.id = u.id and s.expires_at > now() and p.state = 'active')
     and not exists (select 1 from api_tokens t join people p on p.id = t.person_id where t.id = u.id
       and (t.expires_at is null or t.expires_at > now()) and p.state = 'active')`, [ids])
  return rows.map((row) => row.id)
}
