import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import sharp from 'sharp'
import { afterAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { aDayLater, placesOf } from '../../../test/canary.ts'
import { listen, type Client, type Json, sceneWith } from '../../scene.ts'

// A site of this machine, which the configuration allows by one of its names; by the others it is nobody's business.
const hits: string[] = []
const pages = new Map<string, RequestListener>()
const site = createServer((request, answer) => {
  hits.push(request.url!)
  const page = pages.get(request.url!)
  if (page) page(request, answer)
  else answer.writeHead(404).end()
})
await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
afterAll(() => (site.closeAllConnections(), site.close()))
const { port } = site.address() as AddressInfo
const at = (path: string) => `http://localhost:${port}${path}`
const hitsOf = (path: string) => hits.filter((url) => url === path).length

const page = (path: string, head: string) => pages.set(path, (_, answer) => void answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(`<html><head>${head}</head><body>x`))
const file = (path: string, type: string, bytes: Buffer | string) => pages.set(path, (_, answer) => void answer.writeHead(200, { 'content-type': type }).end(bytes))
const png = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#486b52' } }).withExif({ IFD0: { Copyright: 'secret place' } }).png().toBuffer()
file('/soup.png', 'image/png', png)
page('/soup', '<title>x</title><meta property="og:title" content="Soup of the day"><meta property="og:description" content="With bread"><meta property="og:site_name" content="Kitchen"><meta property="og:image" content="/soup.png">')

const { olga, ann, bob, host, config, settled } = await sceneWith({ FETCH_FROM: 'localhost:*' })
const open: Json = await ann.post('/spaces', { name: 'Open', purpose: 'x', visibility: 'open' })
const board: Json = await ann.post('/spaces', { name: 'Board', purpose: 'x', visibility: 'secret' })
const say = (body: string, space = open, by: Client = ann): Promise<Json> => by.post(`/spaces/${space.id}/entries`, { body })
const previewsOf = async (entry: Json, by: Client = ann) => (await by.get(`/entries/${entry.id}`)).previews as Json[]
/** The previews when there are so many. */
const until = async (entry: Json, count = 1) => {
  await expect.poll(async () => (await previewsOf(entry)).length, { timeout: 15_000 }).toBe(count)
  return previewsOf(entry)
}
/** Everything that was asked for was looked up. */
const quiet = async () => {
  await settled()
  await expect.poll(async () => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from graphile_worker.jobs where task_identifier = 'fetch-link-preview'`.execute(host.db)
    return rows[0].n
  }, { timeout: 15_000 }).toBe(0)
}
const fetchPicture = (url: string, by: Client, headers: Record<string, string> = {}) => fetch(by.url + url, { headers: { authorization: `Bearer ${by.token}`, ...headers } })

test('the page behind a link is shown with title, words and picture, to all who read the entry, when it has come', async () => {
  const live = await listen(bob.url, bob.token!)
  await live.watch(open.id)
  const entry = await say(`Look: ${at('/soup#today')}`)
  expect(entry.previews).toEqual([])
  const event = await live.until((one) => one.type === 'links.previewed')
  live.close()
  const [preview] = await until(entry)
  expect(preview).toEqual({ id: preview.id, url: at('/soup'), title: 'Soup of the day', description: 'With bread', site: 'Kitchen', picture: { url: preview.picture.url, width: 320, height: 213 } })
  expect([event.entry_id, event.entry.previews, await previewsOf(entry, bob)]).toEqual([entry.id, [preview], [preview]])
  const listed = await bob.get(`/spaces/${open.id}/entries`)
  expect(listed.items.find((one: Json) => one.id === entry.id).previews).toEqual([preview])
})

test('its picture is written anew, and given to who may read the entry', async () => {
  const [first, second] = [await say(at('/soup')), await say(at('/soup'), board)]
  const [here, there] = [(await until(first))[0].picture.url, (await until(second))[0].picture.url]
  const answer = await fetchPicture(here, bob)
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-security-policy'), answer.headers.get('cache-control')])
    .toEqual([200, 'image/webp', "sandbox; default-src 'none'", 'private, no-cache'])
  const facts = await sharp(Buffer.from(await answer.arrayBuffer())).metadata()
  expect([facts.format, facts.width, facts.exif]).toEqual(['webp', 320, undefined])
  expect((await fetchPicture(here, bob, { 'if-none-match': answer.headers.get('etag')! })).status).toBe(304)
  // The same picture below an entry of a secret space is nobody else's, and an address that is made up leads nowhere.
  const missing = await fetchPicture(here.replace(first.id, '01a2010f-841e-7000-b1be-62788d92349e'), bob)
  const foreign = await fetchPicture(there, bob)
  expect([foreign.status, await foreign.text(), (await fetchPicture(there, ann)).status]).toEqual([404, await missing.text(), 200])
  expect((await fetchPicture(here.replace(/[^/]+$/, '01a2010f-841e-7000-b1be-62788d92349e'), bob)).status).toBe(404)
  expect((await fetch(bob.url + here)).status).toBe(401)
  await ann.del(`/entries/${first.id}`)
  expect((await fetchPicture(here, bob)).status).toBe(404)
})

test('a page is looked up once for all entries of a space in a week, and one that fails once in an hour', async () => {
  page('/once', '<title>Once</title>')
  await until(await say(at('/once')))
  await until(await say(`${at('/once')} too`))
  expect(hitsOf('/once')).toBe(1)
  await say(at('/gone'))
  await quiet()
  await say(`${at('/gone')} again`)
  await quiet()
  expect(hitsOf('/gone')).toBe(1)
  const later = (by: string) => sql`update link_previews set tried_at = tried_at - ${by}::interval, found_at = found_at - ${by}::interval`.execute(host.db)
  await later('2 hours')
  page('/gone', '<title>There again</title>')
  await until(await say(`${at('/gone')} and again`))
  await until(await say(`${at('/once')} again`))
  await quiet()
  expect([hitsOf('/gone'), hitsOf('/once')]).toEqual([2, 1])
  await later('8 days')
  page('/once', '<title>Twice</title>')
  const third = await say(`${at('/once')} once more`)
  await expect.poll(async () => (await previewsOf(third))[0]?.title).toBe('Twice')
  // What was known stays when its place does not answer.
  await later('8 days')
  pages.delete('/once')
  await say(`${at('/once')} a last time`)
  await quiet()
  expect([(await previewsOf(third))[0].title, hitsOf('/once')]).toEqual(['Twice', 3])
})

test('what was looked up where somebody cannot read shows nothing of that where they link the same', async () => {
  page('/hidden', '<title>Before</title>')
  const [hidden] = await until(await say(at('/hidden'), board))
  page('/hidden', '<title>After</title>')
  const mine = await say(at('/hidden'), open, bob)
  // As with an address that nobody has met: nothing at once, then what is there now, under a name that says nothing of before.
  expect(mine.previews).toEqual([])
  const [shown] = await until(mine)
  expect([shown.title, hitsOf('/hidden'), shown.id > mine.id]).toEqual(['After', 2, true])
  expect(shown.id).not.toBe(hidden.id)
})

test('the first three links count, each once, those in code do not, and an edit changes them', async () => {
  for (const name of ['a', 'b', 'c', 'd', 'e']) page(`/${name}`, `<title>${name}</title>`)
  const entry = await say(`\`${at('/e')}\` [words](${at('/b')}) ${at('/a')} ${at('/b')}\n\n    ${at('/e')}\n\n${at('/c')} ${at('/d')}`)
  expect((await until(entry, 3)).map((one) => one.title)).toEqual(['b', 'a', 'c'])
  await ann.patch(`/entries/${entry.id}`, { body: `${at('/d')} ${at('/b')}` })
  await expect.poll(async () => (await previewsOf(entry)).map((one) => one.title)).toEqual(['d', 'b'])
  await ann.patch(`/entries/${entry.id}`, { body: 'nothing' })
  await until(entry, 0)
  expect(hitsOf('/e')).toBe(0)
})

