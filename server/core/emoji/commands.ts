import shortcodes from 'emojibase-data/en/shortcodes/iamcal.json' with { type: 'json' }
import { sql } from 'kysely'
import { type Ctx, inTransaction } from '../../kernel/context.ts'
import { allow, conflict, invalid } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { newId } from '../../kernel/ids.ts'
import { MOST_PICTURE_BYTES } from '../../kernel/picture-bytes.ts'
import { inTurn, measurePicture, openPicture } from '../../kernel/pictures.ts'
import { emojiChanged } from './events.ts'
import { canAddEmoji, canChangeEmoji } from './policy.ts'
import { emojiRules, findEmoji } from './queries.ts'
import type { EmojiView } from './schema.ts'

const SIDE = 128
const MOST = 2000
const MOST_NAMES = 10
const FORMATS = ['png', 'gif', 'webp']

const standard = new Set(Object.values(shortcodes as Record<string, string | string[]>).flat())

/** Whether everybody's emoji have this name already. */
export const isStandard = (name: string): boolean => standard.has(name)

/**
 * Adds an emoji of this network. Its pixels are written anew, moving ones too; nothing else of the file is kept.
 * @throws Refusal 403, 409 `emoji_taken`, 422 `not_an_emoji_picture`, `too_many_emoji`
 */
export async function addEmoji(ctx: Ctx, { name, picture }: { name: string; picture: string }): Promise<EmojiView> {
  allow(canAddEmoji(ctx.actor, await emojiRules(ctx)), 'Only administrators add emoji here.', 'admins_only')
  const bytes = await drawEmoji(Buffer.from(picture, 'base64'))
  return inTransaction(ctx.host, ctx.actor, async (inside) => findEmoji(inside, await keepEmoji(inside, name, bytes, ctx.actor.id)))
}

/** A picture as an emoji is kept. @throws Refusal 422 */
export async function drawEmoji(file: Buffer): Promise<Buffer> {
  const refuse = () => invalid('not_an_emoji_picture', 'An emoji is a PNG, GIF or WebP picture of at most 256 kB.')
  if (file.length > MOST_PICTURE_BYTES) throw refuse()
  return inTurn(async () => {
    const facts = await measurePicture(file)
    if (!facts || !FORMATS.includes(facts.format ?? '')) throw refuse()
    for (const side of [SIDE, SIDE / 2]) {
      const drawn = await (await openPicture(file, { animated: true })).resize(side, side, { fit: 'inside', withoutEnlargement: true }).webp({ quality: 85, effort: 3 }).toBuffer().catch(() => null)
      if (!drawn) throw refuse()
      if (drawn.length <= MOST_PICTURE_BYTES) return drawn
    }
    throw refuse()
  })
}

/** Keeps a drawn emoji under a name; for who may. @throws Refusal 409, 422 */
export async function keepEmoji(ctx: Ctx, name: string, picture: Buffer, by: string | null): Promise<string> {
  const { n } = await ctx.db.selectFrom('custom_emoji').select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
  if (n >= MOST) throw invalid('too_many_emoji', `A network has at most ${MOST} emoji of its own.`)
  const id = newId()
  await ctx.db.insertInto('custom_emoji').values({ id, picture, made_by: by }).execute()
  await callIt(ctx, id, name, true)
  await emit(ctx, emojiChanged, {}, {})
  return id
}

async function callIt(ctx: Ctx, id: string, name: string, isFirst: boolean): Promise<void> {
  const row = isStandard(name) ? null : await ctx.db.insertInto('emoji_names').values({ name, emoji_id: id, is_first: isFirst }).onConflict((c) => c.doNothing()).returning('name').executeTakeFirst()
  if (!row) throw conflict('emoji_taken', 'There is an emoji with this name already. Choose another name.')
}

async function enterEmoji(ctx: Ctx, id: string): Promise<EmojiView> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`emoji ${id}`}, 0))`.execute(ctx.db)
  const emoji = await findEmoji(ctx, id)
  allow(canChangeEmoji(ctx.actor, emoji, await emojiRules(ctx)), 'Only who added it, or an administrator, can change this.', 'authors_only')
  return emoji
}

/** Gives an emoji a further name. @throws Refusal 404, 403, 409, 422 */
export async function addAlias(ctx: Ctx, id: string, name: string): Promise<EmojiView> {
  const emoji = await enterEmoji(ctx, id)
  if (emoji.aliases.includes(name) || emoji.name === name) return emoji
  if (emoji.aliases.length + 1 >= MOST_NAMES) throw invalid('too_many_names', `An emoji has at most ${MOST_NAMES} names.`)
  await callIt(ctx, id, name, false)
  await emit(ctx, emojiChanged, {}, {})
  return findEmoji(ctx, id)
}

/** Takes a further name away. @throws Refusal 404, 403 */
export async function removeAlias(ctx: Ctx, id: string, name: string): Promise<EmojiView> {
  await enterEmoji(ctx, id)
  const { numDeletedRows } = await ctx.db.deleteFrom('emoji_names').where('emoji_id', '=', id).where('name', '=', name).where('is_first', '=', false).executeTakeFirst()
  if (numDeletedRows) await emit(ctx, emojiChanged, {}, {})
  return findEmoji(ctx, id)
}

/** Removes an emoji; where it was used stands its name. @throws Refusal 404, 403 */
export async function removeEmoji(ctx: Ctx, id: string): Promise<void> {
  await enterEmoji(ctx, id)
  await ctx.db.deleteFrom('custom_emoji').where('id', '=', id).execute()
  await emit(ctx, emojiChanged, {}, {})
}
