import { readFileSync, renameSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { type Client, type Json, scene } from '../../scene.ts'
import { pathOf } from './store.ts'

async function upload(person: Client, name: string, content: Buffer): Promise<Json> {
  const form = new FormData()
  form.append('file', new Blob([content as BlobPart]), name)
  return person.post('/files', form)
}
const fetchAs = (person: Client, path: string, headers: Record<string, string> = {}) =>
  fetch(`${person.url}/api/v1${path}`, { headers: { authorization: `Bearer ${person.token}`, ...headers } })

/** Something that was stored, and ways to harm it that leave its size and its time as they were. */
async function stored() {
  const { ann, bob, olga, team, host, config } = await scene()
  const small = await upload(ann, 'notes.txt', Buffer.from(`small ${ann.handle}`))
  const large = await upload(ann, 'film.wav', Buffer.concat([Buffer.from('RIFF\x24\x08\0\0WAVEfmt ', 'latin1'), Buffer.alloc(600_000, ann.handle)]))
  const picture = await upload(ann, 'plan.png', await sharp({ create: { width: 900, height: 600, channels: 3, background: '#4b8' } }).png().toBuffer())
  await ann.post(`/spaces/${team.id}/entries`, { files: [small.id, large.id, picture.id] })
  const rows = await host.db.selectFrom('files').select(['id', 'sha256', 'thumbnail_sha256']).where('owner_id', '=', ann.id).execute()
  const find = (file: Json) => rows.find(({ id }) => id === file.id)!
  const place = (sha256: Buffer | null) => pathOf(config.data, sha256!)
  return { ann, bob, olga, host, small, large, picture, place: (file: Json) => place(find(file).sha256), thumbnail: place(find(picture).thumbnail_sha256) }
}

function flip(path: string, at: number): void {
  const { atime, mtime } = statSync(path)
  const bytes = readFileSync(path)
  bytes[at] ^= 1
  writeFileSync(path, bytes)
  utimesSync(path, atime, mtime)
}

/** What is told to administrators: by the place in the store. */
const failures = async (olga: Client, job = 'look-at-stored-file'): Promise<string[]> =>
  (await olga.get('/effects/failures')).items.filter((item: Json) => item.job === job).map((item: Json) => item.error)

test('a stored file that was changed is handed out to nobody, whole or in pieces, and administrators are told', async () => {
  const { bob, olga, small, large, picture, place, thumbnail } = await stored()
  const all = [[`/files/${small.id}`, place(small)], [`/files/${large.id}`, place(large)], [`/files/${picture.id}`, place(picture)], [`/files/${picture.id}/thumbnail`, thumbnail]]
  for (const [url, path] of all) {
    // Read before, so that nothing which was found right then is taken for right now.
    const right = Buffer.from(await (await fetchAs(bob, url)).arrayBuffer())
    flip(path, right.length - 1)
    for (const headers of [{}, { range: 'bytes=0-3' }] as Record<string, string>[]) {
      const answer = await fetchAs(bob, url, headers)
      expect([answer.status, answer.headers.get('content-type')?.split(';')[0], answer.headers.get('content-disposition'), answer.headers.get('etag')])
        .toEqual([502, 'application/problem+json', null, null])
      expect(await answer.json()).toMatchObject({ code: 'file_damaged', detail: expect.stringMatching(/put back from a backup/) })
    }
    await expect.poll(() => failures(olga)).toContainEqual(expect.stringContaining(`${path.slice(path.indexOf('files/'))} is damaged.`))
    flip(path, right.length - 1)
    expect(Buffer.from(await (await fetchAs(bob, url)).arrayBuffer()).equals(right)).toBe(true)
  }
  truncateSync(place(large), 1000)
  expect(await bob.get(`/files/${large.id}`)).toMatchObject({ status: 502, code: 'file_damaged' })
  // Which conversation a file belongs to is nothing for administrators, nor is its name.
  expect(JSON.stringify(await failures(olga))).not.toMatch(/notes|film|plan/)
})

test('a file that is lost is told as that, not as a database that is away, and is there again when it was put back', async () => {
  const { ann, bob, olga, small, large, place } = await stored()
  for (const file of [small, large]) {
    renameSync(place(file), `${place(file)}.away`)
    expect(await bob.get(`/files/${file.id}`)).toMatchObject({ status: 502, code: 'file_missing' })
    await expect.poll(() => failures(olga)).toContainEqual(expect.stringContaining(`${place(file).slice(place(file).indexOf('files/'))} is missing.`))
  }
  const count = async () => Number(/^folkmoot_failed_work (\d+)$/m.exec(await (await fetch(`${ann.url}/metrics`)).text())![1])
  expect(await count()).toBeGreaterThanOrEqual(2)
  // Asked again and again, it is told once.
  for (let i = 0; i < 5; i++) await bob.get(`/files/${small.id}`)
  const told = async () => (await olga.get('/effects/failures')).items.filter((item: Json) => item.error.includes(place(small).split('/').at(-1)))
  expect(await told()).toHaveLength(1)
  renameSync(`${place(small)}.away`, place(small))
  await olga.post(`/effects/failures/${(await told())[0].id}/retry`)
  await expect.poll(told).toEqual([])
  expect((await fetchAs(bob, `/files/${small.id}`)).status).toBe(200)
  // Whoever has it uploads it anew: that mends it for everybody.
  const bytes = readFileSync(`${place(large)}.away`)
  rmSync(`${place(large)}.away`)
  await upload(ann, 'again.wav', bytes)
  expect((await fetchAs(bob, `/files/${large.id}`)).status).toBe(200)
})

test('a photo is made only from a picture that is as it was uploaded', async () => {
  const { ann, host } = await scene()
  const picture = await upload(ann, 'me.png', await sharp({ create: { width: 300, height: 300, channels: 3, background: '#a4b' } }).png().toBuffer())
  const row = await host.db.selectFrom('files').select('sha256').where('id', '=', picture.id).executeTakeFirstOrThrow()
  flip(pathOf(host.config.data, row.sha256!), 60)
  expect(await ann.put('/me/photo', { file: picture.id })).toMatchObject({ status: 502, code: 'file_damaged' })
})
