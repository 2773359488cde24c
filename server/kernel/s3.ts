import { createReadStream } from 'node:fs'
import { type IncomingMessage, request as plain } from 'node:http'
import { request as secure } from 'node:https'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { AwsV4Signer } from 'aws4fetch'
import { type Config, ConfigError } from './config.ts'
import { Refusal } from './errors.ts'

/** A bucket of any server that speaks S3, by keys below the prefix that S3_URL names. */
export type Bucket = {
  /** sends a file, all or nothing; with its SHA-256 the other end refuses what was changed on the way */
  put: (key: string, path: string, size: number, sha256?: Buffer) => Promise<void>
  /** null when there is nothing under this key */
  get: (key: string) => Promise<Readable | null>
  sizeOf: (key: string) => Promise<number | null>
  remove: (key: string) => Promise<void>
  /** every key below a prefix, page by page, and when it was written */
  list: (prefix: string) => AsyncGenerator<{ key: string; writtenAt: number }[]>
}

const TRIES = 3
const PAUSE_MS = 300
const STILL_MS = 30_000

/** The bucket of this configuration; null when files lie in the data folder. */
export const bucketOf = ({ s3Url }: Pick<Config, 's3Url'>): Bucket | null => (s3Url === null ? null : makeBucket(new URL(s3Url)))

/** @throws ConfigError when the bucket is there and does not let us in */
export async function probeBucket(config: Pick<Config, 's3Url'>): Promise<void> {
  try {
    await bucketOf(config)?.sizeOf('files/probe')
  } catch (error) {
    if (!(error instanceof Refusal)) throw new ConfigError(`S3_URL cannot be used. ${(error as Error).message}`)
  }
}

type Sent = { path: string; size: number; sha256?: Buffer }

function makeBucket(address: URL): Bucket {
  const [accessKeyId, secretAccessKey] = [address.username, address.password].map(decodeURIComponent)
  const region = address.searchParams.get('region') ?? 'us-east-1'
  const [bucket, ...folders] = address.pathname.split('/').filter(Boolean)
  const prefix = folders.map((folder) => `${folder}/`).join('')
  const send = address.protocol === 'https:' ? secure : plain

  async function once(method: string, target: string, sent?: Sent): Promise<IncomingMessage> {
    const url = `${address.protocol}//${address.host}/${bucket}${target}`
    const hash = sent ? (sent.sha256?.toString('hex') ?? 'UNSIGNED-PAYLOAD') : EMPTY
    const signed = await new AwsV4Signer({ method, url, headers: { 'x-amz-content-sha256': hash }, accessKeyId, secretAccessKey, region, service: 's3' }).sign()
    const asking = send(signed.url, { method, headers: { ...Object.fromEntries(signed.headers), ...(sent && { 'content-length': sent.size }) } })
    asking.setTimeout(STILL_MS, () => asking.destroy(new Error('no answer')))
    const answered = new Promise<IncomingMessage>((resolve, reject) => asking.once('response', resolve).once('error', reject))
    // An answer may come before all is sent, and its words are then worth more than the error of the sending.
    if (sent) pipeline(createReadStream(sent.path), asking).catch(() => {})
    else asking.end()
    return answered
  }

  /** @throws Refusal 503 while it is away; Error when it refuses */
  async function ask(method: string, target: string, sent?: Sent): Promise<IncomingMessage | null> {
    for (let attempt = 1; ; attempt++) {
      const answer = await once(method, target, sent).catch((error: Error) => error)
      if (!(answer instanceof Error)) {
        const { statusCode: status = 0 } = answer
        if (status < 300) return answer
        const said = await text(answer).catch(() => '')
        // A bucket that is not there is another matter than a key.
        if (status === 404 && !said.includes('NoSuchBucket')) return null
        if (status < 500 && status !== 429) throw new Error(`The server of ${address.host}/${bucket} answers ${status} ${/<Code>(\w+)/.exec(said)?.[1] ?? ''} to ${method}.`)
      }
      if (attempt === TRIES) throw new Refusal(503, 'store_away', 'The place where files are kept is not answering. Try again soon.', { retry_after: 5 })
      await sleep(PAUSE_MS * attempt)
    }
  }
  const done = (answer: IncomingMessage | null) => void answer?.resume()
  const at = (key: string) => `/${prefix}${key}`

  return {
    put: async (key, path, size, sha256) => done(await ask('PUT', at(key), { path, size, sha256 })),
    get: (key) => ask('GET', at(key)),
    sizeOf: async (key) => {
      const answer = await ask('HEAD', at(key))
      done(answer)
      return answer && Number(answer.headers['content-length'])
    },
    remove: async (key) => done(await ask('DELETE', at(key))),
    async *list(below) {
      for (let next = ''; ;) {
        const query = new URLSearchParams({ 'list-type': '2', prefix: prefix + below, ...(next && { 'continuation-token': next }) })
        const page = await text((await ask('GET', `?${query}`))!)
        yield [...page.matchAll(/<Contents>.*?<\/Contents>/gs)].map(([item]) => ({ key: valueOf(item, 'Key').slice(prefix.length), writtenAt: Date.parse(valueOf(item, 'LastModified')) }))
        next = valueOf(page, 'NextContinuationToken')
        if (!next) return
      }
    },
  }
}

// Of nothing at all.
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

// Our keys and whatever a server makes up as the token of a page need no more unescaping than this.
const valueOf = (xml: string, name: string) => (new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? '').replaceAll('&amp;', '&')
