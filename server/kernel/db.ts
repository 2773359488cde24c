import { Kysely, type PostgresPool, type PostgresPoolClient, type Transaction } from 'kysely'
import pg from 'pg'
import { Dialect } from './compiler.ts'

/** Every table of the database; whoever has one says so where its steps are: `declare module '…/kernel/db.ts' { interface Tables { … } }`. */
export interface Tables {}

/** The database, or the transaction of the running command. */
export type Db = Kysely<Tables> | Transaction<Tables>
export type RootDb = Kysely<Tables>
export type Pool = pg.Pool

const types = new pg.TypeOverrides()
types.setTypeParser(pg.types.builtins.INT8, Number)
// Sessions run in UTC, so "2026-01-02 03:04:05.678+00" becomes ISO 8601 without a trip through Date.
const isoTime = (text: string) => text.replace(' ', 'T').replace(/\+00$/, 'Z')
types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, isoTime)

/**
 * Opens a pool. Connections time out after 2 s so that a request fails fast, with 503, while PostgreSQL is away.
 * @param url postgres://… (a Unix socket folder may stand in `?host=`)
 */
export function connect(url: string, max: number): { db: RootDb; pool: Pool } {
  const pool = new pg.Pool({
    connectionString: url, max, types, pipeline: true, connectionTimeoutMillis: 2000, idleTimeoutMillis: 30_000,
    options: '-c timezone=UTC -c statement_timeout=20000 -c idle_in_transaction_session_timeout=30000',
    application_name: 'folkmoot',
  } as pg.PoolConfig)
  // An idle connection that breaks (PostgreSQL restarted) must not end the process; the next query opens a new one.
  pool.on('error', () => {})
  pool.on('connect', (client) => void client.on('error', () => {}))
  return { db: new Kysely<Tables>({ dialect: new Dialect({ pool: preparing(pool) }) }), pool }
}

/** In a query's text: plan it for these very values each time (a word may be rare or common). */
export const PLAN_EACH_TIME = '/* plan each time */'
/** To be selected: from now on plans are made once and lead along indexes, so that they stay good as tables grow; for the transaction, or the connection. */
export const planOnce = (isLocal: boolean) => `set_config('plan_cache_mode', 'force_generic_plan', ${isLocal}), set_config('enable_seqscan', 'off', ${isLocal})`
const MAX_PREPARED = 400

// The statements that connections keep. Each text is here once for all of them: a copy for every connection is up to 20 times 400
// texts of some kilobytes.
const kept = new Map<string, { name: string; text: string }>()

/** Under which name a statement is kept, and its text; no name for what is planned each time. */
function statementOf(text: string): { name?: string; text: string } {
  if (!/^\s*(select|with|insert|update|delete)\b/.test(text) || text.includes(PLAN_EACH_TIME)) return { text }
  const known = kept.get(text)
  if (known || kept.size >= MAX_PREPARED) return known ?? { text }
  const statement = { name: `q${kept.size}`, text }
  kept.set(text, statement)
  return statement
}

/**
 * Lets PostgreSQL keep the plans of our queries: planning the larger ones takes longer than running them (Home: 9 of
 * 18 ms). The number of kept statements is bounded; what comes beyond it is planned each time.
 *
 * And nobody waits where an answer says nothing: the beginning of a transaction goes out together with the first query
 * behind it (`pipeline`) and cannot fail by itself; the end of one that only reads changes nothing.
 */
function preparing(pool: pg.Pool): PostgresPool {
  const wrapped = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  const connect = async (): Promise<PostgresPoolClient> => {
    const client = await pool.connect()
    if (!wrapped.has(client)) wrapped.set(client, prepare(client))
    return wrapped.get(client)!
  }
  return { connect, end: () => pool.end(), options: pool.options }
}

const SENT = { command: '', rowCount: null, rows: [] }

function prepare(client: pg.PoolClient): PostgresPoolClient {
  let isReading = false
  async function query(text: unknown, values?: readonly unknown[]) {
    if (typeof text !== 'string') return client.query(text as never)
    const begins = /^(begin|start transaction)\b/.test(text)
    if (begins) isReading = text.endsWith('read only')
    if (!begins && !(isReading && text === 'commit')) return client.query({ ...statementOf(text), values: values as unknown[] })
    client.query(text).catch(() => {})
    return SENT
  }
  return { query: query as unknown as PostgresPoolClient['query'], release: (error?: boolean) => client.release(error) } as PostgresPoolClient
}

/** True for errors that say "PostgreSQL is away or restarting": the answer is 503 and "try again". */
export function isDatabaseAway(error: unknown): boolean {
  const { code = '', message = '', syscall } = (error ?? {}) as { code?: string; message?: string; syscall?: string }
  // A missing socket is the database's; any other missing file is not.
  return /^(08|57P0|53300|ECONNREFUSED|ECONNRESET|EPIPE)/.test(code) || (code === 'ENOENT' && syscall === 'connect')
    || /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(message)
}

/** True for a broken unique constraint; `name` narrows it to one constraint or index. */
export const isDuplicate = (error: unknown, name?: string): boolean => {
  const { code, constraint } = error as { code?: string; constraint?: string }
  return code === '23505' && (!name || constraint === name)
}
