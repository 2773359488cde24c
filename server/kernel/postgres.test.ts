import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, expect, test, vi } from 'vitest'
import { inspectDatabase, openPostgres } from './postgres.ts'
import { isAlive } from './process-lock.ts'

vi.setConfig({ testTimeout: 60_000 })

const base = mkdtempSync(join(tmpdir(), 'folkmoot postgres '))
const children: ChildProcess[] = []
const opened: { close(): Promise<void> }[] = []
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  for (const database of opened) await database.close()
  rmSync(base, { recursive: true, force: true })
})

const open = async (dir: string) => {
  const database = await openPostgres({ dir })
  opened.push(database)
  return database
}

const ask = async (url: string, text: string) => {
  const client = new pg.Client(url)
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query({ text, rowMode: 'array' })).rows[0]?.[0]
  } finally {
    await client.end()
  }
}

const postmaster = (dir: string) => Number(readFileSync(join(dir, 'cluster/postmaster.pid'), 'utf8').split('\n')[0])

/** Another process that opens the database and says so, then waits. */
const holdElsewhere = async (dir: string) => {
  const script = join(base, 'hold.ts')
  const module = new URL('./postgres.ts', import.meta.url)
  writeFileSync(script, `
    import { openPostgres } from ${JSON.stringify(module.href)}
    const database = await openPostgres({ dir: process.argv[2] })
    process.on('message', async () => { await database.close(); process.exit() })
    process.send(database.url)`)
  const child = fork(script, [dir], { execArgv: ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'] })
  children.push(child)
  const [url] = (await once(child, 'message')) as [string]
  return { child, url }
}

const eventually = async (check: () => boolean | Promise<boolean>) => {
  for (let turn = 0; turn < 600; turn++) {
    if (await (async () => check())().catch(() => false)) return
    await sleep(50)
  }
  expect.fail('did not come true within half a minute')
}

test('starts in a path with a space, answers, and stops', async () => {
  const dir = join(base, 'first')
  const database = await open(dir)
  expect(await ask(database.url, 'select 1')).toBe(1)
  expect(await ask(database.url, 'show fsync')).toBe('on')
  expect(await ask(database.url, 'show listen_addresses')).toBe('')
  expect(await inspectDatabase(database.url)).toEqual({ version: 18, warnings: [] })
  const pid = postmaster(dir)
  await Promise.all([database.close(), database.close()])
  expect(isAlive(pid)).toBe(false)
})

test('is shared by two processes and stops with the last', async () => {
  const dir = join(base, 'first')
  const [database, other] = await Promise.all([open(dir), holdElsewhere(dir)])
  expect(other.url).toBe(database.url)
  const pid = postmaster(dir)
  await database.close()
  expect(await ask(other.url, 'select 2')).toBe(2)
  other.child.send('close')
  await once(other.child, 'exit')
  expect(isAlive(pid)).toBe(false)
})

test('a killed holder is forgotten and its PostgreSQL taken over', async () => {
  const dir = join(base, 'first')
  const other = await holdElsewhere(dir)
  const pid = postmaster(dir)
  other.child.kill('SIGKILL')
  await once(other.child, 'exit')
  const database = await open(dir)
  expect(postmaster(dir)).toBe(pid)
  await database.close()
  expect(isAlive(pid)).toBe(false)
})

test('a killed PostgreSQL is started again with what it had confirmed', async () => {
  const dir = join(base, 'first')
  const database = await open(dir)
  await ask(database.url, 'create table kept as select 42 as answer')
  const pid = postmaster(dir)
  process.kill(pid, 'SIGKILL')
  await eventually(async () => (await ask(database.url, 'select answer from kept')) === 42)
  expect(postmaster(dir)).not.toBe(pid)
  await database.close()
})

test('a killed server with a killed PostgreSQL leaves nothing in the way', async () => {
  const dir = join(base, 'first')
  const other = await holdElsewhere(dir)
  other.child.kill('SIGKILL')
  process.kill(postmaster(dir), 'SIGKILL')
  await once(other.child, 'exit')
  const file = join(dir, 'cluster/postmaster.pid')
  // As if the number now belonged to an unrelated program.
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, '1'))
  writeFileSync(join(dir, 'lock'), '999999999 1')
  const database = await open(dir)
  expect(await ask(database.url, 'select answer from kept')).toBe(42)
  await database.close()
})

test('works in a path that is too long for a socket', async () => {
  const dir = join(base, 'long'.repeat(30))
  const database = await open(dir)
  expect(await ask(database.url, 'select 3')).toBe(3)
  const socket = new URL(database.url).searchParams.get('host')!
  await database.close()
  rmSync(socket, { recursive: true })
})

test('warns about a database that takes Japanese letters for no letters', async () => {
  const database = await open(join(base, 'first'))
  await ask(database.url, `create database plain template template0 encoding 'UTF8' locale_provider libc locale 'C'`)
  const url = new URL(database.url)
  url.pathname = '/plain'
  const { warnings } = await inspectDatabase(url.href)
  expect(warnings).toEqual([expect.stringContaining('lc_ctype')])
  expect(await ask(url.href, `select count(*)::int from pg_extension where extname = 'pg_trgm'`)).toBe(0)
  await database.close()
})

test('an interrupted first start is begun again', async () => {
  const dir = join(base, 'interrupted')
  void holdElsewhere(dir)
  await eventually(() => readdirSync(dir).some(name => existsSync(join(dir, name, 'PG_VERSION'))))
  children.at(-1)!.kill('SIGKILL')
  const database = await open(dir)
  expect(await ask(database.url, 'select 4')).toBe(4)
  await database.close()
})
