import { sql } from 'kysely'
import type { FastifyReply } from 'fastify'
import type { Ctx } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { cursorsOf, type PageQuery, toPage } from '../../kernel/pages.ts'
import { STREAMED } from '../../kernel/serve.ts'
import type { EmojiView } from './schema.ts'

/** Who may add emoji in this network. */
export const emojiRules = async (ctx: Pick<Ctx, 'db'>) =>
  (await ctx.db.selectFrom('network').select('members_add_emoji').executeTakeFirst()) ?? { members_add_emoji: false }

// Guests are not told of people they do not meet.
const emoji = (ctx: Pick<Ctx, 'db' | 'actor'>) => ctx.db.selectFrom('custom_emoji as e').innerJoin('emoji_names as n', (join) => join.onRef('n.emoji_id', '=', 'e.id').on('n.is_first', '=', true))
  .select(['e.id', 'n.name', sql<string | null>`${ctx.actor.role === 'guest' ? null : sql.ref('e.made_by')}::uuid`.as('by'), sql<string>`'/api/v1/emoji/' || e.id || '/picture'`.as('url'),
    sql<string[]>`array(select a.name from emoji_names a where a.emoji_id = e.id and not a.is_first order by a.name)`.as('aliases')])

/** @throws Refusal 404 */
export const findEmoji = (ctx: Pick<Ctx, 'db' | 'actor'>, id: string): Promise<EmojiView> => emoji(ctx).where('e.id', '=', id).executeTakeFirstOrThrow(notFound)

/** The emoji of this network, by name. */
export async function listEmoji(ctx: Ctx, { limit, before, after }: PageQuery) {
  const cursors = cursorsOf(ctx, 'emoji')
  const from = cursors.open(before ?? after)
  let query = emoji(ctx).orderBy('n.name').limit(limit + 1)
  if (from) query = query.where('n.name', '>', from[0])
  return toPage(await query.execute(), limit, ({ name }) => cursors.seal(name), (row) => row)
}

/** Its picture, which never changes under this address. @throws Refusal 404 */
export async function sendEmoji(ctx: Ctx, id: string, reply: FastifyReply) {
  const { picture } = await ctx.db.selectFrom('custom_emoji').select('picture').where('id', '=', id).executeTakeFirstOrThrow(notFound)
  reply.headers({
    'content-type': 'image/webp', 'content-security-policy': "sandbox; default-src 'none'", 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, max-age=604800, immutable', vary: 'cookie, authorization',
  }).send(picture)
  return STREAMED
}
