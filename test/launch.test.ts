import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'

// A checkout with nothing in it but the launcher and two stand-ins, in a path with a space.
const root = mkdtempSync(join(tmpdir(), 'folkmoot launch '))
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}
cpSync(join(import.meta.dirname, '../bin'), join(root, 'bin'), { recursive: true })
write('package.json', '{ "type": "module" }')
write('package-lock.json', '{ "packages": {} }')
write('node_modules/.package-lock.json', '{ "packages": {} }')
write('node_modules/vite/bin/vite.js', `
  import { mkdirSync, writeFileSync } from 'node:fs'
  const folder = process.argv[process.argv.indexOf('--outDir') + 1]
  mkdirSync(folder, { recursive: true })
  writeFileSync(folder + '/index.html', String(Date.now()))`)
write('node_modules/vite/package.json', '{ "type": "module" }')
write('web/main.ts', `import { rule } from '../server/features/a/policy.ts'`)
write('server/features/a/policy.ts', 'export const rule = 1')
write('server/cli.ts', `
  const words: string[] = process.argv.slice(2)
  console.log(JSON.stringify(words))
  process.exit(7)`)
// While there is a file `broken` it does not come up: it takes a line of it each time.
write('server/main.ts', `
  import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
  if (existsSync('broken')) {
    const lines = readFileSync('broken', 'utf8').split(',')
    lines.length > 1 ? writeFileSync('broken', lines.slice(1).join()) : rmSync('broken')
    lines[0] === 'kill' ? process.kill(process.pid, 'SIGKILL') : process.exit(Number(lines[0]))
  }
  process.send('ready')
  const page: string = readFileSync('dist/web/index.html', 'utf8')
  process.on('SIGTERM', () => { console.log('stopped'); process.exit(3) })
  setInterval(() => {}, 1000)
  console.log(JSON.stringify({ pid: process.pid, page }))`)
afterAll(() => rmSync(root, { recursive: true }))

const launcher = join(root, 'bin/launch.mjs')

const start = async () => {
  const child = spawn(process.execPath, [launcher, 'start'], { cwd: tmpdir(), stdio: ['ignore', 'pipe', 'ignore'] })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, ...(JSON.parse(String(line)) as { pid: number; page: string }) }
}

const stop = async ({ child }: Awaited<ReturnType<typeof start>>) => {
  child.kill('SIGTERM')
  const [code] = await once(child, 'exit')
  return code
}

const isAlive = (pid: number) => existsSync(`/proc/${pid}`)

test('the command line prints nothing but its own output and ends with its own code', () => {
  const { stdout, status } = spawnSync(process.execPath, [launcher, 'cli', 'person', 'add', '--name', 'Ann B'])
  expect(String(stdout)).toBe('["person","add","--name","Ann B"]\n')
  expect(status).toBe(7)
})

test('two starts at once build the web app once; later ones do so only when its sources change', async () => {
  const [one, two] = await Promise.all([start(), start()])
  expect(one.page).toBe(two.page)
  expect(await Promise.all([stop(one), stop(two)])).toEqual([3, 3])
  write('server/features/a/unseen.ts', 'export const unseen = 1')
  const again = await start()
  expect(again.page).toBe(one.page)
  await stop(again)
  write('server/features/a/policy.ts', 'export const rule = 2')
  const changed = await start()
  expect(changed.page).not.toBe(one.page)
  await stop(changed)
})

test.runIf(process.platform === 'linux')('a server whose launcher was killed ends as well', async () => {
  const { child, pid } = await start()
  child.kill('SIGKILL')
  for (let turn = 0; turn < 100 && isAlive(pid); turn++) await sleep(50)
  expect(isAlive(pid)).toBe(false)
})

test.runIf(process.platform === 'linux')('a server that crashed is started again, one that was stopped is not', async () => {
  const first = await start()
  const next = once(first.child.stdout, 'data')
  process.kill(first.pid, 'SIGKILL')
  const [line] = (await next) as [Buffer]
  const { pid } = JSON.parse(String(line)) as { pid: number }
  expect(pid).not.toBe(first.pid)
  expect(await stop(first)).toBe(3)
})

test.runIf(process.platform === 'linux')('a server that crashed while it started is tried again, a bounded number of times, and says so', async () => {
  write('broken', '70,kill')
  const { child } = await start()
  expect(await stop({ child } as Awaited<ReturnType<typeof start>>)).toBe(3)
  write('broken', '70,70,70,70')
  const env = { ...process.env, START_TRIES: '3' }
  const failed = spawnSync(process.execPath, [launcher, 'start'], { env })
  expect(failed.status).toBe(70)
  expect(String(failed.stderr)).toContain('could not be started (70), try 1 of 3, and is started again')
  expect(String(failed.stderr)).toContain('3 times in a row')
  // What somebody has to set right first is not tried again.
  write('broken', '1')
  expect(spawnSync(process.execPath, [launcher, 'start'], { env }).status).toBe(1)
})

test('an unknown verb is refused in words', () => {
  const { stderr, status } = spawnSync(process.execPath, [launcher, 'dance'])
  expect(String(stderr)).toContain('dance')
  expect(status).toBe(1)
})
