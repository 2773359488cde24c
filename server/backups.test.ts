import { createHash } from 'node:crypto'
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { fillTables, HOSTILE, spoilTexts } from '../test/fill-tables.ts'
import { fingerprints, tablesOf } from '../test/fingerprints.ts'
import { Visitor } from '../test/visitor.ts'
import { backUp, bringBack, lookOver } from './backups.ts'
import { openHost } from './host.ts'
import { makeClient, scene, testConfig } from './scene.ts'
import { startFolkmoot } from './start.ts'
import { migrations } from './app.ts'
import { sweepFiles } from './features/files/jobs.ts'
import { seal } from './kernel/backup/manifest.ts'
import type { Host } from './kernel/context.ts'
import { migrate } from './kernel/migrate.ts'

const base = mkdtempSync(join(tmpdir(), 'folkmoot backup '))
const clean: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const step of clean.reverse()) await step()
  rmSync(base, { recursive: true, force: true })
})

let count = 0
const folder = () => join(base, String(++count))
const filesOf = (host: Host) => join(host.config.data, 'files')

async function emptyHost(isMigrated = true) {
  const { config, drop } = await testConfig()
  clean.push(drop)
  const { host, close } = await openHost(config, { isMigrated })
  clean.push(close)
  return { host, config }
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
  await bob.post(`/spaces/${team.id}/entries`, { kind: 'question', title: 'Which salt?', from: entry.id })
  const direct = await ann.post('/conversations', { people: [bob.id] })
  await bob.post(`/spaces/${direct.id}/entries`, { body: 'psst' })
  await ann.post(`/entries/${entry.id}/read`)
  await new Visitor(ann.url).signIn(ann.handle, 'correct horse')
  await olga.patch('/me', { time_zone: 'Asia/Tokyo' })
  await settled()
  return { ...all, entry, file }
}


const flip = (path: string, at = 20) => {
  const bytes = readFileSync(path)
  bytes[at % bytes.length] ^= 1
  writeFileSync(path, bytes)
}
const contentsOf = (path: string) => readdirSync(join(path, 'files'), { recursive: true }).map(String).filter((name) => name.length > 60).sort()

/** A copy of a backup with something done to it. */
function harmed(good: string, harm: (path: string) => void): string {
  const bad = folder()
  cpSync(good, bad, { recursive: true })
  harm(bad)
  return bad
}

/** Writes a table of a backup anew, and what the manifest says of it, as somebody would who knows how. */
function rewrite(path: string, table: string, change: (lines: string[]) => string[], rows?: number): void {
  const manifest = JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8'))
  const file = join(path, `tables/${table}.jsonl.gz`)
  const lines = change(gunzipSync(readFileSync(file)).toString().split('\n').slice(0, -1))
  const bytes = gzipSync(lines.map((line) => `${line}\n`).join(''))
  writeFileSync(file, bytes)
  Object.assign(manifest.tables.find((t: { name: string }) => t.name === table), { sha256: createHash('sha256').update(bytes).digest('hex'), rows: rows ?? lines.length })
  writeFileSync(join(path, 'manifest.json'), JSON.stringify(seal(manifest)))
}

