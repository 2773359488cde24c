import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { openHost } from '../../host.ts'
import { type Client, type Json, scene } from '../../scene.ts'
import { sweepFiles } from './jobs.ts'
import { safeName } from './names.ts'

const picture = (width = 900, height = 600) =>
  sharp({ create: { width, height, channels: 3, background: '#4b8' } })

/** A photograph as a telephone makes it: held sideways, with the place in it. */
const photograph = () => picture().jpeg()
  .withExif({ IFD0: { Make: 'Telephone' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '47/1 48/1 0/1' } })
  .withMetadata({ orientation: 6 }).toBuffer()

function upload(person: Client, content: Buffer | string,
  { name = 'a.bin', type = '', alt, key }: { name?: string; type?: string; alt?: string; key?: string } = {}): Promise<Json> {
  const form = new FormData()
  form.append('file', new Blob([content as BlobPart], { type }), name)
  if (alt !== undefined) form.append('alt', alt)
  return person.post('/files', form, key ? { 'idempotency-key': key } : {})
}

const fetchAs = (person: Client, path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${person.url}/api/v1${path}`, { method, headers: { authorization: `Bearer ${person.token}`, ...headers } })
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())

test('a picture is measured, described and shown to those who may read the entry, and to nobody else', async () => {
  const { ann, bob, eve, gina } = await scene()
  const secret = await ann.post('/spaces', { name: 'Den', purpose: 'Quiet', visibility: 'secret' })
  await ann.put(`/spaces/${secret.id}/members/${bob.id}`, {})
  const file = await upload(ann, await picture().png().toBuffer(), { name: 'plan.png', alt: 'The plan' })
  expect(file).toMatchObject({ name: 'plan.png', type: 'image/png', width: 900, height: 600, alt: 'The plan',
    state: 'stored', url: `/api/v1/files/${file.id}` })

  expect((await fetchAs(ann, `/files/${file.id}`)).status).toBe(200)
  for (const other of [bob, eve]) expect(await other.get(`/files/${file.id}`)).toMatchObject({ status: 404 })

  const entry = await ann.post(`/spaces/${secret.id}/entries`, { body: 'look', files: [file.id] })
  expect(entry.files).toMatchObject([{ id: file.id, alt: 'The plan' }])
  expect((await fetchAs(bob, `/files/${file.id}`)).status).toBe(200)
  expect((await fetchAs(bob, `/files/${file.id}/thumbnail`)).headers.get('content-type')).toBe('image/webp')
  const missing = await eve.get('/files/00000000-0000-7000-8000-000000000000')
  for (const stranger of [eve, gina]) for (const path of ['', '/thumbnail'])
    expect(await stranger.get(`/files/${file.id}${path}`)).toEqual(missing)
  expect((await fetch(`${ann.url}/api/v1/files/${file.id}`)).status).toBe(401)

  await ann.del(`/spaces/${secret.id}/members/${bob.id}`)
  expect(await bob.get(`/files/${file.id}`)).toMatchObject({ status: 404 })
})

test('the files of a removed entry are gone with it, and come back with it', async () => {
  const { ann, bob, team } = await scene()
  const file = await upload(bob, 'hello')
  const entry = await bob.post(`/spaces/${team.id}/entries`, { files: [file.id] })
  await ann.post(`/entries/${entry.id}/replies`, { body: 'thanks' })
  await bob.del(`/entries/${entry.id}`)
  for (const person of [ann, bob]) expect(await person.get(`/files/${file.id}`)).toMatchObject({ status: 404 })
  await bob.post(`/entries/${entry.id}/restore`)
  expect(await (await fetchAs(ann, `/files/${file.id}`)).text()).toBe('hello')
})

test('an upload that is repeated under its key is the same file, and another one under that key is refused', async () => {
  const { ann, bob, host } = await scene()
  const plan = await picture().png().toBuffer()
  const named = { name: 'plan.png', alt: 'The plan', key: 'plan' }
  const answers = await Promise.all(Array.from({ length: 4 }, () => upload(ann, plan, named)))
  answers.push(await upload(ann, plan, named))
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  expect(answers[0]).toMatchObject({ name: 'plan.png', width: 900 })
  expect(await host.db.selectFrom('files').select('id').where('owner_id', '=', ann.id).execute()).toEqual([{ id: answers[0].id }])
  const used = { status: 409, code: 'key_used' }
  expect(await upload(ann, 'other bytes', named)).toMatchObject(used)
  expect(await upload(ann, plan, { ...named, name: 'other.png' })).toMatchObject(used)
  expect(await upload(ann, plan, { ...named, alt: 'Another plan' })).toMatchObject(used)
  expect((await upload(bob, plan, named)).id).not.toBe(answers[0].id)
  expect(await upload(ann, plan, { ...named, key: 'k'.repeat(201) })).toMatchObject({ status: 422, code: 'bad_idempotency_key' })
})

test("somebody else's file cannot be attached, nor one of mine twice", async () => {
  const { ann, bob, team } = await scene()
  const file = await upload(ann, 'mine')
  const steal = { status: 422, code: 'not_your_file' }
  expect(await bob.post(`/spaces/${team.id}/entries`, { body: 'x', files: [file.id] })).toMatchObject(steal)
  expect(await bob.put('/me/photo', { file: file.id })).toMatchObject(steal)
  expect(await ann.post(`/spaces/${team.id}/entries`, { body: 'x', files: [file.id, file.id] })).toMatchObject(steal)
  const attach = () => ann.post(`/spaces/${team.id}/entries`, { body: 'x', files: [file.id] })
  const answers = await Promise.all([attach(), attach()])
  expect(answers.filter((answer) => answer.id)).toHaveLength(1)
  expect(answers.find((answer) => !answer.id)).toMatchObject(steal)
})

test('a photograph loses where and with what it was taken, and stands upright', async () => {
  const { ann, team } = await scene()
  const original = await photograph()
  expect((await sharp(original).metadata()).exif?.includes('Telephone')).toBe(true)
  const file = await upload(ann, original, { name: 'me.jpg' })
  expect(file).toMatchObject({ width: 600, height: 900 })
  await ann.post(`/spaces/${team.id}/entries`, { files: [file.id] })
  for (const path of [`/files/${file.id}`, `/files/${file.id}/thumbnail`]) {
    const content = await bytesOf(await fetchAs(ann, path))
    expect(content.includes('Telephone')).toBe(false)
    const { autoOrient, exif } = await sharp(content).metadata()
    expect(autoOrient.height / autoOrient.width).toBeCloseTo(1.5, 2)
    expect(exif?.length ?? 0).toBeLessThan(40)
  }
})

test('what a file is, its content says and not its sender', async () => {
  const { ann, bob, team } = await scene()
  const html = await upload(ann, '<script>alert(document.cookie)</script>', { name: 'cat.png', type: 'image/png' })
  const svg = await upload(ann, '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    { name: 'a.svg', type: 'image/svg+xml' })
  const broken = await upload(ann,
    Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), Buffer.alloc(40)]), { name: 'a.png' })
  for (const file of [html, svg, broken]) expect(file).toMatchObject({ width: null, thumbnail: null })
  expect(html.type).toBe('text/plain')
  await ann.post(`/spaces/${team.id}/entries`, { files: [html.id, svg.id, broken.id] })
  for (const file of [html, svg, broken]) {
    const { headers } = await fetchAs(bob, `/files/${file.id}`)
    expect(headers.get('content-type')).toBe('application/octet-stream')
    expect(headers.get('content-disposition')).toMatch(/^attachment; /)
    expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(await bob.get(`/files/${file.id}/thumbnail`)).toMatchObject({ status: 404 })
  }
})

const names = [
  ['../../etc/passwd', 'passwd'], ['a"b; c=\'d\'\\e.png', 'e.png'],
  ['<img src=x onerror=alert(1)>.png', '<img src=x onerror=alert(1)>.png'],
  ['gpj.\u202eexe.jpg', 'gpj.exe.jpg'], ['..', 'file'], ['日本 100%.txt', '日本 100%.txt'],
  [`${'ä'.repeat(4000)}.pdf`, `${'ä'.repeat(146)}.pdf`],
]

test('a hostile file name is tamed and breaks no header', async () => {
  const { ann } = await scene()
  expect(safeName('a\r\nset-cookie: b\0.txt')).toBe('aset-cookie: b.txt')
  for (const [given, kept] of names) {
    // As a hostile program sends it; browsers would escape some of it.
    const body = `--x0x\r\ncontent-disposition: form-data; name="file"; filename*=UTF-8''${encodeURIComponent(given)}\r\n`
      + 'content-type: text/plain\r\n\r\nhello\r\n--x0x--\r\n'
    const file: Json = await (await fetch(`${ann.url}/api/v1/files`, {
      method: 'POST', body,
      headers: { authorization: `Bearer ${ann.token}`, 'content-type': 'multipart/form-data; boundary=x0x' },
    })).json()
    expect(file.name, given).toBe(kept)
    const { headers } = await fetchAs(ann, `/files/${file.id}`)
    expect(headers.get('set-cookie')).toBe(null)
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="[^"\\]*"; filename\*=UTF-8''[\w.!~%-]*$/)
    expect(decodeURIComponent(headers.get('content-disposition')!.split("''")[1])).toBe(kept)
  }
})

test('a picture that would fill the memory is refused at once', async () => {
  const { ann } = await scene()
  const png = await picture(10, 10).png().toBuffer()
  png.writeUInt32BE(50_000, 16)
  png.writeUInt32BE(50_000, 20)
  expect(await upload(ann, png)).toMatchObject({ status: 422, code: 'picture_too_large' })
  const gif = await picture(10, 10).gif().toBuffer()
  gif.writeUInt16LE(50_000, 6)
  gif.writeUInt16LE(50_000, 8)
  expect(await upload(ann, gif)).toMatchObject({ status: 422, code: 'picture_too_large' })
})

test('a file that is too large or not there is refused, and leaves nothing behind', async () => {
  const { ann, config } = await scene()
  expect(await upload(ann, Buffer.alloc(config.maxFileBytes + 1))).toMatchObject({ status: 413, code: 'too_large' })
  expect(await upload(ann, 'x', { alt: 'a'.repeat(2000) })).toMatchObject({ status: 422 })
  expect(await ann.post('/files', new FormData())).toMatchObject({ status: 422, code: 'no_file' })
  expect(await ann.post('/files', {})).toMatchObject({ status: 415 })
  expect(readdirSync(join(config.data, 'files', 'incoming'))).toEqual([])
})

test('an upload that breaks off leaves nothing behind', async () => {
  const { ann, config } = await scene()
  const { port } = new URL(ann.url)
  const socket = connect(Number(port), '127.0.0.1')
  socket.write(`POST /api/v1/files HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${ann.token}\r\ncontent-length: 900000\r\n`
    + 'content-type: multipart/form-data; boundary=x0x\r\n\r\n--x0x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n')
  socket.write(Buffer.alloc(300_000, 97))
  const incoming = () => readdirSync(join(config.data, 'files', 'incoming')).length
  await expect.poll(incoming).toBe(1)
  socket.destroy()
  await expect.poll(incoming).toBe(0)
})

test('sound and film can be fetched in pieces, and everything only when it changed', async () => {
  const { ann } = await scene()
  const wave = Buffer.concat([Buffer.from('RIFF\x24\x08\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x44\xac\0\0\x88\x58\x01\0\x02\0\x10\0data\0\x08\0\0', 'latin1'), Buffer.alloc(2048, 7)])
  const file = await upload(ann, wave, { name: 'a.wav' })
  const whole = await fetchAs(ann, `/files/${file.id}`)
  expect(whole.headers.get('content-disposition')).toMatch(/^inline/)
  expect(whole.headers.get('cache-control')).toBe('private, no-cache')
  expect((await bytesOf(whole)).equals(wave)).toBe(true)
  const piece = await fetchAs(ann, `/files/${file.id}`, { range: 'bytes=4-7' })
  expect([piece.status, piece.headers.get('content-range')]).toEqual([206, `bytes 4-7/${wave.length}`])
  expect((await bytesOf(piece)).equals(wave.subarray(4, 8))).toBe(true)
  expect((await bytesOf(await fetchAs(ann, `/files/${file.id}`, { range: 'bytes=-5' }))).length).toBe(5)
  expect((await fetchAs(ann, `/files/${file.id}`, { range: 'bytes=999999-' })).status).toBe(416)
  const head = await fetchAs(ann, `/files/${file.id}`, {}, 'HEAD')
  expect([head.status, head.headers.get('content-length')]).toEqual([200, String(wave.length)])
  expect((await fetchAs(ann, `/files/${file.id}`, { 'if-none-match': whole.headers.get('etag')! })).status).toBe(304)
})

test('its uploader describes a file, and readers get the entry anew', async () => {
  const { ann, bob, team, settled } = await scene()
  const file = await upload(ann, 'x')
  const entry = await ann.post(`/spaces/${team.id}/entries`, { files: [file.id] })
  const live = await bob.live()
  expect(await ann.patch(`/files/${file.id}`, { alt: 'A cat' })).toMatchObject({ alt: 'A cat' })
  expect(await bob.patch(`/files/${file.id}`, { alt: 'A dog' })).toMatchObject({ status: 403, code: 'authors_only' })
  await settled()
  const event = await live.until((e) => e.type === 'entry.edited')
  expect(event.entry.files).toEqual((await bob.get(`/entries/${entry.id}`)).files)
  live.close()
})

test('a profile photo is square, small, without metadata, and seen by whoever may see the person', async () => {
  const { ann, bob, gina, team, settled } = await scene()
  const live = await bob.live()
  const file = await upload(ann, await photograph())
  expect(await ann.put('/me/photo', { file: file.id })).toMatchObject({ photo: file.id })
  await settled()
  expect((await live.until((e) => e.type === 'person.changed')).person.photo).toBe(file.id)
  live.close()
  const response = await fetchAs(bob, `/files/${file.id}/thumbnail`)
  expect(response.headers.get('cache-control')).toBe('private, max-age=86400')
  const facts = await sharp(await bytesOf(response)).metadata()
  expect(facts).toMatchObject({ format: 'webp', width: 256, height: 256 })
  expect(facts.exif).toBe(undefined)
  expect(await gina.get(`/files/${file.id}`)).toMatchObject({ status: 404 })
  await ann.put(`/spaces/${team.id}/members/${gina.id}`, {})
  expect((await fetchAs(gina, `/files/${file.id}`)).status).toBe(200)

  expect(await ann.post(`/spaces/${team.id}/entries`, { files: [file.id] })).toMatchObject({ code: 'not_your_file' })
  expect(await ann.put('/me/photo', { file: (await upload(ann, 'words')).id }))
    .toMatchObject({ status: 422, code: 'not_a_picture' })
  const other = await upload(ann, await picture(50, 20).gif().toBuffer())
  expect(await ann.put('/me/photo', { file: other.id })).toMatchObject({ photo: other.id })
  expect(await ann.get(`/files/${file.id}`)).toMatchObject({ status: 404 })
  await ann.del('/me/photo')
  expect(await ann.get('/me')).toMatchObject({ photo: null })
  expect(await bob.get(`/files/${other.id}`)).toMatchObject({ status: 404 })
})

test('what nothing shows is forgotten after a day, and equal contents stay while one of them is used', async () => {
  const { ann, bob, team, config } = await scene()
  const [kept, unused] = [await upload(ann, 'the same'), await upload(bob, 'the same')]
  const fresh = await upload(bob, 'new')
  const removed = await upload(bob, 'to be removed')
  await ann.post(`/spaces/${team.id}/entries`, { files: [kept.id] })
  const gone = await bob.post(`/spaces/${team.id}/entries`, { files: [removed.id] })
  await bob.del(`/entries/${gone.id}`)
  const { host, close } = await openHost(config)
  const count = () => readdirSync(join(config.data, 'files'), { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile()).length
  await sweepFiles.run(host, {})
  const before = count()
  await host.db.updateTable('files').set({ created_at: '2020-01-01T00:00:00Z' })
    .where('id', 'in', [kept.id, unused.id]).execute()
  await host.db.updateTable('removals').set({ removed_at: '2020-01-01T00:00:00Z' })
    .where('entry_id', '=', gone.id).execute()
  const { schedule } = await import('../../schedule.ts')
  await schedule.find(({ job }) => job.name === 'forget-removed')!.job.run(host, {})
  await sweepFiles.run(host, {})
  expect(count()).toBe(before - 1)
  expect(await host.db.selectFrom('files').select('id').where('id', 'in', [kept.id, unused.id, fresh.id, removed.id])
    .orderBy('id').execute())
    .toEqual([{ id: kept.id }, { id: fresh.id }])
  await close()
  expect(await (await fetchAs(bob, `/files/${kept.id}`)).text()).toBe('the same')
})

const corpus = '../shared/data'
const photographs = join(corpus, 'files-types/exiftool')

test.skipIf(!existsSync(photographs))('no file that cameras and programs make keeps its place or brings the server down', async () => {
  const { ann } = await scene()
  for (const name of readdirSync(photographs)) {
    const file = await upload(ann, readFileSync(join(photographs, name)), { name })
    expect(file.id, name).toBeTruthy()
    if (file.width === null) continue
    const { exif, xmp, iptc } = await sharp(await bytesOf(await fetchAs(ann, `/files/${file.id}`))).metadata()
    expect([(exif?.length ?? 0) < 40, xmp, iptc], name).toEqual([true, undefined, undefined])
  }
  const gps = await upload(ann, readFileSync(join(photographs, 'GPS.jpg')))
  const content = await bytesOf(await fetchAs(ann, `/files/${gps.id}`))
  expect(content.includes('Exif')).toBe(false)
}, 120_000)

const pngs = join(corpus, 'images-png/pngsuite')
test.skipIf(!existsSync(pngs))('every well-made PNG keeps its pixels', async () => {
  const { ann } = await scene()
  for (const name of readdirSync(pngs).filter((n) => n.endsWith('.png') && !n.startsWith('x'))) {
    const original = readFileSync(join(pngs, name))
    const file = await upload(ann, original, { name })
    const content = await bytesOf(await fetchAs(ann, `/files/${file.id}`))
    const [before, after] = await Promise.all([original, content].map((one) => sharp(one).raw().toBuffer()))
    expect(after.equals(before), name).toBe(true)
  }
}, 60_000)