test('its author takes a preview away and brings it back; nobody else does', async () => {
  page('/mine', '<title>Mine</title><meta property="og:image" content="/soup.png">')
  const entry = await say(at('/mine'))
  const [preview] = await until(entry)
  const path = `/entries/${entry.id}/previews/${preview.id}`
  expect(await bob.del(path)).toMatchObject({ status: 403, code: 'authors_only' })
  expect(await olga.del(path)).toMatchObject({ status: 403 })
  expect((await ann.del(path)).previews).toEqual([])
  expect([await previewsOf(entry, bob), (await fetchPicture(preview.picture.url, bob)).status]).toEqual([[], 404])
  await ann.patch(`/entries/${entry.id}`, { body: `${at('/mine')} still` })
  await quiet()
  expect(await previewsOf(entry)).toEqual([])
  expect((await ann.put(path)).previews).toEqual([preview])
  expect(await ann.del(`/entries/${entry.id}/previews/01a2010f-841e-7000-b1be-62788d92349e`)).toMatchObject({ status: 404 })
  const hidden = await say(at('/mine'), board)
  await until(hidden)
  expect(await bob.del(`/entries/${hidden.id}/previews/${preview.id}`)).toMatchObject({ status: 404 })
})

test('hosts and administrators say where nothing is looked up', async () => {
  page('/quiet', '<title>Quiet</title>')
  const room: Json = await ann.post('/spaces', { name: 'Room', purpose: 'x', visibility: 'open' })
  expect(await bob.put(`/spaces/${room.id}/link-previews`, { on: false })).toMatchObject({ status: 403, code: 'hosts_only' })
  expect(await bob.get(`/spaces/${board.id}/link-previews`)).toMatchObject({ status: 404 })
  expect(await ann.put(`/spaces/${room.id}/link-previews`, { on: false })).toEqual({ on: false, allowed: true })
  await say(at('/quiet'), room)
  await quiet()
  expect([hitsOf('/quiet'), await bob.get(`/spaces/${room.id}/link-previews`)]).toEqual([0, { on: false, allowed: true }])
  await ann.put(`/spaces/${room.id}/link-previews`, { on: true })
  const shown = await say(at('/quiet'), room)
  const [preview] = await until(shown)
  // Switched off for all: what was there is gone from every list at once.
  await bob.get(`/spaces/${room.id}/entries`)
  expect(await ann.patch('/network', { link_previews: false })).toMatchObject({ status: 403 })
  await olga.patch('/network', { link_previews: false })
  const silent = await say(`${at('/soup')} and ${at('/never')}`, room)
  await quiet()
  const listed: Json = await bob.get(`/spaces/${room.id}/entries`)
  expect([listed.items.flatMap((one: Json) => one.previews), hitsOf('/never'), await previewsOf(silent)]).toEqual([[], 0, []])
  await olga.patch('/network', { link_previews: true })
  expect(await previewsOf(shown)).toEqual([preview])
})

