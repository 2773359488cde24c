import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { Visitor } from '../../test/visitor.ts'
import { openHost } from '../host.ts'
import { makeClient, scene, testConfig } from '../scene.ts'
import { startFolkmoot } from '../start.ts'
import { backup, restore, verifyBackup } from './backup.ts'
import type { Host } from './context.ts'

const base = mkdtempSync(join(tmpdir(), 'folkmoot backup '))
const clean: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const step of clean.reverse()) await step()
  rmSync(base, { recursive: true, force: true })
})

let count = 0
const folder = () => join(base, String(++count))
const filesOf = (host: Host) => join(host.config.data, 'files')

async function emptyHost() {
  const { config, drop } = await testConfig()
  clean.push(drop)
  const { host, close } = await openHost(config)
  clean.push(close)
  return { host, config }
}

/** Every table with a fingerprint of all its rows, and every sequence. */
async function contents(host: Host): Promise<Record<string, string>> {
  const { rows } = await host.pool.query(`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname not like 'kysely%'`)
  const found: Record<string, string> = {}
  for (const { name } of rows) {
    const { rows: [row] } = await host.pool.query(`select count(*)::int as n, md5(coalesce(string_agg(t::text, chr(10) order by t::text), '')) as print from "${name}" t`)
    found[name] = `${row.n} ${row.print}`
  }
  return found
}

/** A network with something in each of its tables. */
async function livedIn() {
  const all = await scene()
  const { ann, bob, olga, eve, team, settled } = all
  const entry = await bob.post(`/spaces/${team.id}/entries`, { title: 'Ümläut 日本語 🎉', body: `"quoted", \\ and \n new line for @${ann.handle} on #soup\t` })
  await bob.patch(`/entries/${entry.id}`, { body: `changed for @${ann.handle} on #salt` })
  const reply = await ann.post(`/entries/${entry.id}/replies`, { body: 'yes' }, { 'idempotency-key': 'k' })
  await bob.put(`/entries/${reply.id}/reactions/👍`)
  await ann.del(`/entries/${reply.id}`)
  const form = new FormData()
  form.append('file', new Blob(['the content of a file']), 'notes.txt')
  const file = await bob.post('/files', form)
  await bob.post(`/spaces/${team.id}/entries`, { body: 'with a file', files: [file.id] })
  const closed = await ann.post('/spaces', { name: 'Board', purpose: 'x', visibility: 'closed' })
  await ann.post(`/spaces/${closed.id}/invitations`, { person: bob.id })
  await eve.post(`/spaces/${closed.id}/join`)
  const direct = await ann.post('/conversations', { people: [bob.id] })
  await bob.post(`/spaces/${direct.id}/entries`, { body: 'psst' })
  await ann.post(`/entries/${entry.id}/read`)
  await new Visitor(ann.url).signIn(ann.handle, 'correct horse')
  await olga.patch('/me', { time_zone: 'Asia/Tokyo' })
  await settled()
  return { ...all, entry, file }
}

test('what was backed up is there again, row by row and file by file, and lives on', { timeout: 120_000 }, async () => {
  const { host, ann, bob, entry, file } = await livedIn()
  const target = folder()
  const manifest = await backup(host.pool, filesOf(host), target)
  expect(await verifyBackup(target)).toEqual(JSON.parse(JSON.stringify(manifest)))
  const full = manifest.tables.filter(({ rows }) => rows > 0).map(({ name }) => name)
  for (const table of ['people', 'sessions', 'api_tokens', 'spaces', 'memberships', 'join_requests', 'space_invitations', 'entries', 'entry_versions', 'removals',
    'reactions', 'mentions', 'topics', 'notifications', 'thread_reads', 'files', 'entry_files', 'events', 'effect_cursors', 'idempotency', 'network'])
    expect(full).toContain(table)

  const { host: other, config } = await emptyHost()
  await restore(other.pool, filesOf(other), target)
  expect(await contents(other)).toEqual(await contents(host))
  const running = await startFolkmoot(config)
  clean.push(running.stop)
  expect(running.setupLink).toBeNull()
  expect((await new Visitor(running.url).signIn(ann.handle, 'correct horse')).status).toBe(200)
  const there = await makeClient(running.url, bob)
  expect(await there.get(`/entries/${entry.id}`)).toMatchObject({ title: 'Ümläut 日本語 🎉', body: entry.body.replace(/.*/s, `changed for @${ann.handle} on #salt`) })
  const content = await fetch(`${running.url}/api/v1/files/${file.id}`, { headers: { authorization: `Bearer ${bob.token}` } })
  expect(await content.text()).toBe('the content of a file')
  // New facts are numbered above the old ones, and nobody is told again of what was.
  const before = await there.get('/events?after=0&limit=1')
  const { seq } = await there.get('/me')
  expect(before.items[0].seq).toBeLessThanOrEqual(seq)
  await there.post(`/entries/${entry.id}/replies`, { body: 'on the new machine' })
  await running.settled()
  const news = (await there.get(`/events?after=${seq}`)).items
  expect(news.map((event: { type: string }) => event.type)).toEqual(['entry.published'])
})

