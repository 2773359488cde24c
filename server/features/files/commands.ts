import { readFile } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { sql } from 'kysely'
import { entryEdited } from '../../core/entries/events.ts'
import { findThreadOf } from '../../core/entries/queries.ts'
import { announceChange } from '../../core/people/commands.ts'
import { findPerson } from '../../core/people/queries.ts'
import { type Ctx, inTransaction } from '../../kernel/context.ts'
import type { Db } from '../../kernel/db.ts'
import { allow, invalid } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { fingerprint, once, type Remember } from '../../kernel/idempotency.ts'
import { newId } from '../../kernel/ids.ts'
import { isFree } from './attach.ts'
import { canClean, clean } from './metadata/clean.ts'
import { safeName } from './names.ts'
import { inTurn, LARGEST_PICTURE, preparePicture, squarePhoto } from './pictures.ts'
import { canDescribe } from './policy.ts'
import { findFile, findFileRecord } from './queries.ts'
import type { FileRecord } from './schema.ts'
import { openContent } from './open.ts'
import { demandQuota } from './quota.ts'
import { type Arrived, discard, place, receive, sendAhead, type Where } from './store.ts'
import { isPicture, typeOf } from './types.ts'

/** Uploads put content into the store while cleaning takes out what no row refers to: never at the same time. */
export const lockStore = (db: Db, how: 'share' | 'alone') =>
  how === 'share' ? sql`select pg_advisory_xact_lock_shared(hashtextextended('files', 0))`.execute(db)
    : sql`select pg_advisory_xact_lock(hashtextextended('files', 0))`.execute(db)

export type Prepared = { content: Arrived; thumbnail: Arrived | null; type: string; width: number | null; height: number | null }

/**
 * Takes a file in. It is seen by nobody else until it is attached to an entry, and forgotten after a day without one.
 * Pictures lose their metadata before they are stored: the original is not kept.
 * @param readAlt reads the upload to its end
 * @param key the same file under the same key is kept once
 */
export async function upload(
  ctx: Ctx, source: Readable, givenName: string, readAlt: () => Promise<string>, key: string | null,
): Promise<FileRecord> {
  const original = await receive(ctx.host.config.data, source)
  const arrived = [original]
  try {
    const named = { name: safeName(givenName), alt: await readAlt() }
    const describe = () => fingerprint('POST', '/files', { ...named, sha256: original.sha256.toString('hex') })
    const work = async (remember: Remember) => {
      const prepared = await prepare(ctx.host.config, original, arrived)
      return inTransaction(ctx.host, ctx.actor, async (inside) => {
        const stored = { status: 201, body: await store(inside, named, prepared) }
        await remember(inside, stored)
        return stored
      })
    }
    const answer = await once(ctx, { key, describe, work, again: (id) => findFileRecord(ctx, id) })
    return answer.body as FileRecord
  } finally {
    for (const one of arrived) await discard(one)
  }
}

async function store(ctx: Ctx, named: { name: string; alt: string }, prepared: Prepared): Promise<FileRecord> {
  await demandQuota(ctx, prepared.content.size + (prepared.thumbnail?.size ?? 0))
  const id = newId()
  await ctx.db.insertInto('files').values({ id, owner_id: ctx.actor.id, ...named, ...(await keep(ctx, prepared)) }).execute()
  return findFileRecord(ctx, id)
}

/** Puts prepared content into the store, for a row that is written in the same transaction; answers its columns. */
export async function keep(ctx: Ctx, { content, thumbnail, ...facts }: Prepared) {
  await lockStore(ctx.db, 'share')
  for (const one of thumbnail ? [content, thumbnail] : [content]) await place(ctx.host.config, one)
  const small = { thumbnail_sha256: thumbnail?.sha256 ?? null, thumbnail_size: thumbnail?.size ?? null }
  return { ...facts, size: content.size, sha256: content.sha256, ...small }
}

/** Finds out what a file is, and makes a picture ready; whatever is written on the way goes to `arrived`. */
export async function prepare(where: Where, original: Arrived, arrived: Arrived[]): Promise<Prepared> {
  const prepared = await makeReady(where.data, original, arrived)
  for (const one of [prepared.content, prepared.thumbnail]) if (one) await sendAhead(where, one)
  return prepared
}

