import { sql } from 'kysely'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { factsOf } from '../../core/entries/kinds.ts'
import { standingOf } from '../../core/entries/parts.ts'
import { readEntries, showEntry } from '../../core/entries/queries.ts'
import type { EntryView } from '../../core/entries/schema.ts'
import { visibleEntries } from '../../core/entries/visibility.ts'
import { findReadableSpace } from '../../core/spaces/queries.ts'
import type { Ctx } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { STREAMED } from '../../kernel/serve.ts'
import { excerpt } from '../../kernel/text.ts'

/**
 * The picture of a link, for who may read an entry that shows it. @throws Refusal 404
 */
export async function sendLinkPicture(ctx: Ctx, entry: string, picture: string, { request, reply }: { request: FastifyRequest; reply: FastifyReply }) {
  const row = await visibleEntries(ctx).where('entries.id', '=', entry).where('entries.state', '=', 'published')
    .innerJoin('entry_links as l', 'l.entry_id', 'entries.id').innerJoin('link_previews as p', 'p.id', 'l.preview_id')
    .where('p.picture_id', '=', picture).where('l.hidden', '=', false).where(sql<boolean>`(select link_previews from network)`).select('p.picture').executeTakeFirst()
  if (!row?.picture) throw notFound()
  const tag = `"${picture}"`
  reply.headers({
    'content-type': 'image/webp', 'content-security-policy': "sandbox; default-src 'none'", 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin',
    // Asked for again each time, since who may see it can change.
    'cache-control': 'private, no-cache', etag: tag, vary: 'cookie, authorization',
  })
  if (request.headers['if-none-match']?.includes(tag)) reply.code(304).send()
  else reply.send(row.picture)
  return STREAMED
}

/** Whether links of a space are looked up. */
export async function spacePreviews(ctx: Ctx, space: string) {
  await findReadableSpace(ctx, space)
  const off = await ctx.db.selectFrom('spaces_without_previews').select('space_id').where('space_id', '=', space).executeTakeFirst()
  const network = await ctx.db.selectFrom('network').select('link_previews').executeTakeFirst()
  return { on: !off, allowed: network?.link_previews ?? true }
}

const LONGEST = 240

/** Entries as a card shows them where somebody linked them: of the ids those that the reader may read, at this moment. */
export async function linkedEntries(ctx: Ctx, ids: string[]) {
  const rows = await readEntries(ctx, visibleEntries(ctx).where('entries.id', 'in', ids).where('entries.state', '=', 'published')
    // visible: the name of the space, for who may read what is in it
    .innerJoin('spaces as at', 'at.id', 'entries.space_id').select(['at.name as space_name', 'at.kind as space_kind']) as any)
  return { items: rows.map(({ space_name, space_kind, ...row }) => cardOf(showEntry(row), { id: row.space, name: space_name, kind: space_kind })) }
}

const cardOf = (entry: EntryView, space: object) => {
  const { id, root, kind, by, title, body, created_at, files } = entry
  return { id, root, kind, by, title, excerpt: excerpt(body, LONGEST), created_at, files: files.length, space, ...standingOf(entry), ...factsOf(entry) }
}
