import { sql } from 'kysely'
import type { Bus } from './bus.ts'
import type { Config } from './config.ts'
import { type Db, planOnce, type Pool, type RootDb } from './db.ts'
import type { Log } from './log.ts'
import type { Mailer } from './mail.ts'

export type Role = 'owner' | 'admin' | 'member' | 'guest'

/** What an API token may be allowed: to read, to change things, to use the power of an administrator, and to give others access. */
export const SCOPES = ['read', 'write', 'admin', 'grant', 'feed'] as const
export type Scope = (typeof SCOPES)[number]

/** Who asks. `session` is the row that let them in: when it ends, their sockets close. */
export type Actor = {
  id: string; role: Role; session: string | null
  /** what the API token may do that let them in; absent where none did */
  scopes?: readonly Scope[]
  /** when they last showed in this session, by password or passkey, that it is they */
  proven_at?: string | null
  /** the session of the administrator who looks as this person, if it is not they themselves */
  looked_from?: string | null
}

/** What one running server (or command line) has; commands reach it as `ctx.host`. */
export type Host = {
  config: Config
  log: Log
  db: RootDb
  pool: Pool
  mail: Mailer
  /** signs the cursors of pages */
  cursorKey: string
  /** what the processes of this network tell each other */
  bus: Bus
  /** told after every commit that wrote events, so that the relay need not wait for its next look */
  wake: () => void
}

/** Everything a command or query may touch: who is asking, and the open transaction (or the pool, for reads). */
export type Ctx = { actor: Actor; db: Db; host: Host }

/** The same of several at once, or of none: the transaction that they share. */
export type Shared = Omit<Ctx, 'actor'>

/** The actor of requests that need no sign-in; its id belongs to nobody. */
export const NOBODY: Actor = { id: '00000000-0000-0000-0000-000000000000', role: 'guest', session: null }

/** The actor of work that the server does by itself (imports, effects, the command line). */
export const SYSTEM: Actor = { id: '00000000-0000-0000-0000-000000000000', role: 'owner', session: null }

export const isAdmin = (actor: Pick<Actor, 'role'>) => actor.role === 'owner' || actor.role === 'admin'

/** Reads in one moment: what is found to be allowed and what is then read belong together, whatever is written meanwhile. */
export const inSnapshot = <T>(host: Host, actor: Actor, work: (ctx: Ctx) => Promise<T>): Promise<T> =>
  host.db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute((db) => work({ actor, db, host }))

/**
 * The same for what is asked again and again about the newest few things: their plans are made once, along indexes, as they
 * are good for a log of any length. Left to itself PostgreSQL makes them anew each time, which takes longer than to run them.
 */
export const inQuickSnapshot = <T>(host: Host, actor: Actor, work: (ctx: Ctx) => Promise<T>): Promise<T> =>
  inSnapshot(host, actor, async (ctx) => {
    const [, result] = await Promise.all([sql.raw(`select ${planOnce(true)}`).execute(ctx.db), work(ctx)])
    return result
  })

/**
 * Runs `work` in one transaction and wakes the relay after its commit.
 * @example await inTransaction(host, SYSTEM, (ctx) => openSpace(ctx, {…}))
 */
export async function inTransaction<T>(host: Host, actor: Actor, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const result = await host.db.transaction().execute((db) => work({ actor, db, host }))
  host.wake()
  return result
}

/**
 * The same for work that is simply done again after a crash (effects and their cursors): its commit does not wait for the
 * disk. Never for what somebody was told is done.
 */
export const inRepeatableWork = <T>(host: Host, actor: Actor, work: (ctx: Ctx) => Promise<T>): Promise<T> =>
  inTransaction(host, actor, async (ctx) => {
    await sql`set local synchronous_commit = off`.execute(ctx.db)
    return work(ctx)
  })
