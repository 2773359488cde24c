import { execFile } from 'node:child_process'
import { expect, test } from 'vitest'
import { makeClient, scene } from './scene.ts'

const run = (data: string, database: string, ...args: string[]): Promise<{ code: number; text: string; error: string }> => new Promise((resolve) => {
  const env = { ...process.env, FOLKMOOT_DATA: data, DATABASE_URL: database }
  const child = execFile(process.execPath, ['--disable-warning=ExperimentalWarning', 'server/cli.ts', ...args], { env },
    (_error, text, error) => resolve({ code: child.exitCode!, text: text.trim(), error }))
})

test('a token from the command line reads and writes, and has an administrator’s power only when it is said', { timeout: 180_000 }, async () => {
  const { olga, ann, url, config } = await scene()
  const make = (...scopes: string[]) => run(config.data, config.databaseUrl!, 'token', 'create', '--handle', olga.handle, ...scopes)
  const handles = [`new.${olga.handle}`, `more.${olga.handle}`]
  const add = (handle: string, ...scopes: string[]) => run(config.data, config.databaseUrl!, 'person', 'add', '--name', 'New', '--handle', handle, '--role', 'admin', '--token', ...scopes)
  const [plain, reader, all, wrong, newcomer, granting] = await Promise.all([
    make(), make('--scope', 'read'), make('--scope', 'read', '--scope', 'write', '--scope', 'admin'), make('--scope', 'everything'),
    add(handles[0]), add(handles[1], '--scope', 'write', 'admin', 'grant'),
  ])
  const by = (token: string) => makeClient(url, { ...olga, token })
  const missing = { status: 403, code: 'scope_missing' }
  expect(await (await by(plain.text)).patch('/me', { title: 'Owner' })).toMatchObject({ title: 'Owner' })
  expect(await (await by(plain.text)).patch(`/people/${ann.id}`, { role: 'guest' })).toMatchObject(missing)
  expect(await (await by(reader.text)).get('/me')).toMatchObject({ id: olga.id })
  expect(await (await by(reader.text)).patch('/me', { title: 'x' })).toMatchObject(missing)
  expect(await (await by(all.text)).patch('/network', { name: 'Acme' })).toMatchObject({ name: 'Acme' })
  expect(await (await by(all.text)).patch(`/people/${ann.id}`, { role: 'admin' })).toMatchObject(missing)
  expect(await (await by(newcomer.text)).patch('/network', { name: 'Mine' })).toMatchObject(missing)
  expect(await (await by(granting.text)).patch(`/people/${ann.id}`, { role: 'admin' })).toMatchObject({ role: 'admin' })
  expect([wrong.code, wrong.error]).toEqual([2, expect.stringContaining('read, write, admin, grant')])
})