test('what was backed up is there again, row by row and file by file, and lives on', async () => {
  const { host, ann, bob, entry, file } = await livedIn()
  const target = folder()
  const { manifest, ...verdict } = await backUp(host, target)
  expect(verdict).toEqual({ wrong: 0, faults: [], lacking: 0 })
  expect(await lookOver(target)).toEqual({ manifest, ...verdict })

  const { host: other, config } = await emptyHost()
  await bringBack(other, target)
  expect(await fingerprints(other.pool)).toEqual(await fingerprints(host.pool))
  const running = await startFolkmoot(config)
  clean.push(running.stop)
  expect(running.setupLink).toBeNull()
  expect((await new Visitor(running.url).signIn(ann.handle, 'correct horse')).status).toBe(200)
  const there = await makeClient(running.url, bob)
  expect(await there.get(`/entries/${entry.id}`)).toMatchObject({ title: 'Ümläut 日本語 🎉', body: `changed for @${ann.handle} on #salt` })
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

test('every table comes back as it was, whatever signs are in it and however its rows refer to each other', async () => {
  const { host, ann, bob, team, settled } = await livedIn()
  await bob.post(`/spaces/${team.id}/entries`, { title: 'hostile', body: HOSTILE })
  for (const sign of ['\u2028', '\u2029', '\u0085', '\u000b', '\r', '\f']) await ann.post(`/spaces/${team.id}/entries`, { body: `x${sign}y` })
  await settled()
  const lived = folder()
  await backUp(host, lived)
  const { host: full } = await emptyHost()
  await bringBack(full, lived)
  expect(await fingerprints(full.pool)).toEqual(await fingerprints(host.pool))

  // No server runs here, so that each table can be given something, and every text be as bad as the schema lets it.
  expect(await fillTables(full.pool)).toEqual([])
  expect(await spoilTexts(full.pool)).toBeGreaterThan(60)
  // Whatever is changed moves to the end of its table: replies now stand before what they reply to, and far from it.
  await full.pool.query(`insert into entries select (jsonb_populate_record(null::entries, to_jsonb(e.*) || jsonb_build_object('id', gen_random_uuid(), 'root_id', e.id))).*
    from (select * from entries where root_id is null and state = 'published' limit 1) e, generate_series(1, 1500)`)
  await full.pool.query('update entries set edited_at = now() where root_id is null')
  const target = folder()
  const { wrong } = await backUp(full, target)
  expect(wrong).toBe(0)
  const { host: other } = await emptyHost()
  await bringBack(other, target)
  const [before, after] = [await fingerprints(full.pool), await fingerprints(other.pool)]
  expect(after).toEqual(before)
  expect(Object.values(before).filter((print) => print.startsWith('0 '))).toEqual([])
  expect(contentsOf(other.config.data)).toEqual(contentsOf(full.config.data))
})

test('a backup that is made while people write is whole in itself, and nothing is cleaned away under it', async () => {
  const { host, bob, ann, team } = await scene()
  let stopped = false
  const root = await bob.post(`/spaces/${team.id}/entries`, { body: 'root' })
  const writing = Promise.all([ann, bob].map(async (person) => {
    for (let n = 0; !stopped; n++) {
      const form = new FormData()
      form.append('file', new Blob([`${person.handle} ${n}`]), 'note.txt')
      const file = await person.post('/files', form)
      await person.post(`/entries/${root.id}/replies`, { body: 'more', files: [file.id] })
    }
  }))
  const target = folder()
  const { lacking } = await backUp(host, target)
  stopped = true
  await writing
  expect(lacking).toBe(0)
  const { host: other } = await emptyHost()
  await bringBack(other, target)
  const { rows: [row] } = await other.pool.query(`select reply_count, (select count(*)::int from entries e where e.root_id = r.id) as n from entries r where id = $1`, [root.id])
  expect(row.reply_count).toBe(row.n)
  const { rows: files } = await other.pool.query(`select distinct encode(sha256, 'hex') as sha256 from files order by 1`)
  expect(contentsOf(other.config.data).map((path) => path.replace('/', ''))).toEqual(files.map(({ sha256 }) => sha256))

  const there = contentsOf(other.config.data)
  await other.pool.query('delete from files')
  const client = await other.pool.connect()
  await client.query(`select pg_advisory_lock_shared(hashtextextended('backup', 0))`)
  await sweepFiles.run(other, {})
  expect(contentsOf(other.config.data)).toEqual(there)
  client.release(true)
  // The lock goes with its connection, a moment after that was let go.
  await expect.poll(async () => {
    await sweepFiles.run(other, {})
    return contentsOf(other.config.data)
  }, { timeout: 30_000 }).toEqual([])
})

test('whatever is damaged, cut or foreign in a backup is named, and refused before anything is changed', async () => {
  const { host } = await livedIn()
  const good = folder()
  const { manifest } = await backUp(host, good)
  const { host: other } = await emptyHost()
  const before = await fingerprints(other.pool)
  const refused = async (harm: (path: string) => void, why: RegExp) => {
    const bad = harmed(good, harm)
    await expect(lookOver(bad).then(({ faults }) => { throw new Error(faults.join('\n') || 'nothing is wrong') })).rejects.toThrow(why)
    await expect(bringBack(other, bad)).rejects.toThrow(why)
  }
  const [content] = contentsOf(good)
  await refused((path) => flip(join(path, 'tables/people.jsonl.gz')), /tables\/people.jsonl.gz is damaged behind line \d+/)
  await refused((path) => appendFileSync(join(path, 'tables/spaces.jsonl.gz'), 'x'), /tables\/spaces.jsonl.gz is damaged/)
  await refused((path) => rmSync(join(path, 'tables/entries.jsonl.gz')), /tables\/entries.jsonl.gz is missing/)
  await refused((path) => flip(join(path, 'contents.jsonl.gz')), /contents.jsonl.gz is damaged/)
  await refused((path) => flip(join(path, 'files', content)), new RegExp(`files/${content} is damaged`))
  await refused((path) => appendFileSync(join(path, 'files', content), 'x'), new RegExp(`files/${content} has \\d+ bytes, not`))
  await refused((path) => rmSync(join(path, 'files', content)), new RegExp(`files/${content} is missing`))
  await refused((path) => rewrite(path, 'entries', (lines) => [lines[0], lines[1].slice(0, 40), ...lines.slice(2)]), /tables\/entries.jsonl.gz is damaged in line 2/)
  await refused((path) => rewrite(path, 'entries', (lines) => lines.slice(1), 99), /tables\/entries.jsonl.gz has \d+ lines, not 99/)
  await refused((path) => {
    flip(join(path, 'tables/people.jsonl.gz'))
    rmSync(join(path, 'tables/entries.jsonl.gz'))
  }, /entries[^]*people/)
  const said = (change: (text: string) => string) => (path: string) => writeFileSync(join(path, 'manifest.json'), change(readFileSync(join(path, 'manifest.json'), 'utf8')))
  const [sequence] = manifest.sequences
  await expect(lookOver(harmed(good, said((text) => text.replace(`"value": ${sequence.value}`, `"value": ${sequence.value + 1}`))))).rejects.toThrow(/manifest.json is damaged/)
  await expect(lookOver(harmed(good, said((text) => text.slice(0, -3))))).rejects.toThrow(/manifest.json is damaged/)
  await expect(lookOver(harmed(good, said((text) => text.replace('"format": 2', '"format": 3'))))).rejects.toThrow(/format 3/)
  await expect(lookOver(harmed(good, (path) => rmSync(join(path, 'manifest.json'))))).rejects.toThrow(/not a backup, or one that was never finished/)
  const sealed = (change: object) => harmed(good, said((text) => JSON.stringify(seal({ ...JSON.parse(text), ...change }))))
  await expect(lookOver(sealed({ tables: [{ name: '../../people', rows: 0, sha256: '0'.repeat(64) }] }))).rejects.toThrow(/manifest.json is damaged/)
  await expect(bringBack(other, sealed({ steps: ['9999-from-the-future'] }))).rejects.toThrow(/newer version \(step 9999-from-the-future\)/)
  // A row that refers to nobody, by somebody who knows how to write a manifest: the database itself refuses it.
  const strange = harmed(good, (path) => rewrite(path, 'people', (lines) => lines.slice(1)))
  await expect(bringBack(other, strange)).rejects.toThrow(/foreign key/)
  expect(await fingerprints(other.pool)).toEqual(before)
  await bringBack(other, good)
})

test('nothing is overwritten, and a folder has its name only when the backup in it is whole', async () => {
  const { host } = await scene()
  const target = folder()
  await backUp(host, target)
  await expect(backUp(host, target)).rejects.toThrow(/not empty/)
  await expect(bringBack(host, target)).rejects.toThrow(/people in this network already/)
  // A store that cannot be read is no reason to say that all is well, nor to leave half a backup behind.
  const broken = { ...host, config: { ...host.config, data: join(base, 'elsewhere') } }
  mkdirSync(broken.config.data)
  symlinkSync('files', join(broken.config.data, 'files'))
  await host.pool.query(`insert into files (id, owner_id, name, type, size, sha256) select gen_random_uuid(), id, 'x', 'text/plain', 1, sha256('x') from people limit 1`)
  await expect(backUp(broken, folder())).rejects.toThrow(/ELOOP/)
  expect(existsSync(join(base, String(count)))).toBe(false)
  expect(readdirSync(base).filter((name) => name.includes('unfinished'))).toEqual([])
  await host.pool.query(`delete from files where name = 'x'`)
})

test('files that the store itself has lost are told, and the rest is kept and restored', async () => {
  const { host, bob } = await livedIn()
  const form = new FormData()
  form.append('file', new Blob(['soon lost']), 'lost.txt')
  await bob.post('/files', form)
  const [lost, changed] = contentsOf(host.config.data)
  const [at, also] = [lost, changed].map((path) => join(filesOf(host), path))
  const bytes = readFileSync(at)
  rmSync(at)
  flip(also)
  const target = folder()
  const { manifest, wrong, lacking } = await backUp(host, target)
  expect([wrong, lacking, manifest.contents.lacking]).toEqual([0, 2, 2])
  expect(await lookOver(target)).toMatchObject({ wrong: 0, lacking: 2 })
  const { host: other } = await emptyHost()
  expect((await bringBack(other, target)).lacking).toBe(2)
  expect(contentsOf(other.config.data)).toEqual(contentsOf(host.config.data).filter((path) => path !== changed))
  writeFileSync(at, bytes)
  flip(also)
})

/** What older versions wrote: rows as JSON has them, no list of files, no digest. */
async function writeOld(host: Host, path: string): Promise<void> {
  mkdirSync(join(path, 'tables'), { recursive: true })
  const tables = []
  for (const name of await tablesOf(host.pool)) {
    const { rows } = await host.pool.query(`select row_to_json(t)::text as line from "${name}" t`)
    const bytes = gzipSync(rows.map(({ line }) => `${line}\n`).join(''))
    writeFileSync(join(path, `tables/${name}.jsonl.gz`), bytes)
    tables.push({ name, rows: rows.length, sha256: createHash('sha256').update(bytes).digest('hex') })
  }
  const steps = (await host.pool.query('select name from kysely_migration order by name')).rows.map((row) => row.name)
  const { rows: sequences } = await host.pool.query(`select sequencename as name, coalesce(last_value, 0) as value from pg_sequences where schemaname = 'public'`)
  if (existsSync(filesOf(host))) cpSync(filesOf(host), join(path, 'files'), { recursive: true })
  writeFileSync(join(path, 'manifest.json'), JSON.stringify({ format: 1, made_at: '2026-01-01T00:00:00.000Z', steps, tables, sequences }))
}

test('a backup of an older version is looked over and restored, and its schema brought up to date', async () => {
  const { host } = await livedIn()
  const recent = folder()
  await writeOld(host, recent)
  expect(await lookOver(recent)).toMatchObject({ wrong: 0, lacking: 0 })
  const [content] = contentsOf(recent)
  // Told as often as a row speaks of it.
  for (const [harm, why] of [[flip, 'damaged: it is not what was written'], [rmSync, 'missing']] as const)
    expect(new Set((await lookOver(harmed(recent, (path) => harm(join(path, 'files', content))))).faults)).toEqual(new Set([`files/${content} is ${why}.`]))
  const { host: other } = await emptyHost()
  await bringBack(other, recent)
  expect(contentsOf(other.config.data)).toEqual(contentsOf(host.config.data))
  const [{ people, entries }, there] = [await fingerprints(other.pool), await fingerprints(host.pool)]
  expect({ people, entries }).toEqual({ people: there.people, entries: there.entries })

  const { host: past } = await emptyHost(false)
  await migrate(past.pool, migrations, { only: migrations.flatMap((list) => Object.keys(list)).filter((step) => step < '0090') })
  await past.pool.query(`insert into network (id, name) values (gen_random_uuid(), 'Of old'); insert into people (id, handle, name, role, kind) values (gen_random_uuid(), 'olga', E'Olga\u2028', 'owner', 'person')`)
  const old = folder()
  await writeOld(past, old)
  const { host: fresh } = await emptyHost(false)
  await bringBack(fresh, old)
  expect((await fresh.pool.query('select handle, name from people')).rows).toEqual([{ handle: 'olga', name: 'Olga\u2028' }])
  await expect(migrate(fresh.pool, migrations)).resolves.toEqual([])
  const { host: beyond } = await emptyHost()
  await expect(bringBack(beyond, old)).rejects.toThrow(/older version.*Restore into a new database/)
})
