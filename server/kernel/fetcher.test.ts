import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo } from 'node:net'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { fetchForeign, NotFetched, type Resolve, type Wanted } from './fetcher.ts'
import { isOnInternet, mayReach, readException } from './foreign-addresses.ts'

const PAGE: Wanted = { types: ['text/html'], mostBytes: 100_000, ifMore: 'cut' }
const html = (text: string): RequestListener => (_, answer) => void answer.writeHead(200, { 'content-type': 'text/html; charset="UTF-8"' }).end(text)

/** A server of this machine that remembers who came; what it answers is said by each test. */
async function serverAt(host: string) {
  const state = { hits: [] as { url: string; headers: Record<string, unknown> }[], answer: html('hello') as RequestListener }
  const server = createServer((request, answer) => {
    state.hits.push({ url: request.url!, headers: request.headers })
    state.answer(request, answer)
  })
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  afterAll(() => (server.closeAllConnections(), server.close()))
  return Object.assign(state, { port: (server.address() as AddressInfo).port })
}

// The one is what an administrator allowed, the other is in the same house and is nobody's business.
const allowed = await serverAt('127.0.0.2')
const secret = await serverAt('127.0.0.1')
const config = { url: 'https://talk.example', reachable: [readException('127.0.0.2:*')!] }
const get = (address: string, wanted: Partial<Wanted> = {}, resolve: Resolve = async () => ['127.0.0.2'], settings = config) =>
  fetchForeign(settings, address, { ...PAGE, ...wanted }, { resolve })
const why = (...how: Parameters<typeof get>) => get(...how).then(({ body }) => body.toString(), (error: unknown) => (error instanceof NotFetched ? error.why : error))

beforeEach(() => {
  for (const one of [allowed, secret]) Object.assign(one, { hits: [], answer: html('hello') })
})

test('a page is fetched from the address that was looked at, under its name, and is told nothing of who asks', async () => {
  const found = await get(`http://pages.example:${allowed.port}/a?b=c#d`)
  expect(found).toMatchObject({ url: `http://pages.example:${allowed.port}/a?b=c`, type: 'text/html', charset: 'utf-8', isCut: false })
  expect(found.body.toString()).toBe('hello')
  expect(allowed.hits).toEqual([{ url: '/a?b=c', headers: {
    host: `pages.example:${allowed.port}`, accept: 'text/html', 'accept-encoding': 'gzip, deflate, br', connection: 'close',
    'user-agent': 'Folkmoot (link preview; +https://talk.example)',
  } }])
})

test('only machines on the internet are reached', () => {
  const inside = ['0.0.0.0', '0.1.2.3', '10.0.0.1', '100.64.0.1', '100.127.255.255', '127.0.0.1', '127.255.0.1', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.1',
    '192.0.2.1', '192.88.99.1', '192.168.1.1', '198.18.0.1', '198.51.100.7', '203.0.113.9', '224.0.0.1', '239.1.1.1', '240.0.0.1', '255.255.255.255',
    '::', '::1', '::7f00:1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:8.8.8.8', '64:ff9b::7f00:1', '64:ff9b:1::1', '100::1', '2001::1', '2001:10::1', '2001:db8::1', '2002:7f00:1::', '3fff::1',
    '5f00::1', 'fc00::1', 'fd00::1', 'fd00:ec2::254', 'fe80::1', 'fec0::1', 'ff02::1', 'nonsense', '']
  expect(inside.filter(isOnInternet)).toEqual([])
  const outside = ['1.1.1.1', '8.8.8.8', '93.184.216.34', '172.15.0.1', '172.32.0.1', '100.63.0.1', '100.128.0.1', '223.255.255.1', '2606:4700::1111', '2a00:1450::1', '2001:4860:4860::8888']
  expect(outside.filter((address) => !isOnInternet(address))).toEqual([])
  expect([80, 443, 22, 8080, 5432].filter((port) => mayReach([], 'a.example', '8.8.8.8', port))).toEqual([80, 443])
})

