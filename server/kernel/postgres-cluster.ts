import { execFile, execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  appendFileSync, chownSync, closeSync, existsSync, lstatSync, mkdirSync, openSync, readdirSync, readFileSync,
  renameSync, rmSync, statSync, writeFileSync,
} from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { ConfigError } from './config.ts'
import { findLaunch, type Launch } from './postgres-binaries.ts'
import { identify, isAlive } from './process-lock.ts'

/** A PostgreSQL data folder and everything needed to run it. `socket` is null where TCP on loopback is used. */
export type Cluster = { home: string; data: string; launch: Launch; socket: string | null; settings: Settings }

/** Lines of postgresql.conf. */
export type Settings = Record<string, string | number | boolean>

/** A running PostgreSQL as its postmaster.pid describes it. */
export type Postmaster = { pid: number; identity: string; port: number; socket: string; ready: boolean }

const windows = process.platform === 'win32'
const major = '18'

/** `fsync` and `synchronous_commit` stay on: what was confirmed must survive a crash. */
const defaults: Settings = {
  shared_buffers: '128MB', effective_cache_size: '512MB', work_mem: '8MB', maintenance_work_mem: '64MB',
  max_connections: 60, jit: false, random_page_cost: 1.1, fsync: true, synchronous_commit: true, wal_compression: true,
  max_wal_size: '1GB', checkpoint_timeout: '15min', timezone: 'UTC', log_timezone: 'UTC', lc_messages: 'C',
  logging_collector: true, log_directory: '../log', log_filename: 'postgres-%a.log', log_rotation_age: '1d',
  log_rotation_size: 0, log_truncate_on_rotation: true, log_line_prefix: '%m [%p] ', log_min_messages: 'warning',
  // Neither the statement nor the detail ("Key (email)=(…) already exists"): both quote what people wrote.
  log_error_verbosity: 'terse', log_min_error_statement: 'panic',
  unix_socket_permissions: '0700',
}

/** Makes the folder `home` and, on the first start, a PostgreSQL cluster in it. Hold the lock of `home` meanwhile. */
export async function prepareCluster(home: string, settings: Settings): Promise<Cluster> {
  const data = join(home, 'cluster')
  const launch = await findLaunch(dirname(home), existsSync(data) ? data : null)
  const cluster = { home, data, launch, socket: windows ? null : socketFolder(home, launch.owner), settings }
  const holders = join(home, 'holders')
  // Started by root once, it must still open for the person it belongs to.
  const inside = readdirSync(holders).map(name => join(holders, name))
  for (const path of [home, holders, ...inside]) giveTo(launch.owner, path)
  if (!existsSync(data)) await createCluster(cluster)
  await claim(cluster)
  const version = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
  if (version !== major)
    throw new ConfigError(`${data} was made by PostgreSQL ${version}; this is PostgreSQL ${major}, which cannot read it.`)
  return cluster
}

/** The running PostgreSQL of this data folder, also when it is still starting or stopping, or null. */
export function findPostmaster(data: string): Postmaster | null {
  const file = readIfThere(join(data, 'postmaster.pid'))
  if (file === null) return null
  // Written by PostgreSQL, see src/include/utils/pidfile.h: pid, data folder, start, port, socket folder, …, status.
  const [pid, , , port, socket, , , status] = file.split('\n')
  if (!isPostgresOf(data, Number(pid))) return null
  const ready = status?.trim() === 'ready'
  return { pid: Number(pid), identity: identify(Number(pid)), port: Number(port), socket: socket ?? '', ready }
}

/**
 * Starts PostgreSQL, which then lives on by itself, and waits until it takes connections (after a crash, until it
 * has recovered).
 * @throws Error with the last lines of its log when it ends instead
 */
export async function startPostmaster(cluster: Cluster): Promise<Postmaster> {
  await refuseSecondServer(cluster)
  disownLockFiles(cluster)
  await writeSettings(cluster)
  const output = join(cluster.home, 'start.log')
  for (const start = Date.now(); ; await sleep(250)) {
    const running = await launchOnce(cluster, output)
    if (running) return running
    const said = readFileSync(output, 'utf8') + tailOfLog(cluster.home)
    // Backends of a killed postmaster finish their query first, and PostgreSQL rightly waits for them.
    const passing = /pre-existing shared memory block|could not bind/.test(said) && Date.now() - start < 60_000
    if (!passing) throw new Error(`PostgreSQL did not start in ${cluster.data}:\n${said}`)
  }
}

