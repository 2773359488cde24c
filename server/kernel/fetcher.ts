import { lookup, Resolver } from 'node:dns/promises'
import { type IncomingMessage, request as plain } from 'node:http'
import { request as secure } from 'node:https'
import { isIP } from 'node:net'
import { pipeline, type Readable, type Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { Config } from './config.ts'
import { mayReach } from './foreign-addresses.ts'

// THE way to other people's machines. Whoever writes here can name any address, and this server stands inside of somebody's
// house: so what a name leads to is looked at before anything is sent, and the connection goes to just that address.

/** Why there is no answer to use. The words are for logs: whoever wrote the address learns nothing of it. */
export class NotFetched extends Error {
  readonly why: 'bad_address' | 'refused' | 'unknown_name' | 'unreachable' | 'too_slow' | 'too_large' | 'wrong_type' | 'too_many_redirects' | 'bad_answer'
  constructor(why: NotFetched['why'], words: string) {
    super(words)
    this.why = why
  }
}

export type Fetched = { url: string; type: string; charset: string | null; body: Buffer; isCut: boolean }

export type Wanted = {
  /** what it may be, without parameters: `text/html`, `image/png` */
  types: readonly string[]
  /** so many bytes are read of it at most, unpacked */
  mostBytes: number
  /** what to do with more: what there is so far is enough of a page, and no picture */
  ifMore: 'cut' | 'refuse'
  /** for everything together: names, redirects, reading */
  withinMs?: number
  signal?: AbortSignal
}

/** All addresses that a name leads to. */
export type Resolve = (name: string, signal: AbortSignal) => Promise<string[]>
/** `resolve`: tests have one of their own. */
type Ways = { resolve?: Resolve }

const WITHIN_MS = 10_000
const MOST_REDIRECTS = 5
const MOST_HEADER_BYTES = 16_384
const LONGEST_ADDRESS = 2000
const SCHEMES = ['http:', 'https:']
const REDIRECTS = [301, 302, 303, 307, 308]

/**
 * Fetches what somebody else's machine has at an address, without telling it who asks.
 * @throws NotFetched
 */
export async function fetchForeign(config: Pick<Config, 'url' | 'reachable'>, address: string, wanted: Wanted, { resolve = resolverFor(config) }: Ways = {}): Promise<Fetched> {
  const late = AbortSignal.timeout(wanted.withinMs ?? WITHIN_MS)
  const signal = wanted.signal ? AbortSignal.any([late, wanted.signal]) : late
  try {
    for (let at = readAddress(address), turns = 0; ; turns++) {
      const answer = await ask(at, await pin(config, at, resolve, signal), wanted, config, signal)
      const { statusCode: status = 0, headers } = answer
      if (REDIRECTS.includes(status) && headers.location) {
        answer.destroy()
        if (turns === MOST_REDIRECTS) throw new NotFetched('too_many_redirects', 'Leads on and on.')
        at = readAddress(headers.location, at)
        continue
      }
      if (status !== 200) {
        answer.destroy()
        throw new NotFetched('bad_answer', `Answers ${status}.`)
      }
      return await read(at, answer, wanted)
    }
  } catch (error) {
    if (late.aborted) throw new NotFetched('too_slow', 'Takes too long.')
    throw error instanceof NotFetched ? error : new NotFetched('unreachable', (error as NodeJS.ErrnoException).code ?? 'Does not answer.')
  }
}

/** @throws NotFetched for what is no address of the web, or names a person who asks */
function readAddress(address: string, base?: URL): URL {
  const url = address.length <= LONGEST_ADDRESS && URL.canParse(address, base) ? new URL(address, base) : null
  if (!url || !SCHEMES.includes(url.protocol) || url.username || url.password || !url.hostname) throw new NotFetched('bad_address', 'Is no address to fetch.')
  url.hash = ''
  return url
}

const hostOf = (url: URL) => url.hostname.replace(/^\[|\]$/g, '')
const portOf = (url: URL) => Number(url.port || (url.protocol === 'https:' ? 443 : 80))

/**
 * The one address that the connection will go to. All that the name leads to are looked at: where any of them may not be
 * reached the name is not believed at all.
 */
async function pin(config: Pick<Config, 'reachable'>, url: URL, resolve: Resolve, signal: AbortSignal): Promise<string> {
  const host = hostOf(url)
  const addresses = isIP(host) ? [host] : await resolve(host, signal)
  if (!addresses.length) throw new NotFetched('unknown_name', 'Nothing has this name.')
  if (!addresses.every((address) => isIP(address) && mayReach(config.reachable, host, address, portOf(url)))) throw new NotFetched('refused', 'May not be reached from here.')
  return addresses.find((address) => isIP(address) === 4) ?? addresses[0]
}

/**
 * Asks the name servers themselves: what a slow one holds up is nobody's turn to read a file. A name that the configuration
 * allows may be known to this machine only.
 */
const resolverFor = ({ reachable }: Pick<Config, 'reachable'>): Resolve => async (name, signal) => {
  if (reachable.some((one) => one.name === name)) return (await lookup(name, { all: true }).catch(() => [])).map(({ address }) => address)
  const resolver = new Resolver({ timeout: 3000, tries: 2 })
  const stop = () => resolver.cancel()
  signal.addEventListener('abort', stop)
  try {
    const found = await Promise.all([resolver.resolve4(name).catch(() => []), resolver.resolve6(name).catch(() => [])])
    return found.flat()
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

function ask(url: URL, address: string, { types }: Wanted, config: Pick<Config, 'url'>, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const request = (url.protocol === 'https:' ? secure : plain)(url, {
      // The name stands in Host and is what the certificate must be for; the connection goes where we looked.
      lookup: (_, { all }, found) => (all ? found(null, [{ address, family: isIP(address) }]) : found(null, address, isIP(address))),
      agent: false, signal, maxHeaderSize: MOST_HEADER_BYTES,
      headers: { accept: types.join(', '), 'accept-encoding': 'gzip, deflate, br', 'user-agent': `Folkmoot (link preview; +${config.url})` },
    })
    request.on('response', (answer) => {
      // What breaks off is noticed by whoever reads, and where nobody does it is no matter.
      answer.on('error', () => {})
      resolve(answer)
    }).on('error', reject).end()
  })
}

const unpackers: Record<string, (() => Transform) | undefined> = { gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate, br: createBrotliDecompress }

async function read(url: URL, answer: IncomingMessage, { types, mostBytes, ifMore }: Wanted): Promise<Fetched> {
  try {
    const [type, ...parameters] = (answer.headers['content-type'] ?? '').toLowerCase().split(';').map((part) => part.trim())
    if (!types.includes(type)) throw new NotFetched('wrong_type', `Is ${type || 'of no type'}.`)
    if (ifMore === 'refuse' && Number(answer.headers['content-length'] ?? 0) > mostBytes) throw new NotFetched('too_large', 'Is too large.')
    const { body, isCut } = await readSome(unpacked(answer), mostBytes)
    if (isCut && ifMore === 'refuse') throw new NotFetched('too_large', 'Is too large.')
    const charset = parameters.map((part) => /^charset="?([\w-]+)"?$/.exec(part)?.[1]).find(Boolean) ?? null
    return { url: url.href, type, charset, body, isCut }
  } finally {
    answer.destroy()
  }
}

function unpacked(answer: IncomingMessage): Readable {
  const packing = (answer.headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  if (packing === 'identity' || packing === '') return answer
  const unpacker = unpackers[packing]
  if (!unpacker) throw new NotFetched('bad_answer', 'Is packed in another way than was asked for.')
  const unpack = unpacker()
  pipeline(answer, unpack, () => {})
  return unpack
}

// What is counted is what comes out: a small body can unpack to a huge one.
async function readSome(stream: Readable, most: number): Promise<{ body: Buffer; isCut: boolean }> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of stream as AsyncIterable<Buffer>) {
    pieces.push(piece)
    size += piece.length
    if (size > most) return { body: Buffer.concat(pieces, size).subarray(0, most), isCut: true }
  }
  return { body: Buffer.concat(pieces, size), isCut: false }
}