test('a backup that is made while people write is whole in itself', { timeout: 120_000 }, async () => {
  const { host, bob, ann, team } = await scene()
  let stopped = false
  const root = await bob.post(`/spaces/${team.id}/entries`, { body: 'root' })
  const writing = Promise.all([ann, bob].map(async (person) => {
    while (!stopped) await person.post(`/entries/${root.id}/replies`, { body: 'more' })
  }))
  const target = folder()
  await backup(host.pool, filesOf(host), target)
  stopped = true
  await writing
  const { host: other } = await emptyHost()
  await restore(other.pool, filesOf(other), target)
  const { rows: [row] } = await other.pool.query(`select reply_count, (select count(*)::int from entries e where e.root_id = r.id) as n from entries r where id = $1`, [root.id])
  expect(row.reply_count).toBe(row.n)
})

test('signs that other programs take for the end of a line are backed up and restored as they are', { timeout: 120_000 }, async () => {
  const { host, ann, bob, team, settled } = await scene()
  // Every sign of Unicode that ends a line, separates or controls, but for NUL, which PostgreSQL does not keep.
  const signs = Array.from({ length: 0x3000 }, (_, i) => String.fromCharCode(i + 1)).filter((sign) => /[\p{Z}\p{Cc}\p{Cf}]/u.test(sign))
  const body = signs.map((sign) => `a${sign}b`).join('')
  const entry = await bob.post(`/spaces/${team.id}/entries`, { body })
  for (const sign of ['\u2028', '\u2029', '\u0085', '\u000b']) await ann.post(`/spaces/${team.id}/entries`, { body: `x${sign}y` })
  await settled()
  const target = folder()
  await backup(host.pool, filesOf(host), target)
  const { host: other } = await emptyHost()
  await restore(other.pool, filesOf(other), target)
  expect(await contents(other)).toEqual(await contents(host))
  expect((await other.pool.query('select body from entries where id = $1', [entry.id])).rows[0].body).toBe((await bob.get(`/entries/${entry.id}`)).body)
})

test('files are read back, too: one that is missing, changed or was damaged before is named', { timeout: 120_000 }, async () => {
  const { host, file } = await livedIn()
  expect(file.id).toBeTruthy()
  const good = folder()
  const manifest = await backup(host.pool, filesOf(host), good)
  expect(manifest.files).toMatchObject({ damaged: [] })
  const [path] = readdirSync(join(good, 'files'), { recursive: true }).map(String).filter((name) => name.length > 60)
  const harmed = (harm: (file: string) => void) => {
    const bad = folder()
    cpSync(good, bad, { recursive: true })
    harm(join(bad, 'files', path))
    return bad
  }
  const flip = (at: string) => {
    const bytes = readFileSync(at)
    bytes[0] ^= 1
    writeFileSync(at, bytes)
  }
  const { host: other } = await emptyHost()
  await expect(restore(other.pool, filesOf(other), harmed(flip))).rejects.toThrow(/files\/.* is damaged/)
  await expect(restore(other.pool, filesOf(other), harmed((at) => rmSync(at)))).rejects.toThrow(/files\/.* is missing/)
  // A backup of the time before the list of files is held against the names of its files.
  const old = harmed(flip)
  writeFileSync(join(old, 'manifest.json'), JSON.stringify({ ...manifest, files: undefined }))
  await expect(verifyBackup(old)).rejects.toThrow(/files\/.* is damaged/)
  flip(join(filesOf(host), path))
  expect((await backup(host.pool, filesOf(host), folder())).files!.damaged).toEqual([path])
  flip(join(filesOf(host), path))
})

test('a damaged, cut or foreign backup is refused before anything is changed', { timeout: 120_000 }, async () => {
  const { host } = await scene()
  const good = folder()
  await backup(host.pool, filesOf(host), good)
  const { host: other } = await emptyHost()
  const before = await contents(other)
  const damaged = (harm: (path: string) => void) => {
    const bad = folder()
    cpSync(good, bad, { recursive: true })
    harm(bad)
    return bad
  }
  const refused = (path: string, why: RegExp) => expect(restore(other.pool, filesOf(other), path)).rejects.toThrow(why)
  await refused(damaged((path) => {
    const table = join(path, 'tables/people.jsonl.gz')
    const bytes = readFileSync(table)
    bytes[20] ^= 1
    writeFileSync(table, bytes)
  }), /people of this backup is damaged/)
  await refused(damaged((path) => appendFileSync(join(path, 'tables/spaces.jsonl.gz'), 'x')), /spaces of this backup is damaged/)
  await refused(damaged((path) => rmSync(join(path, 'tables/entries.jsonl.gz'))), /entries/)
  await refused(damaged((path) => rmSync(join(path, 'manifest.json'))), /not a backup/)
  const manifest = (change: object) => damaged((path) => {
    const file = join(path, 'manifest.json')
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...change }))
  })
  await refused(manifest({ format: 2 }), /format 2/)
  await refused(manifest({ steps: ['9999-from-the-future'] }), /newer version \(step 9999-from-the-future\)/)
  expect(await contents(other)).toEqual(before)
})

test('nothing is overwritten: neither a folder with something in it nor a network with people', async () => {
  const { host } = await scene()
  const target = folder()
  await backup(host.pool, filesOf(host), target)
  await expect(backup(host.pool, filesOf(host), target)).rejects.toThrow(/not empty/)
  await expect(restore(host.pool, filesOf(host), target)).rejects.toThrow(/people in this network already/)
  expect(existsSync(join(target, 'manifest.json'))).toBe(true)
  expect(readdirSync(join(target, 'tables')).length).toBeGreaterThan(20)
})