const tailOfLog = (home: string) => {
  const folder = join(home, 'log')
  if (!existsSync(folder)) return ''
  const files = readdirSync(folder).map(name => join(folder, name))
  const [newest] = files.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
  return newest ? readFileSync(newest, 'utf8').split('\n').slice(-12).join('\n') : ''
}

/** Stops it, ending the sessions of its clients; returns when it is gone. */
export async function stopPostmaster(cluster: Cluster, { pid }: Postmaster) {
  if (windows) await run(cluster.launch, 'pg_ctl', ['stop', '-D', cluster.data, '-m', 'fast', '-w'])
  else signal(pid, 'SIGINT')
  for (const start = Date.now(); isAlive(pid); await sleep(20))
    if (Date.now() - start > 30_000) {
      signal(pid, 'SIGQUIT')
      await sleep(1_000)
    }
}

/** An address for `pg` and other clients; PGPORT, PGSSLMODE and the like in the environment do not change it. */
export function addressOf(cluster: Cluster, { port, socket }: Pick<Postmaster, 'port' | 'socket'>, database: string) {
  const password = windows ? `:${readFileSync(join(cluster.home, 'password'), 'utf8')}` : ''
  const host = windows ? '' : `&host=${encodeURIComponent(socket)}`
  return `postgres://folkmoot${password}@127.0.0.1:${port}/${database}?sslmode=disable${host}`
}

/** initdb into a folder beside it, renamed when complete: an interrupted first start leaves nothing half made. */
async function createCluster({ home, data, launch }: Cluster) {
  // The initdb of a process that was killed may still be busy, so each has a folder of its own.
  const unfinished = join(home, `cluster.new-${process.pid}-${Date.now()}`)
  const leftovers = readdirSync(home).filter(name => name.startsWith('cluster.new-'))
  mkdirSync(unfinished, { mode: 0o700 })
  giveTo(launch.owner, unfinished)
  const access = ['--auth=trust']
  if (windows) {
    writeFileSync(join(home, 'password'), createHash('sha256').update(crypto.randomUUID()).digest('hex'))
    access.splice(0, 1, '--auth=scram-sha-256', `--pwfile=${join(home, 'password')}`)
  }
  // With lc_ctype=C pg_trgm finds no trigram in Japanese and drops umlauts, whatever the locale provider.
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--lc-collate=C', '--lc-ctype=C.UTF-8']
  const common = ['-D', unfinished, '-U', 'folkmoot', '-E', 'UTF8', '--no-instructions']
  await run(launch, 'initdb', [...common, ...locale, ...access])
  const include = "\ninclude_if_exists = 'folkmoot.conf'  # written at each start\n"
  appendFileSync(join(unfinished, 'postgresql.conf'), include)
  renameSync(unfinished, data)
  for (const name of leftovers) rmSync(join(home, name), { recursive: true, force: true, maxRetries: 3 })
}

/** A cluster made by root in a user namespace may meet a machine that forbids them, and then needs its new owner. */
async function claim({ home, data, launch: { owner } }: Cluster) {
  if (owner === null || statSync(data).uid === owner) return
  await promisify(execFile)('chown', ['-R', String(owner), home])
}

function giveTo(owner: number | null, path: string) {
  if (owner !== null && statSync(path).uid !== owner) chownSync(path, owner, statSync(path).gid)
}

