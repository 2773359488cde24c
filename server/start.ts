import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { joinBus } from './kernel/bus.ts'
import { throughNats } from './kernel/bus-nats.ts'
import { throughPostgres } from './kernel/bus-postgres.ts'
import { type Config, ConfigError } from './kernel/config.ts'
import { inTransaction, SYSTEM } from './kernel/context.ts'
import { countFailures, startJobs } from './kernel/jobs.ts'
import type { Log } from './kernel/log.ts'
import { Live } from './kernel/live.ts'
import type { Connection } from './kernel/live-connections.ts'
import { addGauge, makeMetrics } from './kernel/metrics.ts'
import { startRelay } from './kernel/relay.ts'
import { startEffects, retryEffect } from './kernel/run-effects.ts'
import { probeBucket } from './kernel/s3.ts'
import { makeLiveSource } from './core/live-source.ts'
import { tieWeights } from './core/ties/sources.ts'
import { makeSetupLink } from './features/setup/commands.ts'
import { effects, jobs } from './app.ts'
import { openHost } from './host.ts'
import { ageOfNewest, lookAtNewest } from './nightly-backup.ts'
import { schedule } from './schedule.ts'
import { makeServer } from './server.ts'

export type Running = { server: Server; url: string; port: number; setupLink: string | null; log: Log; stop: () => Promise<void>; settled: () => Promise<void> }

/**
 * Starts the whole product in this process: database, schema, web server, relay, live stream, effects, jobs.
 * `stop` ends it in the reverse order; nothing that was acknowledged is lost.
 * @throws Error in words when a part cannot start (the port is taken, the database is too old, …)
 */
export async function startFolkmoot(config: Config): Promise<Running> {
  // Before anything is opened: a setting that is wrong is no reason to touch anything.
  tieWeights(config)
  const { host, close } = await openHost(config)
  await probeBucket(config).catch(async (error) => (await close(), Promise.reject(error)))
  host.bus = await joinBus(config.natsUrl ? throughNats(config.natsUrl, host.cursorKey) : throughPostgres(host.pool.options), host.log)
    .catch(async (error) => (await close(), Promise.reject(error)))
  const metrics = makeMetrics()
  addGauge(metrics, 'folkmoot_failed_work', 'Work that failed for good and waits for an administrator', () => countFailures(host.db))
  if (config.backups) addGauge(metrics, 'folkmoot_backup_age_seconds', 'Time since the newest backup in BACKUP_DIR was made', () => ageOfNewest(config.backups!.folder))
  const source = makeLiveSource<Connection>(host)
  const live = new Live(host, source, metrics)
  let following: Awaited<ReturnType<typeof startEffects>>
  const app = await makeServer(host, live, metrics, () => isReady(host))
  try {
    // Before anybody connects: a client that resumes is compared with this number, and what the log says from it on is
    // folded into what is read after it.
    const { rows } = await host.pool.query<{ seq: number }>('select coalesce(max(seq), 0) as seq from events')
    live.startAt(rows[0].seq)
    await source.start()
    following = await startEffects(host, effects, (effect) => metrics.failures.inc({ effect }))
    await listen(app, config)
  } catch (error) {
    await host.bus.close()
    await close()
    throw error
  }
  const { port } = app.server.address() as AddressInfo
  if (config.port === 0) config.url = config.url.replace(/:0$/, `:${port}`)
  const kept = config.urlIsGiven ? undefined : await host.db.selectFrom('network').select('address').executeTakeFirst()
  if (kept?.address) config.url = kept.address
  const relay = startRelay(host.pool, host.log, (seq, role) => {
    live.advance(seq)
    // One process is enough for what follows the log; the others would wait for it at each cursor.
    if (role !== 'follows') following.advance(seq, role === 'begins')
  }, host.bus)
  host.wake = relay.wake
  const working = await startJobs(host, [...jobs, lookAtNewest, retryEffect(effects)], schedule)
  const setupLink = await inTransaction(host, SYSTEM, makeSetupLink)
  return {
    server: app.server, url: config.url, port, setupLink, log: host.log,
    settled: async () => {
      await settle(host, live)
      await following.idle()
      await settle(host, live)
    },
    stop: async () => {
      await live.stop()
      await app.close()
      await working.stop()
      await relay.stop()
      await following.stop()
      await host.bus.close()
      await close()
    },
  }
}

// A server that was stopped a moment ago may still hold the port: it gets three seconds to let go.
async function listen(app: Awaited<ReturnType<typeof makeServer>>, { port, host }: Config): Promise<void> {
  for (const until = Date.now() + 3000; ;) {
    try {
      return void (await app.listen({ port, host }))
    } catch (error) {
      if ((error as { code?: string }).code !== 'EADDRINUSE') throw error
      if (Date.now() > until) throw new ConfigError(`Port ${port} is in use. Set PORT to another one, or stop the program that has it.`, { cause: error })
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}

type Host = Awaited<ReturnType<typeof openHost>>['host']

async function isReady(host: Host): Promise<boolean> {
  try {
    await host.pool.query('select 1')
    return true
  } catch {
    return false
  }
}

/** Waits until every committed fact has a number and was delivered; for tests. */
async function settle(host: Host, live: Live): Promise<void> {
  for (;;) {
    host.wake()
    const { rows } = await host.pool.query<{ open: number; top: number }>(
      'select count(*) filter (where seq is null)::int as open, coalesce(max(seq), 0) as top from events')
    if (rows[0].open === 0 && live.position >= rows[0].top) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
