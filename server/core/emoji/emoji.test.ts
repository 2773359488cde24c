import sharp from 'sharp'
import { expect, test } from 'vitest'
import { type Client, type Json, scene } from '../../scene.ts'

const square = { create: { width: 300, height: 200, channels: 4 as const, background: '#f80' } }
const png = await sharp(square).withExif({ IFD0: { Copyright: 'secret place' } }).png().toBuffer()
const frames = await Promise.all(['#f00', '#0f0', '#00f'].map((background) => sharp({ create: { width: 40, height: 40, channels: 4, background } }).png().toBuffer()))
const gif = await sharp(frames, { join: { animated: true } }).gif({ delay: [100, 100, 100] }).toBuffer()
let serial = 0
const add = (by: Client, picture: Buffer, name = `parrot${++serial}`): Promise<Json> => by.post('/emoji', { name, picture: picture.toString('base64') })
const pictureOf = async (by: Client, { url }: Json) => {
  const answer = await fetch(by.url + url, { headers: { authorization: `Bearer ${by.token}` } })
  return { status: answer.status, type: answer.headers.get('content-type'), facts: await sharp(Buffer.from(await answer.arrayBuffer()), { animated: true }).metadata().catch(() => null) }
}

test('an administrator adds emoji, whose pictures are written anew and keep moving, for everybody', async () => {
  const { olga, ann, gina } = await scene()
  const still = await add(olga, png)
  expect(still).toMatchObject({ name: `parrot${serial}`, aliases: [], by: olga.id })
  const seen = await pictureOf(gina, still)
  expect([seen.status, seen.type, seen.facts?.width, seen.facts?.exif]).toEqual([200, 'image/webp', 128, undefined])
  const moving = await add(olga, gif)
  expect((await pictureOf(ann, moving)).facts?.pages).toBe(3)
  const names = (await gina.get('/emoji?limit=100')).items.map(({ name }: Json) => name)
  expect(names).toEqual(expect.arrayContaining([still.name, moving.name]))
  expect(names).toEqual(names.toSorted())
  expect((await fetch(ann.url + still.url)).status).toBe(401)
})

test('names are free once, and mean the emoji by each of them', async () => {
  const { olga } = await scene()
  const one = await add(olga, png, 'Party_Blob')
  expect(one.name).toBe('party_blob')
  expect(await add(olga, png, ':party_blob:')).toMatchObject({ status: 409, code: 'emoji_taken' })
  expect(await add(olga, png, 'tada')).toMatchObject({ status: 409, code: 'emoji_taken' })
  for (const wrong of ['', 'a b', 'ä', ':', '-x', 'x'.repeat(61)]) expect(await add(olga, png, wrong), wrong).toMatchObject({ status: 422 })
  expect(await olga.post(`/emoji/${one.id}/aliases`, { name: 'blob' })).toMatchObject({ aliases: ['blob'] })
  expect(await olga.post(`/emoji/${one.id}/aliases`, { name: 'blob' })).toMatchObject({ aliases: ['blob'] })
  expect(await add(olga, png, 'blob')).toMatchObject({ code: 'emoji_taken' })
  expect(await olga.del(`/emoji/${one.id}/aliases/blob`)).toMatchObject({ aliases: [] })
  expect(await olga.del(`/emoji/${one.id}/aliases/party_blob`)).toMatchObject({ name: 'party_blob' })
})

test('only small pictures of three sorts become emoji', async () => {
  const { olga } = await scene()
  const noise = await sharp(Buffer.from(Array.from({ length: 400 * 400 * 3 }, (_, at) => (at * 7919) % 251)), { raw: { width: 400, height: 400, channels: 3 } }).png({ compressionLevel: 0 }).toBuffer()
  for (const wrong of [await sharp(square).flatten().jpeg().toBuffer(), Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'), Buffer.from('nothing at all'), noise])
    expect(await add(olga, wrong)).toMatchObject({ status: 422 })
  expect(await olga.post('/emoji', { name: 'x1', picture: 'no base64!' })).toMatchObject({ status: 422 })
})

test('members add where the network lets them, and change what they added', async () => {
  const { olga, ann, bob, gina } = await scene()
  expect([await add(ann, png), await add(gina, png)]).toMatchObject([{ code: 'admins_only' }, { code: 'admins_only' }])
  await olga.patch('/network', { members_add_emoji: true })
  expect((await ann.get('/me')).network.members_add_emoji).toBe(true)
  const mine = await add(ann, png)
  expect(mine).toMatchObject({ by: ann.id })
  expect(await add(gina, png)).toMatchObject({ status: 403 })
  for (const denied of [await bob.del(`/emoji/${mine.id}`), await bob.post(`/emoji/${mine.id}/aliases`, { name: 'mine' })]) expect(denied).toMatchObject({ status: 403, code: 'authors_only' })
  expect((await ann.post(`/emoji/${mine.id}/aliases`, { name: `mine${serial}` })).aliases).toHaveLength(1)
  expect((await ann.del(`/emoji/${mine.id}`)).status).toBe(204)
  const other = await add(bob, png)
  expect((await olga.del(`/emoji/${other.id}`)).status).toBe(204)
  expect((await pictureOf(bob, other)).status).toBe(404)
  await olga.patch('/network', { members_add_emoji: false })
})

test('where an emoji was used its name stays', async () => {
  const { olga, ann, team } = await scene()
  const emoji = await add(olga, png)
  const entry = await ann.post(`/spaces/${team.id}/entries`, { body: `Well :${emoji.name}:` })
  await ann.put(`/entries/${entry.id}/reactions/${encodeURIComponent(`:${emoji.name}:`)}`)
  await olga.del(`/emoji/${emoji.id}`)
  expect(await ann.get(`/entries/${entry.id}`)).toMatchObject({ body: `Well :${emoji.name}:`, reactions: [{ emoji: `:${emoji.name}:`, count: 1 }] })
})

test('everybody hears that an emoji came, has another name, or went; guests, too', async () => {
  const { olga, ann, gina, settled } = await scene()
  const ears = [await ann.live(), await gina.live()]
  const heard = async () => {
    await settled()
    for (const ear of ears) await ear.pong()
    return ears.map(({ events }) => events.filter(({ type }) => type === 'emoji.changed').length)
  }
  const one = await add(olga, png)
  expect(await heard()).toEqual([1, 1])
  for (let times = 0; times < 2; times++) await olga.post(`/emoji/${one.id}/aliases`, { name: `${one.name}x` })
  await olga.del(`/emoji/${one.id}/aliases/${one.name}x`)
  await olga.del(`/emoji/${one.id}/aliases/${one.name}x`)
  expect(await heard()).toEqual([3, 3])
  await olga.del(`/emoji/${one.id}`)
  expect(await heard()).toEqual([4, 4])
  expect(ears[1].events.find(({ type }) => type === 'emoji.changed')).toMatchObject({ space: null, actor: null, data: {} })
  // Whoever asks for the log has it there as well.
  expect((await gina.get('/events?after=0&limit=100')).items.filter(({ type }: Json) => type === 'emoji.changed').length).toBeGreaterThan(0)
})
