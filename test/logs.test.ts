import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { SMTPServer } from 'smtp-server'
import { afterAll, expect, test } from 'vitest'
import { makeLog } from '../server/kernel/log.ts'
import { scene, sceneWith, testConfig } from '../server/scene.ts'
import { startFolkmoot } from '../server/start.ts'
import { findLeaks } from './canaries.ts'

const folder = mkdtempSync(join(tmpdir(), 'folkmoot-lines-'))
afterAll(() => rmSync(folder, { recursive: true }))

const WORDS = 'Nobody knows of the layoffs yet'

/** What the log says of an error. */
function lineOf(err: unknown) {
  const logFile = join(mkdtempSync(join(folder, 'one-')), 'a.log')
  makeLog({ logLevel: 'debug', logFile }).error({ err }, 'request failed')
  const line = readFileSync(logFile, 'utf8')
  for (const secret of [WORDS, 'layoffs', 'ann.smith', 'fmi_0123']) expect(line).not.toContain(secret)
  return JSON.parse(line).err
}

const errorOf = (work: () => unknown) => Promise.resolve().then(work).then(() => expect.fail('There was no error.'), (error: Error) => error)

test('the log names the errors of the database by their kind, and quotes none of the values', async () => {
  const { host, ann } = await scene()
  await host.pool.query('create temp table kept (words text primary key check (length(words) > 3))')
  const twice = await errorOf(() => host.pool.query(`insert into people (id, name, handle, email) select gen_random_uuid(), $1, h, 'ann.smith@x.example' from unnest(array['layoffs1', 'layoffs2']) h`, [WORDS]))
  expect(String((twice as { detail?: string }).detail)).toContain('ann.smith')
  expect(lineOf(twice)).toMatchObject({ code: expect.stringMatching(/^23/), message: expect.any(String), stack: expect.arrayContaining([expect.stringMatching(/^at .*\.[jt]s/)]) })
  const wrong = await errorOf(() => host.pool.query('select $1::text::int', [WORDS]))
  expect(wrong.message).toContain(WORDS)
  expect(lineOf(wrong)).toMatchObject({ code: '22P02', routine: expect.any(String) })
  const late = await errorOf(() => host.pool.query(`select $1 from people where id = $2`, [WORDS, ann.id]).then(() => host.pool.query('select * from nowhere')))
  expect(lineOf(late)).toMatchObject({ code: '42P01', message: 'relation "nowhere" does not exist' })
})

test('the log tells why something could not be read or sent, and not what it was nor to whom', async () => {
  const json = await errorOf(() => JSON.parse(`{"body": ${WORDS}}`))
  expect(json.message).toContain('Nobody')
  expect(lineOf(json)).toMatchObject({ type: 'SyntaxError' })
  expect(lineOf(new Error('outer', { cause: json }))).toMatchObject({ message: 'outer', cause: { type: 'SyntaxError' } })
  expect(lineOf(new Error('No letter to ann.smith@x.example (fmi_0123456789abcdef)'))).toMatchObject({ message: 'No letter to …@… (fm…)' })
  expect(lineOf(WORDS)).toEqual({ type: 'string' })
  const server = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS'], onRcptTo: ({ address }, _session, done) => done(Object.assign(new Error(`Nobody called <${address}> here`), { responseCode: 550 })) })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.server.address() as { port: number }
  const refused = await errorOf(() => createTransport({ host: '127.0.0.1', port }).sendMail({ from: 'a@x.example', to: 'ann.smith@x.example', subject: WORDS, text: WORDS }))
  await new Promise<void>((done) => server.close(done))
  expect(refused.message).toContain('ann.smith')
  expect(lineOf(refused)).toMatchObject({ responseCode: 550, command: 'RCPT TO' })
})

test('a database that is gone in the middle of everything leaves lines about it, and nothing of what was asked', async () => {
  const { config, drop } = await testConfig()
  const running = await startFolkmoot(config)
  await drop()
  const ask = (path: string, body?: object) => fetch(`${running.url}/api/v1${path}`, { method: body ? 'POST' : 'GET', headers: { authorization: `Bearer fmt_${'a'.repeat(43)}`, ...(body && { 'content-type': 'application/json' }) }, body: body && JSON.stringify(body) })
  expect((await ask(`/invitations/by-token/fmi_${'b'.repeat(43)}`)).status).toBe(500)
  expect((await ask(`/search?q=${encodeURIComponent(WORDS)}`)).status).toBe(500)
  expect((await ask('/sessions', { login: 'ann.smith@x.example', password: `${WORDS} at all` })).status).toBe(500)
  await running.stop()
  const lines = readFileSync(config.logFile!, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line))
  const routes = lines.filter(({ msg }) => msg === 'request failed').map(({ route }) => route)
  expect(routes).toEqual(expect.arrayContaining(['/api/v1/invitations/by-token/:token', '/api/v1/search', '/api/v1/sessions']))
  const here = mkdtempSync(join(folder, 'gone-'))
  appendFileSync(join(here, 'a.log'), readFileSync(config.logFile!))
  appendFileSync(join(here, 'a.canaries'), `${JSON.stringify({ kind: 'words', text: WORDS })}\n`)
  expect(findLeaks(here)).toEqual([])
})

test('the log goes to the file that LOG_FILE names, with the route of each request and never its address', async () => {
  const logFile = join(folder, 'named.log')
  const { ann } = await sceneWith({ LOG_FILE: logFile, LOG_LEVEL: 'debug' })
  await ann.get(`/search?q=${encodeURIComponent(WORDS)}`)
  await expect.poll(() => readFileSync(logFile, 'utf8'), { timeout: 30_000 }).toMatch(/"route":"\/api\/v1\/search","status":200/)
  expect(readFileSync(logFile, 'utf8')).not.toContain('layoffs')
})

test('what stands in a log and must not is found: as it is, as it is in JSON, and by its looks', () => {
  const here = mkdtempSync(join(folder, 'planted-'))
  const canaries = [{ kind: 'words', text: WORDS }, { kind: 'password', text: 'with "signs" \u001b in it' }, { kind: 'search', text: 'salaries' }]
  appendFileSync(join(here, '1.canaries'), canaries.map((one) => `${JSON.stringify(one)}\n`).join(''))
  const lines = [
    'nothing at all', `{"time":1,"msg":"${WORDS}!"}`, JSON.stringify({ body: 'with "signs" \u001b in it' }), '/search?q=salaries', `GET /invite/fmi_${'a'.repeat(43)}`,
    `ERROR:  Key (email)=(ann@x.example) already exists`, `/setup?token=${'c'.repeat(43)}`,
  ]
  appendFileSync(join(here, 'a.log'), lines.join('\n'))
  expect(findLeaks(here).map(({ kind }) => kind).sort()).toEqual(['address', 'password', 'search', 'secret', 'secret', 'words'])
  expect(findLeaks(here).map(({ line }) => line).join()).not.toMatch(/layoffs|ann@|fmi_a|salaries/)
})
