import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { noBus } from './kernel/bus.ts'
import type { Config } from './kernel/config.ts'
import type { Host } from './kernel/context.ts'
import { connect } from './kernel/db.ts'
import { migrateJobs } from './kernel/jobs.ts'
import { makeLog } from './kernel/log.ts'
import { makeMailer } from './kernel/mail.ts'
import { migrate } from './kernel/migrate.ts'
import { findCursorKey } from './kernel/pages.ts'
import { inspectDatabase, openPostgres } from './kernel/postgres.ts'
import { migrations } from './app.ts'

// What an update took longer for than this is told.
const LONG_MS = 1000

/**
 * Opens what every program of ours needs, the server and the command line alike: the data folder, PostgreSQL (ours, or
 * the one DATABASE_URL names), and a schema that is up to date.
 * @param isMigrated false leaves the schema as it is found, for whoever brings it up to date themselves
 */
export async function openHost(config: Config, { isMigrated = true } = {}): Promise<{ host: Host; close: () => Promise<void> }> {
  const log = makeLog(config)
  mkdirSync(config.data, { recursive: true, mode: 0o700 })
  // Room for as many connections beside ours as there are without POOL: command lines, backups, whoever looks in.
  const settings = { max_connections: Math.max(60, config.pool + 40) }
  const own = config.databaseUrl ? null : await openPostgres({ dir: join(config.data, 'postgres'), log, settings })
  const { db, pool } = connect(config.databaseUrl ?? own!.url, config.pool)
  const close = async () => {
    await db.destroy()
    await own?.close()
  }
  try {
    if (config.databaseUrl) for (const warning of (await inspectDatabase(config.databaseUrl)).warnings) log.warn(warning)
    if (isMigrated) await migrate(pool, migrations, { onStep: (step, ms) => ms > LONG_MS && log.info({ step, seconds: Math.round(ms / 1000) }, 'schema step done') })
    if (isMigrated) await migrateJobs(pool)
    // Where the schema is not brought up to date there is nobody yet who could page through anything.
    const cursorKey = isMigrated ? await findCursorKey(db) : ''
    return { host: { config, log, db, pool, mail: makeMailer(config), cursorKey, bus: noBus, wake: () => {} }, close }
  } catch (error) {
    await close()
    throw error
  }
}