test('what an administrator allows is what they name, and no more', () => {
  const may = (exception: string, name: string, address: string, port: number) => mayReach([readException(exception)!], name, address, port)
  expect([may('10.1.0.0/16', 'x', '10.1.2.3', 443), may('10.1.0.0/16', 'x', '10.2.2.3', 443), may('10.1.0.0/16', 'x', '10.1.2.3', 22)]).toEqual([true, false, false])
  expect([may('wiki.intern:8080', 'wiki.intern', '10.9.9.9', 8080), may('wiki.intern:8080', 'wiki.intern', '10.9.9.9', 80), may('wiki.intern:8080', 'x.wiki.intern', '10.9.9.9', 8080)])
    .toEqual([true, false, false])
  expect([may('[fd00:1::]/32', 'x', 'fd00:1::7', 80), may('[fd00:1::1]:9', 'x', 'fd00:1::1', 9), may('[fd00:1::]/32', 'x', 'fd00:2::7', 80)]).toEqual([true, true, false])
  // The keys of a machine are in no range.
  expect([may('169.254.0.0/16', 'x', '169.254.169.254', 80), may('0.0.0.0/0', 'x', '169.254.169.254', 80), may('wiki.intern', 'wiki.intern', '169.254.169.254', 80), may('169.254.169.254', 'x', '169.254.169.254', 80)])
    .toEqual([false, false, false, true])
  for (const wrong of ['', 'http://x', '10.0.0.0/33', 'x/8', 'a b', 'x:99999', '[fd00::1', '*']) expect(readException(wrong), wrong).toBeNull()
})

test('no spelling of an address of this machine or its neighbours is reached', async () => {
  const { port } = secret
  const hosts = ['127.0.0.1', '127.1', '127.0.1', '2130706433', '0x7f000001', '0x7f.1', '0177.0.0.1', '017700000001', '0', '0.0.0.0', '[::]', '[::1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]',
    '[64:ff9b::7f00:1]', '[64:ff9b::127.0.0.1]', '[2002:7f00:1::]', '[fec0::1]', '[fd00::1]', '[fe80::1]', '[::7f00:1]', '100.64.0.1', '169.254.169.254', '10.0.0.1', '192.168.0.1', '172.16.0.1', '198.18.0.1',
    '[ff02::1]', '１２７.0.0.1', '127。0。0。1', 'localhost', 'localhost.', 'sub.localhost', '%31%32%37.0.0.1']
  const resolve: Resolve = async () => ['127.0.0.1']
  for (const host of hosts) for (const at of [`http://${host}:${port}/`, `https://${host}:${port}/`, `http://${host}/`]) expect([at, await why(at, {}, resolve)]).toEqual([at, 'refused'])
  expect(secret.hits).toEqual([])
})

test('nothing but addresses of the web is asked for', async () => {
  const { port } = allowed
  for (const address of ['file:///etc/passwd', 'ftp://a.example/', 'gopher://a.example/', 'data:text/html,x', 'javascript:1', `http://ann:secret@a.example:${port}/`, `http://ann@a.example:${port}/`, 'http://', 'nonsense', '//a.example',
    `http://a.example:${port}/${'x'.repeat(2000)}`]) expect([address, await why(address)]).toEqual([address, 'bad_address'])
  expect(allowed.hits).toEqual([])
})

test('a name is asked for once, and a second answer changes nothing', async () => {
  const answers = [['127.0.0.2'], ['127.0.0.1'], ['127.0.0.1']]
  expect(await why(`http://rebinding.example:${secret.port}/`, {}, async () => answers.shift()!)).toBe('unreachable')
  expect(answers).toHaveLength(2)
  expect(secret.hits).toEqual([])
})

test('a name with one address inside is not believed at all', async () => {
  for (const found of [['127.0.0.2', '127.0.0.1'], ['127.0.0.1', '127.0.0.2'], ['127.0.0.2', '::1'], ['::ffff:127.0.0.1'], ['fd00::1'], ['not an address']])
    expect([found, await why(`http://mixed.example:${secret.port}/`, {}, async () => found)]).toEqual([found, 'refused'])
  expect(await why(`http://nobody.example:${secret.port}/`, {}, async () => [])).toBe('unknown_name')
  expect([secret.hits, allowed.hits]).toEqual([[], []])
})

