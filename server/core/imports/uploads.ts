import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { type Ctx, type Host, inTransaction } from '../../kernel/context.ts'
import { invalid, notFound, Refusal } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { enqueue } from '../../kernel/jobs.ts'
import { demandRoom } from '../../kernel/room.ts'
import { bucketOf } from '../../kernel/s3.ts'
import { findImporter, recognise } from './importers.ts'
import { findImport, type Job } from './queries.ts'
import { recordImport } from './records.ts'
import { findTarget, nameIn } from './target.ts'
import type { ImportQuery, ImportView } from './schema.ts'

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

type Wish = z.output<typeof ImportQuery>

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
    const named = await store(host, request, archive)
    // What is wrong at first sight is said at once; the rest when it is read.
    const importer = await recognise(pathOf(host, archive))
    await (await importer.open(pathOf(host, archive))).close()
    await handOver(host, archive)
    return await inTransaction(host, actor, async (inside) => {
      const { dry_run, confirm_addresses: confirmed } = wish
      const target = await findTarget(inside, importer, { space: wish.space, name: wish.name || nameIn(named) })
      await recordImport(inside, { id, kind: importer.kind, archive, dry_run, confirmed, ...target, started_by: actor.id })
      await enqueue(inside.db, beginJob, {})
      return findImport(inside, id)
    })
  } catch (error) {
    await dropArchive(host, archive).catch(() => {})
    throw error
  }
}

const KEPT_MS = 86_400_000
// Each may be as large as an upload may be; whoever looked into one gets to keep the last they looked into.
const MOST_KEPT = 3

/**
 * After a dry run the archive stays for a day, for whoever sent it to import: the newest of each person, few in all.
 * Where files are kept in a bucket, it waits there.
 */
export async function keepArchive(host: Host, { id, archive, started_by }: Job): Promise<void> {
  if (bucketOf(host.config)) await rm(pathOf(host, archive!), { force: true })
  const kept = await host.db.selectFrom('imports').select(['id', 'archive', 'started_by']).where('archive', 'is not', null).where('state', '=', 'done').orderBy('id', 'desc').execute()
  const surplus = kept.filter((one, at) => at >= MOST_KEPT || (one.id !== id && one.started_by === started_by))
  for (const one of surplus) await letGo(host, one.id, one.archive!)
}

async function letGo(host: Host, id: string, archive: string): Promise<void> {
  const { numUpdatedRows } = await host.db.updateTable('imports').set({ archive: null }).where('id', '=', id).where('archive', '=', archive).executeTakeFirst()
  // Whoever began to import it meanwhile has it now.
  if (numUpdatedRows) await dropArchive(host, archive)
}

/**
 * Imports the archive that somebody just had looked into, as they sent it and under the same wishes.
 * @throws Refusal 404 for what is not theirs, 410 when it is not kept any more
 */
export async function importKept(ctx: Ctx, id: string): Promise<ImportView> {
  const seen = await ctx.db.selectFrom('imports').select(['kind', 'archive', 'confirmed', 'name', 'space_id']).where('id', '=', id).where('started_by', '=', ctx.actor.id)
    .where('dry_run', '=', true).where('state', '=', 'done').forUpdate().executeTakeFirstOrThrow(notFound)
  if (!seen.archive) throw new Refusal(410, 'archive_gone', 'The archive is not kept any more. Send it again.')
  // Whoever was a host when they chose the space may be none any more.
  if (seen.space_id) await findTarget(ctx, findImporter(seen.kind), { space: seen.space_id, name: null })
  await ctx.db.updateTable('imports').set({ archive: null }).where('id', '=', id).execute()
  const { id: begun } = await recordImport(ctx, { ...seen, dry_run: false, started_by: ctx.actor.id })
  await enqueue(ctx.db, beginJob, {})
  return findImport(ctx, begun)
}

/** @returns what the file was called where it comes from */
async function store(host: Host, request: FastifyRequest, archive: string): Promise<string> {
  await demandRoom(host.config, Number(request.headers['content-length'] ?? 0))
  await mkdir(folderOf(host), { recursive: true, mode: 0o700 })
  const file = await request.file({ limits: { files: 1, fields: 4, fileSize: host.config.maxImportBytes } })
  if (!file) throw invalid('no_file', 'The form has no `file`.')
  await pipeline(file.file, createWriteStream(pathOf(host, archive), { mode: 0o600 }))
  if (!file.file.truncated) return file.filename ?? ''
  const most = Math.floor(host.config.maxImportBytes / 1048576)
  throw new Refusal(413, 'too_large',
    `An archive takes at most ${most} MB here. Raise MAX_IMPORT_MB, or import it on the command line.`)
}

/** Takes away uploads that were kept long enough, and those that nothing refers to any more: that broke off, or of a process that died. */
export async function clearUploads(host: Host): Promise<void> {
  const over = await host.db.selectFrom('imports').select(['id', 'archive']).where('archive', 'is not', null).where('state', '=', 'done')
    .where('finished_at', '<', new Date(Date.now() - KEPT_MS).toISOString()).execute()
  for (const one of over) await letGo(host, one.id, one.archive!)
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
