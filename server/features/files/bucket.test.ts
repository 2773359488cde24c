import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, expect, test, vi } from 'vitest'
import { channel, makeZip, said, user } from '../../../test/slack-archives.ts'
import { startS3 } from '../../../test/s3.ts'
import { backUp, bringBack } from '../../backups.ts'
import { openHost } from '../../host.ts'
import { type Client, type Json, sceneWith, testConfig } from '../../scene.ts'
import { startFolkmoot } from '../../start.ts'
import { checkContents } from './check.ts'
import { sweepFiles } from './jobs.ts'

// Two servers, and a third one that speaks S3, share a machine.
vi.setConfig({ testTimeout: 120_000 })
const clean: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const step of clean.reverse()) await step()
})
const s3 = await startS3()
clean.push(s3.remove)

/** A network whose files are in a bucket; its processes share no folder. */
let opened: ReturnType<typeof sceneWith> | undefined
async function settle() {
  const all = await (opened ??= sceneWith({ S3_URL: s3.url }))
  const team = await all.ann.post('/spaces', { name: 'Team', purpose: 'Work', visibility: 'open' })
  const nameOf = async (file: Json, column: 'sha256' | 'thumbnail_sha256' = 'sha256') => {
    const row = await all.host.db.selectFrom('files').select(column).where('id', '=', file.id).executeTakeFirstOrThrow()
    return `files/${row[column]!.toString('hex').replace(/^../, '$&/')}`
  }
  // Copies may go at any time.
  const forgetCopies = () => ['files', 'elsewhere/files'].forEach((folder) => rmSync(join(all.config.data, folder), { recursive: true, force: true }))
  return { ...all, team, nameOf, forgetCopies }
}

async function upload(person: Client, content: Buffer | string, name = 'a.bin'): Promise<Json> {
  const form = new FormData()
  form.append('file', new Blob([content as BlobPart]), name)
  return person.post('/files', form)
}
const fetchAs = (person: Client, path: string, headers: Record<string, string> = {}) =>
  fetch(`${person.url}/api/v1${path}`, { headers: { authorization: `Bearer ${person.token}`, ...headers } })
const textOf = async (person: Client, file: Json) => (await fetchAs(person, `/files/${file.id}`)).text()

function flip(path: string): void {
  const bytes = readFileSync(path)
  bytes[bytes.length - 1] ^= 1
  writeFileSync(path, bytes)
}

test('files lie in the bucket, and every process hands them out, whole, in pieces and small', async () => {
  const { ann, bob, team, nameOf, forgetCopies } = await settle()
  const long = `begin ${'x'.repeat(700_000)} end`
  const file = await upload(ann, long)
  const picture = await upload(ann, await sharp({ create: { width: 900, height: 600, channels: 3, background: '#4b8' } }).png().toBuffer(), 'plan.png')
  await ann.post(`/spaces/${team.id}/entries`, { files: [file.id, picture.id] })
  for (const name of [await nameOf(file), await nameOf(picture), await nameOf(picture, 'thumbnail_sha256')]) expect(existsSync(s3.pathOf(name)), name).toBe(true)
  for (const looks of [1, 2]) {
    // Both of them, with and without a copy.
    for (const turn of [1, 2]) expect(await textOf(bob, file) === long, `${looks} ${turn}`).toBe(true)
    expect(await (await fetchAs(bob, `/files/${file.id}`, { range: 'bytes=-3' })).text()).toBe('end')
    expect((await fetchAs(bob, `/files/${picture.id}/thumbnail`)).headers.get('content-type')).toBe('image/webp')
    forgetCopies()
  }
})

test('what the bucket has lost or changed is handed out to nobody; a copy that went bad is got anew', async () => {
  const { ann, bob, olga, team, nameOf, forgetCopies, host, config } = await settle()
  const file = await upload(ann, 'right')
  await ann.post(`/spaces/${team.id}/entries`, { files: [file.id] })
  const [name, path] = [await nameOf(file), s3.pathOf(await nameOf(file))]
  forgetCopies()
  for (const turn of [1, 2]) expect(await textOf(bob, file), `${turn}`).toBe('right')
  for (const copy of [config.data, join(config.data, 'elsewhere')]) flip(join(copy, name))
  for (const turn of [1, 2]) expect(await textOf(bob, file), `${turn}`).toBe('right')

  flip(path)
  forgetCopies()
  expect(await bob.get(`/files/${file.id}`)).toMatchObject({ status: 502, code: 'file_damaged' })
  expect(await checkContents(host)).toMatchObject({ wrong: 1, flaws: [{ fault: 'damaged', path: name }] })
  await expect.poll(async () => JSON.stringify(await olga.get('/effects/failures'))).toContain(name)
  flip(path)
  renameSync(path, `${path}.lost`)
  expect(await bob.get(`/files/${file.id}`)).toMatchObject({ status: 502, code: 'file_missing' })
  expect(await checkContents(host)).toMatchObject({ wrong: 1, flaws: [{ fault: 'missing' }] })
  renameSync(`${path}.lost`, path)
  expect(await textOf(bob, file)).toBe('right')
  expect(await checkContents(host)).toMatchObject({ wrong: 0 })
})

