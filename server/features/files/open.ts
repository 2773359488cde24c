import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { relative } from 'node:path'
import type { Config } from '../../kernel/config.ts'
import type { Host } from '../../kernel/context.ts'
import { Refusal } from '../../kernel/errors.ts'
import { complain, defineJob } from '../../kernel/jobs.ts'
import { demandRoom } from '../../kernel/room.ts'
import { bring, clearCopies, type Content, type Fault, inspectContent, pathOf, type Where } from './store.ts'

// Read to its end in a moment: looked over each time. Larger ones once an hour, as long as nothing touched them.
const SMALL = 1 << 18
const HOUR = 3_600_000
const MOST_REMEMBERED = 10_000

type Finding = { print: string; until: number; isRight: Promise<boolean> }
const findings = new Map<string, Finding>()
let clearedAt = 0

/**
 * Opens content for reading: what it is handed out from is what was taken in, to the last bit.
 * @throws Refusal 502 `file_missing` or `file_damaged`, which administrators are told of
 */
export async function openContent(host: Host, content: Content): Promise<FileHandle> {
  const { config } = host
  let found = await openRight(config, content)
  // What lies here is a copy of what is in a bucket, or was.
  if (typeof found === 'string' && config.s3Url !== null) found = (await fetchCopy(config, content)) ?? (await openRight(config, content))
  if (typeof found === 'string') throw await refuse(host, content, found)
  return found
}

async function openRight({ data }: Where, content: Content): Promise<FileHandle | Fault> {
  const file = await open(pathOf(data, content.sha256)).catch((error: NodeJS.ErrnoException) => error)
  if (file instanceof Error) return file.code === 'ENOENT' ? 'missing' : 'unreadable'
  if (await isRight(file, content).catch(() => false)) return file
  await file.close()
  return 'damaged'
}

/** Copies take the room that there is: old ones go once an hour, and all of them when it gets short. */
async function fetchCopy(config: Config, content: Content): Promise<Fault | null> {
  const now = Date.now()
  if (now - clearedAt > HOUR) {
    clearedAt = now
    await clearCopies(config, now - 24 * HOUR)
  }
  const isShort = await demandRoom(config, content.size).then(() => false, () => true)
  if (isShort) await clearCopies(config, now)
  await demandRoom(config, content.size)
  return bring(config, content)
}

async function isRight(file: FileHandle, { sha256, size }: Content): Promise<boolean> {
  const found = await file.stat({ bigint: true })
  if (found.size !== BigInt(size)) return false
  if (size <= SMALL) return hasHash(file, sha256)
  const [name, now] = [sha256.toString('hex'), Date.now()]
  const print = [found.dev, found.ino, found.mtimeNs, found.ctimeNs].join()
  const known = findings.get(name)
  // Many readers at once wait for the same look.
  if (known && known.print === print && known.until > now) return known.isRight
  const finding = { print, until: now + HOUR, isRight: hasHash(file, sha256) }
  findings.delete(name)
  findings.set(name, finding)
  if (findings.size > MOST_REMEMBERED) findings.delete(findings.keys().next().value!)
  // What could not be read may be readable the next time.
  finding.isRight.catch(() => findings.delete(name))
  return finding.isRight
}

async function hasHash(file: FileHandle, sha256: Buffer): Promise<boolean> {
  const hash = createHash('sha256')
  for await (const piece of file.createReadStream({ start: 0, autoClose: false })) hash.update(piece as Buffer)
  return hash.digest().equals(sha256)
}

async function refuse(host: Host, content: Content, fault: Fault): Promise<Refusal> {
  await report(host, content, fault)
  return fault === 'missing'
    ? new Refusal(502, 'file_missing', 'The server has lost this file. Tell an administrator: it can be put back from a backup.')
    : new Refusal(502, 'file_damaged', 'This file is not what was uploaded any more, so it is not handed out. Tell an administrator: it can be put back from a backup.')
}

const placeOf = ({ config }: Host, { sha256 }: Content) => relative(config.data, pathOf(config.data, sha256))

// Administrators see where it lies and never what it is called: it may belong to a conversation that is none of theirs.
async function report(host: Host, content: Content, fault: Fault): Promise<void> {
  host.log.error({ path: placeOf(host, content), fault }, 'a stored file is not what was taken in')
  const sha256 = content.sha256.toString('hex')
  await complain(host.db, lookAtContent, { sha256, size: content.size }, `content-${sha256}`)
    .catch((err) => host.log.warn({ err }, 'a fault of a stored file could not be told to administrators'))
}

/** Looks again at a content that was found wrong; fails, for administrators to see, until it is right or nothing refers to it. */
export const lookAtContent = defineJob<{ sha256: string; size: number }>('look-at-stored-file', async (host, { sha256, size }) => {
  const content = { sha256: Buffer.from(sha256, 'hex'), size }
  const row = await host.db.selectFrom('files').select('id')
    .where((eb) => eb.or([eb('sha256', '=', content.sha256), eb('thumbnail_sha256', '=', content.sha256)])).executeTakeFirst()
  const fault = row && (await inspectContent(host.config, content))
  if (fault) throw new Error(`The stored file ${placeOf(host, content)} is ${fault}. Put it back from the same place in a backup, then try again.`)
})
