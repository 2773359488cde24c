import type { FastifyReply } from 'fastify'
import type { Ctx } from '../../kernel/context.ts'
import { invalid, notFound } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { MOST_PICTURE_BYTES } from '../../kernel/picture-bytes.ts'
import { inTurn, measurePicture, openPicture } from '../../kernel/pictures.ts'
import { STREAMED } from '../../kernel/serve.ts'

/** Twice as large as it is shown anywhere, for fine screens. */
const WIDEST = 640
const HIGHEST = 160

export type Drawn = { picture: Buffer; width: number; height: number }

/** A picture as a logo is kept: its pixels are written anew, and nothing else of the file. @throws Refusal 422 `not_a_logo` */
export async function drawLogo(base64: string): Promise<Drawn> {
  const file = Buffer.from(base64, 'base64')
  const refuse = () => invalid('not_a_logo', 'A logo is a PNG, JPEG, GIF, WebP or AVIF picture of at most 256 kB.')
  if (file.length > MOST_PICTURE_BYTES) throw refuse()
  return inTurn(async () => {
    if (!(await measurePicture(file))) throw refuse()
    const drawn = await (await openPicture(file)).rotate().resize(WIDEST, HIGHEST, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 92, effort: 4 }).toBuffer({ resolveWithObject: true }).catch(() => null)
    if (!drawn) throw refuse()
    return { picture: drawn.data, width: drawn.info.width, height: drawn.info.height }
  })
}

/** Keeps the logo for where it is light or dark, or (null) takes it away. */
export async function keepLogo(ctx: Ctx, shade: 'light' | 'dark', drawn: Drawn | null): Promise<void> {
  if (!drawn) return void (await ctx.db.deleteFrom('network_logos').where('shade', '=', shade).execute())
  const row = { id: newId(), ...drawn }
  await ctx.db.insertInto('network_logos').values({ shade, ...row }).onConflict((c) => c.column('shade').doUpdateSet(row)).execute()
}

/** A logo for anybody who asks; under this address it never changes. @throws Refusal 404 */
export async function sendLogo(ctx: Ctx, id: string, reply: FastifyReply) {
  const { picture } = await ctx.db.selectFrom('network_logos').select('picture').where('id', '=', id).executeTakeFirstOrThrow(notFound)
  reply.headers({
    'content-type': 'image/webp', 'content-security-policy': "sandbox; default-src 'none'", 'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin', 'cache-control': 'public, max-age=604800, immutable',
  }).send(picture)
  return STREAMED
}