test('where a page leads on to is looked at anew, five times at most, and no cookie goes along', async () => {
  const lead = (to: string): RequestListener => (_, answer) => void answer.writeHead(302, { location: to, 'set-cookie': 'a=b' }).end()
  for (const to of [`http://127.0.0.1:${secret.port}/`, `http://[::1]:${secret.port}/`, `//2130706433:${secret.port}/`]) {
    allowed.answer = lead(to)
    expect([to, await why(`http://a.example:${allowed.port}/`)]).toEqual([to, 'refused'])
  }
  for (const to of ['file:///etc/passwd', `http://ann:secret@a.example:${allowed.port}/`, 'javascript:1']) {
    allowed.answer = lead(to)
    expect([to, await why(`http://a.example:${allowed.port}/`)]).toEqual([to, 'bad_address'])
  }
  expect(secret.hits).toEqual([])
  allowed.hits = []
  allowed.answer = lead('/again')
  expect([await why(`http://a.example:${allowed.port}/`), allowed.hits.length]).toEqual(['too_many_redirects', 6])
  let left = 5
  allowed.answer = (request, answer) => (left-- ? lead(`/${left}`) : html('there'))(request, answer)
  expect(await get(`http://a.example:${allowed.port}/`)).toMatchObject({ url: `http://a.example:${allowed.port}/0`, body: Buffer.from('there') })
  expect(allowed.hits.filter(({ headers }) => headers.cookie || headers.referer)).toEqual([])
})

test('what is slow is given up, wherever it is slow', async () => {
  const soon = { withinMs: 300 }
  allowed.answer = () => {}
  expect(await why(`http://a.example:${allowed.port}/`, soon)).toBe('too_slow')
  allowed.answer = (_, answer) => {
    answer.writeHead(200, { 'content-type': 'text/html' })
    const drip = setInterval(() => answer.write('x'), 20)
    answer.on('close', () => clearInterval(drip))
  }
  expect(await why(`http://a.example:${allowed.port}/`, soon)).toBe('too_slow')
  expect(await why(`http://a.example:${allowed.port}/`, soon, (_, signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('stopped')))))).toBe('too_slow')
})

test('so much is read and no more, also of what unpacks to more', async () => {
  const much = Buffer.alloc(64 << 20, 'x')
  for (const [packing, body] of [['gzip', gzipSync(much)], ['br', brotliCompressSync(much)], ['identity', much]] as const) {
    allowed.answer = (_, answer) => void answer.writeHead(200, { 'content-type': 'text/html', 'content-encoding': packing }).end(body)
    const before = process.memoryUsage().rss
    const { body: got, isCut } = await get(`http://a.example:${allowed.port}/`)
    expect([packing, got.length, isCut]).toEqual([packing, 100_000, true])
    expect(await why(`http://a.example:${allowed.port}/`, { ifMore: 'refuse' })).toBe('too_large')
    expect(process.memoryUsage().rss - before).toBeLessThan(64 << 20)
  }
  allowed.answer = (_, answer) => void answer.writeHead(200, { 'content-type': 'text/html', ...Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`x-${i}`, 'y'.repeat(100)])) }).end('x')
  expect(await why(`http://a.example:${allowed.port}/`)).toBe('unreachable')
})

test('only what was asked for is taken, whole or packed', async () => {
  allowed.answer = (_, answer) => void answer.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' }).end(gzipSync('packed'))
  expect(await why(`http://a.example:${allowed.port}/`)).toBe('packed')
  for (const [headers, reason] of [
    [{ 'content-type': 'application/json' }, 'wrong_type'], [{ 'content-type': 'image/svg+xml' }, 'wrong_type'], [{}, 'wrong_type'], [{ 'content-type': 'text/html', 'content-encoding': 'zstd' }, 'bad_answer'],
    [{ 'content-type': 'text/html', 'content-encoding': 'gzip' }, 'unreachable'],
  ] as const) {
    allowed.answer = (_, answer) => void answer.writeHead(200, headers).end('not packed at all')
    expect([headers, await why(`http://a.example:${allowed.port}/`)]).toEqual([headers, reason])
  }
  allowed.answer = (_, answer) => void answer.writeHead(404, { 'content-type': 'text/html' }).end('no')
  expect(await why(`http://a.example:${allowed.port}/`)).toBe('bad_answer')
})