test('while the bucket is away nothing is taken in that could be lost, and what has a copy is read', async () => {
  const { ann, bob, team, host, forgetCopies } = await settle()
  const file = await upload(ann, 'before')
  await ann.post(`/spaces/${team.id}/entries`, { files: [file.id] })
  for (const turn of [1, 2]) expect(await textOf(bob, file), `${turn}`).toBe('before')
  await s3.stop()
  expect(await upload(ann, 'meanwhile', 'meanwhile')).toMatchObject({ status: 503, code: 'store_away' })
  expect(await textOf(bob, file)).toBe('before')
  forgetCopies()
  // Away is not lost: nobody is told to look for a backup.
  expect(await bob.get(`/files/${file.id}`)).toMatchObject({ status: 503, code: 'store_away' })
  await s3.start()
  expect(await textOf(bob, file)).toBe('before')
  expect(await host.db.selectFrom('files').select('name').where('name', '=', 'meanwhile').execute()).toEqual([])
  expect(await upload(ann, 'after')).toMatchObject({ state: 'stored' })
})

test('what no row refers to is swept out of the bucket, and equal contents are kept once', async () => {
  const { ann, bob, team, host, nameOf } = await settle()
  const [kept, equal] = [await upload(ann, 'the same'), await upload(bob, 'the same')]
  const gone = await upload(ann, 'to be forgotten')
  await ann.post(`/spaces/${team.id}/entries`, { files: [kept.id] })
  const [keptAt, goneAt] = [s3.pathOf(await nameOf(kept)), s3.pathOf(await nameOf(gone))]
  expect(await nameOf(equal)).toBe(await nameOf(kept))
  await host.db.updateTable('files').set({ created_at: new Date(Date.now() - 2 * 86_400_000).toISOString() }).where('id', 'in', [equal.id, gone.id]).execute()
  await sweepFiles.run(host, {})
  expect([existsSync(keptAt), existsSync(goneAt)]).toEqual([true, false])
  expect(await textOf(bob, kept)).toBe('the same')
})

test('a backup has every file of the bucket, and is restored into a folder or another bucket', async () => {
  const { ann, team, host, nameOf, forgetCopies } = await settle()
  const file = await upload(ann, 'worth keeping')
  await ann.post(`/spaces/${team.id}/entries`, { files: [file.id] })
  forgetCopies()
  const base = mkdtempSync(join(tmpdir(), 'folkmoot-bucket-'))
  clean.push(async () => rmSync(base, { recursive: true, force: true }))
  expect(await backUp(host, join(base, 'backup'))).toMatchObject({ wrong: 0 })
  const other = await startS3()
  clean.push(other.remove)
  for (const env of [{}, { S3_URL: other.url }] as Record<string, string>[]) {
    const { config, drop } = await testConfig(env)
    clean.push(drop)
    const { host: place, close } = await openHost(config, { isMigrated: false })
    clean.push(close)
    await bringBack(place, join(base, 'backup'))
    expect(await checkContents(place)).toEqual({ wrong: 0, flaws: [] })
  }
  expect(existsSync(other.pathOf(await nameOf(file)))).toBe(true)
})

test('an archive waits in the bucket for whoever imports it', async () => {
  const { olga, config } = await settle()
  const form = new FormData()
  const zip = await makeZip({ 'users.json': [user('U1', 'zoe')], 'channels.json': [channel('C1', 'room', ['U1'])], 'room/2023-11-14.json': [said('1700000001.000100', 'U1', 'Hello')] })
  form.append('file', new Blob([readFileSync(zip)]), 'export.zip')
  const { id } = await olga.post('/imports', form)
  await expect.poll(async () => (await olga.get(`/imports/${id}`)).state, { timeout: 25_000 }).toBe('done')
  const places = [s3.pathOf(`imports/${id}.zip`), ...[config.data, join(config.data, 'elsewhere')].map((data) => join(data, 'imports', `${id}.zip`))]
  await expect.poll(() => places.filter((place) => existsSync(place)), { timeout: 20_000 }).toEqual([])
})

test('a bucket that does not let us in stops the start and says so', async () => {
  const { config, drop } = await testConfig({ S3_URL: s3.url.replace('S3RVER:S3RVER', 'S3RVER:wrong') })
  clean.push(drop)
  await expect(startFolkmoot(config)).rejects.toThrow(/S3_URL cannot be used.*403/)
})
