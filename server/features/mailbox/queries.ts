import type { Ctx, Host } from '../../kernel/context.ts'
import { notFound, Refusal } from '../../kernel/errors.ts'
import { withLink } from '../../kernel/letters.ts'
import { type PageQuery, toPage, uuidCursor } from '../../kernel/pages.ts'

/**
 * The letters that would have been sent, the newest first: for trying Folkmoot out without a mail server. Their links are
 * not shown: whoever has the link of a letter is taken for the person it is addressed to, and that is not whoever administers.
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

/**
 * The same with their links, the newest last, for whoever has the machine: they could read the database anyway.
 * @throws Refusal where there is a mail server
 */
export async function readMailbox(host: Pick<Host, 'db' | 'mail'>, limit = 20) {
  if (host.mail.configured) throw new Refusal(409, 'mail_is_sent', 'A mail server is set (SMTP_URL): letters are sent and not kept.')
  const letters = await host.db.selectFrom('letters').select(['id', 'to', 'subject', 'text', 'html', 'link', 'created_at'])
    .orderBy('id', 'desc').limit(limit).execute()
  return letters.reverse().map(withLink)
}