/** A Unix socket's path may have 103 bytes (macOS) or 107 (Linux) with its file name; other folders get a short one. */
function socketFolder(home: string, owner: number | null) {
  const own = join(home, 'socket')
  const fits = Buffer.byteLength(join(own, '.s.PGSQL.5432')) <= 103 && !/[,"']/.test(own)
  const name = `folkmoot-${createHash('sha256').update(home).digest('hex').slice(0, 16)}`
  const folder = fits ? own : [tmpdir(), '/tmp'].map(base => join(base, name)).find(path => path.length < 90)!
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  giveTo(owner, folder)
  const found = lstatSync(folder)
  const mine = found.isDirectory() && found.uid === (owner ?? process.getuid!()) && (found.mode & 0o077) === 0
  // Somebody else on the machine could make a folder of this name first, and answer in our database's place.
  if (!mine) throw new ConfigError(`${folder} must be a folder of our own that nobody else may enter. Remove it and retry.`)
  return folder
}

async function writeSettings({ data, socket, settings, launch }: Cluster) {
  const place: Settings = socket
    ? { listen_addresses: '', unix_socket_directories: socket, port: 5432 }
    : { listen_addresses: '127.0.0.1', port: await freePort() }
  const lines = Object.entries({ ...defaults, ...place, ...settings }).map(([name, value]) => `${name} = '${value}'\n`)
  const path = join(data, 'folkmoot.conf')
  writeFileSync(path, `# Written at each start. Lines after the include in postgresql.conf win.\n${lines.join('')}`)
  giveTo(launch.owner, path)
}

async function launchOnce(cluster: Cluster, output: string): Promise<Postmaster | null> {
  const descriptor = openSync(output, 'w', 0o600)
  const { command, args } = commandLine(cluster.launch, windows ? 'pg_ctl' : 'postgres')
  const rest = windows ? ['start', '-W', '-D', cluster.data] : ['-D', cluster.data]
  const child = spawn(command, [...args, ...rest], {
    cwd: cluster.home, env: plainEnvironment(), detached: true, stdio: ['ignore', descriptor, descriptor],
  })
  closeSync(descriptor)
  giveTo(cluster.launch.owner, output)
  let ended = false
  child.once('exit', code => (ended = !windows || code !== 0)).once('error', () => (ended = true)).unref()
  for (; ; await sleep(10)) {
    const running = findPostmaster(cluster.data)
    if (running?.ready) return running
    if (ended) return null
  }
}

async function run(launch: Launch, program: string, rest: string[]) {
  const { command, args } = commandLine(launch, program)
  try {
    await promisify(execFile)(command, [...args, ...rest], { env: plainEnvironment() })
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string }
    throw new Error(`${program} failed: ${stderr || stdout || error}`, { cause: error })
  }
}

const commandLine = ({ bin, prefix }: Launch, program: string) => {
  const [command, ...args] = [...prefix, join(bin, program)]
  return { command, args }
}

/** PGDATA, PGPORT and other settings for another PostgreSQL must not reach this one. */
const plainEnvironment = () =>
  ({ ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name))), LC_ALL: 'C' })

/** Is this process the PostgreSQL of this folder, rather than a program that got the number of a dead one? */
function isPostgresOf(data: string, pid: number) {
  if (!isAlive(pid)) return false
  if (windows) return true
  try {
    if (existsSync('/proc/self/cmdline')) return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`\0${data}\0`)
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).includes(data)
  } catch {
    return false
  }
}

/**
 * The number of a postmaster that died may by now belong to another program, or to a zombie, which PostgreSQL would
 * respect for ever. Ours in its place counts as stale (CreateLockFile ignores the number of the parent process), while
 * the rest of the file still guards against backends of the dead one that are not finished; so it must not be removed.
 */
function disownLockFiles({ data, socket }: Cluster) {
  const files = [join(data, 'postmaster.pid'), ...(socket ? [join(socket, '.s.PGSQL.5432.lock')] : [])]
  for (const path of files) {
    const text = readIfThere(path)
    if (text !== null) writeFileSync(path, text.replace(/^\d+/, String(process.pid)))
  }
}

/** What is in a file that PostgreSQL may take away at any moment. */
function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** On a volume shared by two containers each sees no process of the other, but its socket answers. */
async function refuseSecondServer({ socket, home }: Cluster) {
  if (!socket) return
  const client = connect(join(socket, '.s.PGSQL.5432'))
  const answers = await once(client, 'connect').then(() => true, () => false)
  client.destroy()
  if (answers) throw new ConfigError(`${home} is in use by a server in another container.`)
}

function signal(pid: number, name: NodeJS.Signals) {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