async function makeReady(data: string, original: Arrived, arrived: Arrived[]): Promise<Prepared> {
  const type = await typeOf(original.path)
  const plain = { content: original, thumbnail: null, type, width: null, height: null }
  if (!canClean(type)) return plain
  if (original.size > LARGEST_PICTURE) throw invalid('picture_too_large', 'A picture takes at most 100 MB.')
  return inTurn(async () => {
    const keep = async (bytes: Buffer) => {
      arrived.push(await receive(data, bytes))
      return arrived.at(-1)!
    }
    const file = await readFile(original.path)
    const picture = isPicture(type) ? await preparePicture(type, file) : null
    if (picture) {
      const { content, thumbnail, width, height } = picture
      return { content: await keep(content), thumbnail: await keep(thumbnail), type, width, height }
    }
    const cleaned = clean(type, file, 1)
    // What claims to be a picture and cannot be decoded is a file like any other.
    const shown = isPicture(type) ? 'application/octet-stream' : type
    return { ...plain, content: cleaned ? await keep(cleaned) : original, type: shown }
  })
}

/** Says what a file shows. @throws Refusal 404, 403 for another's file */
export async function describeFile(ctx: Ctx, id: string, alt: string): Promise<FileRecord> {
  const file = await findFile(ctx, id)
  allow(canDescribe(ctx.actor, file), 'Only who uploaded it can describe it.', 'authors_only')
  await ctx.db.updateTable('files').set({ alt }).where('id', '=', id).execute()
  // Whoever has the entry on the screen gets it anew, with the description.
  if (file.entry_id) {
    const { space } = await findThreadOf(ctx, file.entry_id)
    await emit(ctx, entryEdited, { space_id: space, entry_id: file.entry_id }, {})
  }
  return findFileRecord(ctx, id)
}

/** Makes an uploaded picture the actor's photo, or takes the photo away; the one before is gone for good. */
export async function setPhoto(ctx: Ctx, id: string | null) {
  const me = await findPerson(ctx, ctx.actor.id)
  if (me.photo === id) return me
  const photo = id && (await makePhoto(ctx, id))
  const content = photo && (await receive(ctx.host.config.data, photo.content))
  try {
    return await inTransaction(ctx.host, ctx.actor, async (inside) => {
      if (content) await becomePhoto(inside, id!, content, photo.side)
      const before = await inside.db.selectFrom('people').select('photo').where('id', '=', ctx.actor.id).forUpdate()
        .executeTakeFirst()
      await inside.db.updateTable('people').set({ photo: id }).where('id', '=', ctx.actor.id).execute()
      if (before?.photo && before.photo !== id)
        await inside.db.deleteFrom('files').where('id', '=', before.photo).execute()
      return announceChange(inside, ctx.actor.id)
    })
  } finally {
    if (content) await discard(content)
  }
}

const foreign = () => invalid('not_your_file', 'Take a picture that you uploaded yourself and did not use elsewhere.')

async function makePhoto(ctx: Ctx, id: string) {
  const file = await ctx.db.selectFrom('files').selectAll().where('id', '=', id).where('owner_id', '=', ctx.actor.id)
    .where(isFree).executeTakeFirst()
  if (!file?.sha256) throw foreign()
  if (file.width === null) throw invalid('not_a_picture', 'A photo is a PNG, JPEG, GIF, WebP or AVIF picture.')
  const content = await openContent(ctx.host, { sha256: file.sha256, size: file.size })
  return inTurn(async () => squarePhoto(await content.readFile().finally(() => content.close())))
}

// The file is the square picture from now on: what was cut off is not kept.
async function becomePhoto(ctx: Ctx, id: string, content: Arrived, side: number): Promise<void> {
  await ctx.db.selectFrom('files').select('id').where('id', '=', id).forUpdate().execute()
  await lockStore(ctx.db, 'share')
  await place(ctx.host.config, content)
  const row = await ctx.db.updateTable('files').set({
    sha256: content.sha256, size: content.size, type: 'image/webp', width: side, height: side,
    thumbnail_sha256: null, thumbnail_size: null,
  }).where('id', '=', id).where('owner_id', '=', ctx.actor.id).where(isFree).returning('id').executeTakeFirst()
  if (!row) throw foreign()
}
