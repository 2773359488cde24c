import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { findChromium } from './chromium.mjs'
import { listFiles, reachable } from './imports.mjs'
import { bringNode, buildWeb, installPackages, root } from './prepare.mjs'

const follow = pathToFileURL(join(root, 'bin/follow.mjs')).href

// Keeps what Node made of our TypeScript and of the packages: the second start is faster by a third of a second.
const compiled = { NODE_COMPILE_CACHE: join(root, '.cache/compiled') }

/** The server, after building the web app where its sources changed. */
async function start(node, args) {
  await buildWeb(node)
  if (process.env.npm_lifecycle_event) await import('./follow.mjs')
  // A small young generation: a third less memory under load, at no cost that could be measured.
  return again(onReady => serve(node, ['--max-semi-space-size=8', 'server/main.ts', ...args], {}, onReady))
}

// What a server ends with that did not mean to: by itself (70), or by a signal that nobody sends to stop it.
const crashed = [70, ...['SIGILL', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGKILL', 'SIGSEGV'].map(name => 128 + constants.signals[name])]

/**
 * Starts a server again that crashed: at once the first time, later and later when it does not stay up for a minute. One
 * that never comes up is tried START_TRIES times, about two minutes, and then left to whoever started us.
 */
async function again(run) {
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop.abort())
  const most = Number(process.env.START_TRIES) || 10
  for (let [wait, failed] = [250, 0]; ; wait = Math.min(wait * 2, 30_000)) {
    const begun = Date.now()
    failed++
    const code = await run(() => (failed = 0))
    if (stop.signal.aborted || !crashed.includes(code)) return code
    if (failed >= most) {
      process.stderr.write(`The server could not be started (${code}), ${most} times in a row; what it said stands above.\n`)
      return code
    }
    if (Date.now() - begun > 60_000) wait = 250
    const what = failed ? `could not be started (${code}), try ${failed} of ${most},` : `ended unexpectedly (${code})`
    process.stderr.write(`The server ${what} and is started again in ${wait / 1000} s.\n`)
    await sleep(wait, undefined, stop).catch(() => {})
    if (stop.signal.aborted) return code
  }
}

/** The command line; prints nothing of its own on standard output. */
const cli = (node, args) => serve(node, ['server/cli.ts', ...args])

/** Server and web app, both following the sources as they change. */
async function dev(node, args) {
  const web = serve(node, ['node_modules/vite/bin/vite.js', '--clearScreen', 'false'])
  return Promise.race([serve(node, ['--watch', 'server/main.ts', ...args]), web])
}

/** Everything that must hold before a change is handed in. With arguments: only the tests they name. */
async function test(node, args) {
  const faults = args.length ? 0 : await countFaults(node)
  await buildWeb(node)
  const CHROMIUM_PATH = await findChromium()
  const { runTests } = await import('./tests.mjs')
  return runTests({ args, faults, run: (rest, env) => serve(node, rest, { CHROMIUM_PATH, ...env }) })
}

/**
 * What chance decides in the tests, many times as often and from another seed, which is printed so that it can be played again.
 * With arguments: only the tests they name.
 */
async function long(node, args) {
  const seed = (process.env.FOLKMOOT_SEED ||= String(randomInt(2 ** 31)))
  process.env.FOLKMOOT_LONG = '1'
  const say = () => process.stdout.write(`Chance began at ${seed}: FOLKMOOT_SEED=${seed} npm run test:long plays the same again.\n`)
  say()
  return test(node, args.length ? args : testsByChance()).finally(say)
}

/** The tests in which chance decides anything: those that take it from test/chance.ts. */
const testsByChance = () => ['server', 'test'].flatMap(folder => listFiles(root, folder))
  .filter(path => path.endsWith('.test.ts') && reachable(root, [path]).includes('test/chance.ts'))

/** Lint, import boundaries and types. */
const check = async node => ((await countFaults(node)) ? 1 : 0)

/** Measures; the web app too, so it is built. */
async function bench(node, args) {
  await buildWeb(node)
  return serve(node, ['bench/main.ts', ...args])
}

async function countFaults(node) {
  const checks = [
    ['node_modules/oxlint/bin/oxlint', '--quiet'],
    ['bin/boundaries.mjs'],
    ['node_modules/typescript/bin/tsc', '--noEmit', '-p', '.'],
  ]
  let faults = 0
  for (const args of checks) if ((await serve(node, args)) !== 0) faults++
  return faults
}

/** Runs `node ARGS` in our place: its output, the signals we get, its exit code. `onReady` is called when it says so. */
function serve(node, args, env = {}, onReady = undefined) {
  // Node 22 and 24 warn of type stripping, which is stable in what it does for us.
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', '--import', follow, ...args], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', ...(onReady ? ['ipc'] : [])],
    env: { ...compiled, ...process.env, ...env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` },
  })
  if (onReady) child.once('message', onReady)
  const forward = signal => {
    // Ctrl-C in a terminal reaches the whole group, so the child has it already.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, forward)
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('exit', (code, signal) => {
      for (const name of signals) process.off(name, forward)
      resolve(signal ? 128 + constants.signals[signal] : code)
    })
  })
}

const verbs = { start, cli, dev, test, long, check, bench }

async function main([verb = 'start', ...args]) {
  if (!Object.hasOwn(verbs, verb)) throw new Error(`Not a verb: ${verb}. There are ${Object.keys(verbs).join(', ')}.`)
  await installPackages()
  return verbs[verb](await bringNode(), args)
}

main(process.argv.slice(2)).then(
  code => process.exit(code),
  error => {
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  },
)
