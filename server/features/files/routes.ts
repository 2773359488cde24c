import type { FastifyRequest } from 'fastify'
import { onFill } from '../../core/entries/contents.ts'
import { Person } from '../../core/people/schema.ts'
import type { Ctx } from '../../kernel/context.ts'
import { invalid, Refusal } from '../../kernel/errors.ts'
import { del, get, patch, post, put } from '../../kernel/http.ts'
import { keyOf } from '../../kernel/idempotency.ts'
import { demandRoom } from '../../kernel/room.ts'
import { describeFile, setPhoto, upload } from './commands.ts'
import { fillFromImport } from './fill.ts'
import { sendFile, sendThumbnail } from './delivery.ts'
import { findFileRecord } from './queries.ts'
import { demandQuota, findStorageUsage, findUsage } from './quota.ts'
import { Alt, AltInput, FileRecord, PhotoInput, StorageUsage, Usage } from './schema.ts'

// What a form has around its file, at most.
const FORM_BYTES = 16_384

/** Reads a form with one `file` and, before or after it, an `alt`. */
async function receiveUpload(ctx: Ctx, request: FastifyRequest) {
  if (!request.isMultipart())
    throw new Refusal(415, 'unsupported_type', 'Send a form (multipart/form-data) with the field `file`.')
  const key = keyOf(request.headers['idempotency-key'])
  // What cannot be kept need not be read; how much it is exactly shows at the end.
  const announced = Math.max(0, Number(request.headers['content-length'] ?? 0) - FORM_BYTES)
  await demandRoom(ctx.host.config, announced)
  // What is repeated under its key may be here already, and used up the rest.
  if (key === null) await demandQuota(ctx, announced)
  const parts = request.parts({ limits: { files: 1, fields: 4, fileSize: ctx.host.config.maxFileBytes } })
  let alt: unknown = ''
  const readOn = async () => {
    for (let next = await parts.next(); !next.done; next = await parts.next()) {
      if (next.value.type === 'file') return next.value
      if (next.value.fieldname === 'alt') alt = next.value.value
    }
    return null
  }
  const file = await readOn()
  if (!file) throw invalid('no_file', 'The form has no `file`.')
  return upload(ctx, file.file, file.filename, async () => {
    const most = Math.floor(ctx.host.config.maxFileBytes / 1048576)
    if (file.file.truncated) throw new Refusal(413, 'too_large', `A file takes at most ${most} MB.`)
    await readOn()
    const parsed = Alt.safeParse(alt)
    if (!parsed.success) throw invalid('invalid', 'The description (`alt`) is not a text of at most 1,500 characters.')
    return parsed.data
  }, key)
}

onFill(fillFromImport)

export const routes = [
  post('/files', { summary: 'Upload a file: form field `file`, and `alt` to describe it', reply: FileRecord,
    status: 201, streams: true, transaction: false, perMinute: 240 },
    (ctx, { request }) => receiveUpload(ctx, request).catch((error) => {
      throw request.raw.readableAborted
        ? new Refusal(400, 'upload_broken_off', 'The upload ended before its end.') : error
    })),
  get('/me/uploads', { summary: 'How much I uploaded, in bytes, and may', reply: Usage }, findUsage),
  get('/storage', { summary: 'How much room stored files take, in bytes', access: 'admin', reply: StorageUsage }, findStorageUsage),
  get('/files/:id', { summary: "A file's content" },
    (ctx, { params, request, reply }) => sendFile(ctx, params.id, { request, reply })),
  get('/files/:id/thumbnail', { summary: 'The small form of a picture' },
    (ctx, { params, request, reply }) => sendThumbnail(ctx, params.id, { request, reply })),
  patch('/files/:id', { summary: 'Describe a file', body: AltInput, reply: FileRecord, again: findFileRecord },
    (ctx, { params, body }) => describeFile(ctx, params.id, body.alt)),
  put('/me/photo', { summary: 'Set my photo', body: PhotoInput, reply: Person, transaction: false, perMinute: 30 },
    (ctx, { body }) => setPhoto(ctx, body.file)),
  del('/me/photo', { summary: 'Remove my photo', status: 204, transaction: false },
    async (ctx) => void (await setPhoto(ctx, null))),
]
