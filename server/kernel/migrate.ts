import { setTimeout as sleep } from 'node:timers/promises'
import { Kysely, PostgresDialect, type PostgresPoolClient, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import type { Pool } from './db.ts'
import type { Step } from './schema.ts'

type Options = {
  /** takes no other steps than these: the schema of an older version */
  only?: string[]
  /** hears of every step and how many milliseconds it took */
  onStep?: (name: string, ms: number) => void
}

// Any constant will do; it names the lock "I bring the schema of this database up to date".
const STEPS_LOCK = 7_106_222
const LOOK_AGAIN_MS = 250
const MOST_TRIES = 20

/**
 * Brings the schema up to date; forward only, each step once, guarded by a lock so that two starts do not collide. Steps
 * have a connection of their own, on which a statement may take as long as it needs. They go into one transaction; those
 * that say `online` come after it, each by itself.
 * @param lists the steps of every feature; their names ("0002-people") give the order
 * @throws Error naming the step that failed
 */
export async function migrate(pool: Pool, lists: Record<string, Step>[], { only, onStep = () => {} }: Options = {}): Promise<string[]> {
  const steps = Object.assign({}, ...lists) as Record<string, Step>
  const count = lists.reduce((sum, list) => sum + Object.keys(list).length, 0)
  if (Object.keys(steps).length !== count) throw new Error('Two migrations share a name.')
  const wanted = only ?? Object.keys(steps)
  const isUpToDate = async () => {
    const done = await stepsDone(pool)
    const unknown = done.find((name) => !Object.hasOwn(steps, name))
    if (unknown) throw new Error(`A newer version has been at this database (schema step ${unknown}). Start that one.`)
    return done.length === wanted.length && wanted.every((name) => done.includes(name))
  }
  if (await isUpToDate()) return []
  return onOwnConnection(pool, async (db) => {
    await takeTurns(db)
    const done = await stepsDone(pool)
    const inOne = wanted.filter((name) => !steps[name]?.online || done.includes(name))
    const take = (names: string[], online: boolean) => {
      const timed = names.map((name) => [name, { up: (one: Kysely<any>) => time(() => steps[name].up(one), (ms) => onStep(name, ms)) }] as const)
      const provider = { getMigrations: async () => Object.fromEntries(timed) }
      return patiently(() => new Migrator({ db, allowUnorderedMigrations: true, disableTransactions: online, provider }).migrateToLatest(), online)
    }
    const taken = await take(inOne, false)
    // Such a step waits for whoever reads an older state, however long, and holds up nobody meanwhile.
    await sql`set lock_timeout = 0`.execute(db)
    return [...taken, ...(await take(wanted, true))]
  })
}

async function stepsDone(pool: Pool): Promise<string[]> {
  const { rows: [{ there }] } = await pool.query(`select to_regclass('kysely_migration') is not null as there`)
  return there ? (await pool.query('select name from kysely_migration')).rows.map(({ name }) => name as string) : []
}

async function time(work: () => Promise<unknown>, tell: (ms: number) => void): Promise<void> {
  const begun = performance.now()
  await work()
  tell(performance.now() - begun)
}

/**
 * What waits for a lock on a table has all others wait behind it: after five seconds it lets them go first, and tries
 * again. What was done until then was taken back.
 */
async function patiently(run: () => ReturnType<Migrator['migrateToLatest']>, online: boolean): Promise<string[]> {
  for (let tries = 1; ; tries++) {
    const { error, results = [] } = await run()
    if (!error) return results.map(({ migrationName }) => migrationName)
    if ((error as { code?: string }).code === '55P03' && tries < MOST_TRIES) await sleep(Math.min(tries * LOOK_AGAIN_MS, 5000))
    else {
      const failed = results.find(({ status }) => status === 'Error')?.migrationName
      const what = online ? 'the steps before it stay' : 'the database is as it was before'
      throw new Error(`The schema step ${failed ?? ''} failed; ${what}. ${(error as Error).message}`, { cause: error })
    }
  }
}

// Looks again and again: whoever waits for the lock in a statement would be waited for by an index that is made online.
async function takeTurns(db: Kysely<any>): Promise<void> {
  const lock = async () => (await sql<{ mine: boolean }>`select pg_try_advisory_lock(${STEPS_LOCK}) as mine`.execute(db)).rows[0].mine
  while (!(await lock())) await sleep(LOOK_AGAIN_MS)
}

async function onOwnConnection<T>(pool: Pool, work: (db: Kysely<any>) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query(`set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set lock_timeout = '5s'`)
    const own = { query: client.query.bind(client), release: () => {} } as unknown as PostgresPoolClient
    return await work(new Kysely({ dialect: new PostgresDialect({ pool: { connect: async () => own, end: async () => {}, options: {} } }) }))
  } finally {
    // Gone with it are its settings and its lock.
    client.release(true)
  }
}
