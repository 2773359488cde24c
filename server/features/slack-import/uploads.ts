import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { FastifyRequest } from 'fastify'
import { type Ctx, type Host, inTransaction } from '../../kernel/context.ts'
import { invalid, Refusal } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { enqueue } from '../../kernel/jobs.ts'
import { demandRoom } from '../../kernel/room.ts'
import { bucketOf } from '../../kernel/s3.ts'
import { openArchive } from './archive.ts'
import { findImport } from './queries.ts'
import { recordImport } from './records.ts'
import type { ImportView } from './schema.ts'

const folderOf = (host: Host) => join(host.config.data, 'imports')
export const pathOf = (host: Host, archive: string) => join(folderOf(host), archive)
const keyOf = (archive: string) => `imports/${archive}`

/** Where files are kept in a bucket, whoever imports may be another machine: the archive waits there. */
async function handOver(host: Host, archive: string): Promise<void> {
  const [bucket, path] = [bucketOf(host.config), pathOf(host, archive)]
  if (!bucket) return
  await bucket.put(keyOf(archive), path, (await stat(path)).size)
  await rm(path)
}

/** The path of an archive that waits; it is got from the bucket first where there is one. */
export async function findArchive(host: Host, archive: string): Promise<string> {
  const path = pathOf(host, archive)
  const source = existsSync(path) ? null : await bucketOf(host.config)?.get(keyOf(archive))
  if (source) {
    await mkdir(folderOf(host), { recursive: true, mode: 0o700 })
    await pipeline(source, createWriteStream(`${path}.coming`, { mode: 0o600 }))
    await rename(`${path}.coming`, path)
  }
  return path
}

/** Takes an archive away that is not needed any more. */
export async function dropArchive(host: Host, archive: string): Promise<void> {
  await rm(pathOf(host, archive), { force: true })
  await bucketOf(host.config)?.remove(keyOf(archive))
}

/** The job that begins with what was uploaded. */
export const beginJob = { name: 'import-uploads' }

type Wish = { dry_run: boolean; confirm_addresses: boolean }

/**
 * Takes an archive in, looks whether it can be one, and queues its import.
 * @throws Refusal 413 when it is too large, 415 when it is no form, 422 with a code `archive_…` when it is no export
 */
export async function receiveArchive(ctx: Ctx, request: FastifyRequest, wish: Wish): Promise<ImportView> {
  if (!request.isMultipart())
    throw new Refusal(415, 'unsupported_type', 'Send a form (multipart/form-data) with the field `file`.')
  const { host, actor } = ctx
  const id = newId()
  const archive = `${id}.zip`
  try {
    await store(host, request, archive)
    // What is wrong at first sight is said at once; the rest when it is read.
    await (await openArchive(pathOf(host, archive))).close()
    await handOver(host, archive)
    return await inTransaction(host, actor, async (inside) => {
      const { dry_run, confirm_addresses: confirmed } = wish
      await recordImport(inside, { id, archive, dry_run, confirmed, started_by: actor.id })
      await enqueue(inside.db, beginJob, {})
      return findImport(inside, id)
    })
  } catch (error) {
    await dropArchive(host, archive).catch(() => {})
    throw error
  }
}

async function store(host: Host, request: FastifyRequest, archive: string): Promise<void> {
  await demandRoom(host.config, Number(request.headers['content-length'] ?? 0))
  await mkdir(folderOf(host), { recursive: true, mode: 0o700 })
  const file = await request.file({ limits: { files: 1, fields: 4, fileSize: host.config.maxImportBytes } })
  if (!file) throw invalid('no_file', 'The form has no `file`.')
  await pipeline(file.file, createWriteStream(pathOf(host, archive), { mode: 0o600 }))
  if (!file.file.truncated) return
  const most = Math.floor(host.config.maxImportBytes / 1048576)
  throw new Refusal(413, 'too_large',
    `An archive takes at most ${most} MB here. Raise MAX_IMPORT_MB, or import it on the command line.`)
}

/** Takes away uploads that nothing refers to any more: those that broke off, and those of a process that died. */
export async function clearUploads(host: Host): Promise<void> {
  const rows = await host.db.selectFrom('imports').select('archive').where('archive', 'is not', null).execute()
  const kept = new Set(rows.map((row) => row.archive))
  const yesterday = Date.now() - 86_400_000
  for await (const page of bucketOf(host.config)?.list('imports/') ?? [])
    for (const { key, writtenAt } of page) if (!kept.has(key.slice('imports/'.length)) && writtenAt < yesterday) await bucketOf(host.config)!.remove(key)
  for (const name of await readdir(folderOf(host)).catch(() => [])) {
    const { mtimeMs } = await stat(pathOf(host, name)).catch(() => ({ mtimeMs: Infinity }))
    if (!kept.has(name) && mtimeMs < yesterday) await rm(pathOf(host, name), { force: true })
  }
}
