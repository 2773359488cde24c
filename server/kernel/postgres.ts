import { mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { ConfigError } from './config.ts'
import {
  addressOf, findPostmaster, prepareCluster, startPostmaster, stopPostmaster,
  type Cluster, type Postmaster, type Settings,
} from './postgres-cluster.ts'
import { identify, isRunning, lock } from './process-lock.ts'

type Log = { info(facts: object, text: string): void; warn(facts: object, text: string): void }

/**
 * Opens the PostgreSQL that comes with Folkmoot, in the folder `dir`, for this process.
 *
 * Several processes (the server, a command line) may have it open at once: the first starts it, the last that closes
 * stops it, a holder that was killed does not count, and one that was left running is taken over. While it is open
 * here, a PostgreSQL that dies is started again within a second; `url` stays the same.
 *
 * @param options.settings lines of postgresql.conf that differ from ours; they apply when this call starts it
 * @returns `url` for clients (Unix socket; loopback with a password on Windows) and `close`, which may be called twice
 * @throws Error in plain words when it cannot be run on this machine or does not start
 *
 * @example
 * const database = await openPostgres({ dir: 'data/postgres', log })
 * const client = new pg.Client(database.url)
 */
export async function openPostgres(options: { dir: string; log?: Log; settings?: Settings }) {
  const { dir, log = silent, settings = {} } = options
  mkdirSync(join(dir, 'holders'), { recursive: true, mode: 0o700 })
  // Two processes may reach one folder by different names, and tell their PostgreSQL by its command line.
  const home = realpathSync(dir)
  const holder = join(home, 'holders', `${process.pid}-${crypto.randomUUID().slice(0, 8)}`)
  const whileLocked = async <Result>(work: () => Promise<Result>) => {
    const unlock = await lock(join(home, 'lock'))
    return work().finally(unlock)
  }

  let { cluster, running } = await whileLocked(async () => {
    writeFileSync(holder, identify(process.pid))
    try {
      const cluster = await prepareCluster(home, settings)
      const running = await ensureRunning(cluster, log)
      await ensureDatabase(addressOf(cluster, running, 'postgres'))
      return { cluster, running }
    } catch (error) {
      rmSync(holder, { force: true })
      throw error
    }
  })
  const watcher = watch(async () => {
    if (isRunning(running.identity)) return
    running = await whileLocked(() => ensureRunning(cluster, log))
  }, log)

  let closing: Promise<void> | undefined
  const close = async () => {
    await watcher.stop()
    await whileLocked(async () => {
      rmSync(holder, { force: true })
      const last = findPostmaster(cluster.data)
      if (last && countHolders(home) === 0) await stopPostmaster(cluster, last)
    })
  }
  return { url: addressOf(cluster, running, 'folkmoot'), close: () => (closing ??= close()) }
}

/**
 * What a PostgreSQL that we did not set up is like.
 * @returns its major `version` and `warnings` in plain words for the person who runs this server
 * @throws Error when it is older than 15
 */
export async function inspectDatabase(url: string): Promise<{ version: number; warnings: string[] }> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    const { rows: [{ number }] } = await client.query(`select current_setting('server_version_num')::int as number`)
    const version = Math.floor(number / 10_000)
    if (version < 15) throw new ConfigError(`DATABASE_URL leads to PostgreSQL ${version}; Folkmoot needs 15 or newer.`)
    return { version, warnings: await findTextWarnings(client) }
  } finally {
    await client.end()
  }
}

async function findTextWarnings(client: pg.Client): Promise<string[]> {
  await client.query('begin')
  try {
    await client.query('create extension if not exists pg_trgm')
    // With lc_ctype C this is empty: to pg_trgm a Japanese letter is then no letter, and searches find nothing.
    const { rows: [{ found }] } = await client.query(`select cardinality(show_trgm('日本語')) > 0 as found`)
    return found ? [] : [
      'The database has an lc_ctype under which letters beyond ASCII are not letters, so search will miss words in ' +
      'Japanese and words with umlauts. Create it anew with a UTF-8 locale: ' +
      `create database folkmoot template template0 encoding 'UTF8' lc_ctype 'C.UTF-8'`,
    ]
  } catch (error) {
    return [`The extension pg_trgm, which search needs, cannot be created: ${(error as Error).message}`]
  } finally {
    await client.query('rollback')
  }
}

const silent: Log = { info: () => {}, warn: () => {} }

async function ensureRunning(cluster: Cluster, log: Log): Promise<Postmaster> {
  let running = findPostmaster(cluster.data)
  for (; running && !running.ready; running = findPostmaster(cluster.data)) await new Promise(go => setTimeout(go, 20))
  if (running) {
    // It may have been started where the temporary folder has another name; a restart must keep its address.
    cluster.socket &&= running.socket
    return running
  }
  const start = Date.now()
  running = await startPostmaster(cluster)
  log.info({ pid: running.pid, milliseconds: Date.now() - start }, 'PostgreSQL started')
  return running
}

async function ensureDatabase(url: string) {
  const client = new pg.Client(url)
  await client.connect()
  try {
    const { rowCount } = await client.query(`select from pg_database where datname = 'folkmoot'`)
    if (!rowCount) await client.query('create database folkmoot')
    // What goes wrong with a statement is told to whoever sent it, which is us; its message may quote what people wrote.
    await client.query(`alter role current_user set log_min_messages = 'log'`)
  } finally {
    await client.end()
  }
}

const countHolders = (home: string) => {
  const folder = join(home, 'holders')
  const [living, dead] = [[] as string[], [] as string[]]
  for (const name of readdirSync(folder))
    (isRunning(readFileSync(join(folder, name), 'utf8')) ? living : dead).push(name)
  for (const name of dead) rmSync(join(folder, name), { force: true })
  return living.length
}

/** Repeats `check` until stopped, every half second, or more slowly while it fails. */
function watch(check: () => Promise<void>, log: Log) {
  let timer: NodeJS.Timeout
  let current = Promise.resolve()
  let pause = 500
  const turn = () => {
    current = check()
      .then(() => void (pause = 500))
      .catch(error => {
        pause = Math.min(pause * 2, 30_000)
        log.warn({ err: error }, 'PostgreSQL cannot be started again')
      })
      .finally(() => void (timer &&= setTimeout(turn, pause).unref()))
  }
  timer = setTimeout(turn, pause).unref()
  const stop = async () => {
    clearTimeout(timer)
    timer = undefined!
    await current
  }
  return { stop }
}
