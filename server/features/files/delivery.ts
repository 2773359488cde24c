import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Ctx } from '../../kernel/context.ts'
import { notFound, Refusal } from '../../kernel/errors.ts'
import { STREAMED } from '../../kernel/serve.ts'
import { disposition } from './names.ts'
import { openContent } from './open.ts'
import { findFile } from './queries.ts'
import type { Content } from './store.ts'
import { isShown } from './types.ts'

type Exchange = { request: FastifyRequest; reply: FastifyReply }
type Delivery = Content & { type: string; name: string; isShown: boolean; isPhoto: boolean }

/** Answers with a file's content. @throws Refusal 404, 502 when the store does not have it as it was taken in */
export async function sendFile(ctx: Ctx, id: string, exchange: Exchange) {
  const file = await findFile(ctx, id)
  if (!file.sha256) throw notFound()
  return send(ctx, { ...file, sha256: file.sha256, isShown: isShown(file), isPhoto: file.is_photo }, exchange)
}

/** Answers with the small form of a picture. @throws Refusal 404, also for what is no picture */
export async function sendThumbnail(ctx: Ctx, id: string, exchange: Exchange) {
  const file = await findFile(ctx, id)
  if (!file.sha256 || file.width === null) throw notFound()
  const small = file.thumbnail_sha256
    && { sha256: file.thumbnail_sha256, size: file.thumbnail_size!, type: 'image/webp' }
  const name = small ? file.name.replace(/(\.[^.]*)?$/, '.webp') : file.name
  return send(ctx, { ...file, sha256: file.sha256, ...small, name, isShown: true, isPhoto: file.is_photo }, exchange)
}

async function send(ctx: Ctx, file: Delivery, { request, reply }: Exchange) {
  const tag = `"${file.sha256.toString('base64url')}"`
  if (request.headers['if-none-match']?.includes(tag)) {
    describe(reply, file, tag)
    reply.code(304).send()
    return STREAMED
  }
  const range = rangeOf(request, tag, file.size)
  if (range === 'none') {
    reply.header('content-range', `bytes */${file.size}`)
    throw new Refusal(416, 'bad_range', 'The file does not have these bytes.')
  }
  // Before anything is promised of it.
  const content = await openContent(ctx.host, file)
  describe(reply, file, tag)
  const { from, to } = range ?? { from: 0, to: file.size - 1 }
  if (range) reply.code(206).header('content-range', `bytes ${from}-${to}/${file.size}`)
  reply.header('content-length', to - from + 1)
  // The lengths that were just promised are those of the plain bytes.
  request.headers['x-no-compression'] = '1'
  if (request.method === 'HEAD' || file.size === 0) {
    await content.close()
    reply.send(Readable.from([]))
  } else reply.send(content.createReadStream({ start: from, end: to }))
  return STREAMED
}

// Whatever a file holds, it runs nowhere: never sniffed, sandboxed, and downloaded under a neutral type unless it is a
// picture that was decoded here, sound or video.
function describe(reply: FastifyReply, file: Delivery, tag: string): void {
  reply.headers({
    'content-type': file.isShown ? file.type : 'application/octet-stream',
    'content-disposition': disposition(file.isShown ? 'inline' : 'attachment', file.name),
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin',
    // A photo gets a new id with each change. The others ask again each time, since who may see them can change.
    'cache-control': file.isPhoto ? 'private, max-age=86400' : 'private, no-cache',
    'accept-ranges': 'bytes', etag: tag, vary: 'cookie, authorization',
  })
}

/** The one range that is asked for (RFC 9110, 14.2); null for all of it, 'none' when it lies outside. */
function rangeOf(request: FastifyRequest, tag: string, size: number): { from: number; to: number } | 'none' | null {
  const { range, 'if-range': unless } = request.headers
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range ?? '') ?? []
  if ((!first && !last) || (unless && unless !== tag)) return null
  const from = first ? Number(first) : Math.max(0, size - Number(last))
  const to = first && last ? Math.min(Number(last), size - 1) : size - 1
  return from > to || from >= size ? 'none' : { from, to }
}
