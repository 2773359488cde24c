import type { Ctx } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { type PageQuery, toPage, uuidCursor } from '../../kernel/pages.ts'

/**
 * The letters that would have been sent, the newest first: for trying Folkmoot out without a mail server.
 * @throws Refusal 404 where there is one: then letters are for those they are addressed to
 */
export async function listLetters(ctx: Ctx, { limit, before, after }: PageQuery) {
  if (ctx.host.mail.configured) throw notFound()
  const cursor = uuidCursor(before ?? after)
  let query = ctx.db.selectFrom('letters').select(['id', 'to', 'subject', 'text', 'html', 'created_at'])
    .orderBy('id', 'desc').limit(limit + 1)
  if (cursor) query = query.where('id', '<', cursor)
  return toPage(await query.execute(), limit, (row) => row.id, (row) => row)
}