test('no spelling of a link reaches what is not meant for it, and the entry is there all the same', async () => {
  const before = hits.length
  const hosts = ['127.0.0.1', '127.1', '2130706433', '0x7f000001', '0177.0.0.1', '0.0.0.0', '[::1]', '[::ffff:127.0.0.1]', '[64:ff9b::7f00:1]', '[::7f00:1]', 'localhost.', '169.254.169.254', '10.0.0.1']
  for (const name of hosts) expect((await say(`http://${name}:${port}/soup and http://ann:secret@localhost:${port}/soup`)).id).toBeTruthy()
  pages.set('/away', (_, answer) => void answer.writeHead(302, { location: `http://127.0.0.1:${port}/soup` }).end())
  await say(at('/away'))
  await quiet()
  expect(hits.slice(before)).toEqual(['/away'])
})

test('only pictures of a known sort come through, and no page of another', async () => {
  file('/x.svg', 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"/>')
  file('/lie.png', 'image/png', '<html>not a picture</html>')
  file('/x.json', 'application/json', '{"title":"x"}')
  file('/dot.png', 'image/png', await sharp({ create: { width: 1, height: 1, channels: 3, background: '#000' } }).png().toBuffer())
  for (const name of ['x.svg', 'lie.png', 'dot.png']) page(`/of-${name}`, `<title>${name}</title><meta property="og:image" content="/${name}">`)
  const entry = await say(['x.svg', 'lie.png', 'dot.png'].map((name) => at(`/of-${name}`)).join(' '))
  expect((await until(entry, 3)).map((one) => one.picture)).toEqual([null, null, null])
  const data = await say(`${at('/x.json')} ${at('/x.svg')}`)
  await quiet()
  expect(await previewsOf(data)).toEqual([])
})

test('a link to an entry of our own shows it to who may read it, at that moment, and is stored nowhere', async () => {
  const secret = await say('The cnryown plan', board)
  const link = (id: string) => `${config.url}/e/${id}`
  const [real, none] = [await say(`See ${link(secret.id)}`), await say(`See ${link('01a2010f-841e-7000-b1be-62788d92349e')}`)]
  await quiet()
  const bare = (entry: Json) => JSON.stringify(entry, (name, value) => (['id', 'body', 'created_at', 'active_id', 'active_at'].includes(name) ? '' : value))
  expect(bare(await bob.get(`/entries/${real.id}`))).toBe(bare(await bob.get(`/entries/${none.id}`)))
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from link_previews where url like ${`${config.url}%`}`.execute(host.db)
  expect(rows[0].n).toBe(0)
  const look = (by: Client, ...ids: string[]) => by.get(`/linked-entries?ids=${ids.join(',')}`)
  expect((await look(ann, secret.id)).items).toMatchObject([{ id: secret.id, excerpt: 'The cnryown plan', by: { id: ann.id }, space: { id: board.id, name: 'Board' } }])
  expect(await look(bob, secret.id)).toEqual(await look(bob, '01a2010f-841e-7000-b1be-62788d92349e'))
  await ann.put(`/spaces/${board.id}/members/${bob.id}`)
  expect((await look(bob, secret.id, real.id)).items).toHaveLength(2)
  await ann.del(`/spaces/${board.id}/members/${bob.id}`)
  expect((await look(bob, secret.id, real.id)).items).toMatchObject([{ id: real.id }])
  await ann.del(`/entries/${secret.id}`)
  expect((await look(ann, secret.id)).items).toEqual([])
  expect(await look(ann, 'nonsense')).toMatchObject({ status: 422 })
})

test('before something is shared one is told how many can read it there, and sharing it gives nobody a right', async () => {
  const secret = await say('The cnryshared plan', board)
  const room: Json = await ann.post('/spaces', { name: 'Three', purpose: 'x', visibility: 'closed' })
  for (const { id } of [bob, olga]) await ann.put(`/spaces/${room.id}/members/${id}`)
  const readers = (by: Client, entry: Json, space: Json) => by.get(`/entries/${entry.id}/readers?space=${space.id}`)
  expect(await readers(ann, secret, room)).toEqual({ people: 3, readers: 1 })
  await ann.put(`/spaces/${board.id}/members/${olga.id}`)
  expect(await readers(ann, secret, room)).toEqual({ people: 3, readers: 2 })
  expect([await readers(ann, secret, board), await readers(ann, await say('for all'), room)]).toEqual([{ people: 2, readers: 2 }, { people: 3, readers: 3 }])
  expect([await readers(bob, secret, room), await readers(bob, await say('for all'), board)]).toMatchObject([{ status: 404 }, { status: 404 }])
  // Whatever else is sent along with the link: what is stored is the link.
  const shared: Json = await ann.post(`/spaces/${room.id}/entries`, { body: `${config.url}/e/${secret.id}`, quote: secret.id, quoted: secret.id, share: { entry: secret.id }, previews: [{ id: secret.id, title: 'The cnryshared plan' }] })
  for (const path of [`/entries/${shared.id}`, `/spaces/${room.id}/entries`, `/linked-entries?ids=${secret.id}`]) expect(JSON.stringify(await bob.get(path))).not.toContain('cnryshared')
  expect(JSON.stringify(await olga.get(`/linked-entries?ids=${secret.id}`))).toContain('cnryshared')
})

test('the address goes with the last entry that names it', async () => {
  page('/cnrygone', '<title>x</title>')
  const form = new FormData()
  form.append('file', new Blob(['x']), 'x.txt')
  await ann.post('/files', form)
  const [one, two] = [await say(at('/cnrygone')), await say(at('/cnrygone'))]
  await until(two)
  await until(one)
  await ann.del(`/entries/${one.id}`)
  await settled()
  await aDayLater(host)
  expect(await placesOf(host, 'cnrygone')).toContain('public.link_previews.url')
  await ann.del(`/entries/${two.id}`)
  await settled()
  await aDayLater(host)
  expect(await placesOf(host, 'cnrygone')).toEqual([])
})
