import { type Generated, sql } from 'kysely'
import { type Ctx, SYSTEM } from './context.ts'
import { newId } from './ids.ts'
import { defineJob, enqueue } from './jobs.ts'
import { allowLetter, mailboxOf, mayWarn } from './letter-ledger.ts'
import type { Letter } from './mail.ts'
import type { Step } from './schema.ts'

declare module './db.ts' {
  interface Tables {
    letters: {
      id: string; to: string; subject: string; text: string; html: string; created_at: Generated<string>; sent_at: string | null
      /** the secret address that belongs where `[link]` stands: for the letter's reader alone */
      link: Generated<string>
      /** who had it written, to which mailbox, and whether it warns of something done to an account: what the ledger counts */
      sender: string | null; mailbox: string; warning: boolean
    }
  }
}

export const migrations: Record<string, Step> = {
  '0023-letters': {
    up: (db) => sql`
      create table letters (
        id uuid primary key, "to" text not null, subject text not null, text text not null, html text not null default '',
        created_at timestamptz not null default now(), sent_at timestamptz
      );
      create index letters_age on letters (created_at)`.execute(db),
  },
  '0130-letters-keep-their-link-apart': {
    up: (db) => sql`
      alter table letters add column link text not null default '';
      update letters set link = substring(text from 'https?://\\S+/(?:invite|confirm-email)/\\S+') where text ~ '/(invite|confirm-email)/\\S';
      update letters set text = replace(text, link, '[link]'), html = replace(html, link, '[link]') where link <> ''`.execute(db),
  },
  '0141-letter-ledger': {
    up: (db) => sql`
      alter table letters add column sender uuid, add column mailbox text not null default '', add column warning boolean not null default false;
      update letters set mailbox = lower("to");
      create index letters_sender on letters (sender, created_at) where sender is not null;
      create index letters_mailbox on letters (mailbox, created_at)`.execute(db),
  },
}

/** Where the link of a letter belongs. Whoever is shown the letter and is not its reader sees this instead. */
const PLACE = '[link]'

/** A letter as its reader gets it. */
export const withLink = <T extends { text: string; html?: string; link?: string }>({ link = '', ...letter }: T) => ({
  ...letter, text: letter.text.replaceAll(PLACE, link || PLACE), html: letter.html?.replaceAll(PLACE, link || PLACE),
})

/**
 * Writes a letter in the caller's transaction: it is sent if and only if that commits. Without SMTP_URL it stays in the
 * development mailbox.
 * @throws Refusal 429 `too_many_letters` when the sender or the mailbox had enough of them
 * @example await sendLetter(ctx, { to: 'ann@x.example', subject: 'Welcome', text: '…' })
 */
export async function sendLetter(ctx: Ctx, letter: Letter): Promise<string> {
  await allowLetter(ctx, mailboxOf(letter.to))
  return write(ctx, letter, false)
}

/** Tells somebody what was done to their own account. Nobody is refused anything because of such a letter. */
export async function sendWarning(ctx: Ctx, letter: Letter): Promise<void> {
  if (await mayWarn(ctx, mailboxOf(letter.to))) await write(ctx, letter, true)
}

async function write(ctx: Ctx, { to, subject, text, html = '', link = '' }: Letter, warning: boolean): Promise<string> {
  const id = newId()
  const sender = ctx.actor.id === SYSTEM.id ? null : ctx.actor.id
  await ctx.db.insertInto('letters').values({ id, to, subject, text, html, link, sent_at: null, sender, mailbox: mailboxOf(to), warning }).execute()
  if (ctx.host.mail.configured) await enqueue(ctx.db, deliverLetter, { id })
  return id
}

const escape = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** A letter of paragraphs with a link between them, as text and as HTML; the link itself is kept apart from both. */
export function composeLetter({ to, subject, before, url, after = [] }: {
  to: string; subject: string; before: string[]; url?: string; after?: string[]
}): Letter {
  const paragraphs = (lines: string[]) => lines.map((line) => `<p>${escape(line)}</p>`)
  const place = url ? [`<p><a href="${PLACE}">${PLACE}</a></p>`] : []
  return {
    to, subject, link: url,
    text: [...before, ...(url ? [PLACE] : []), ...after].join('\n\n'),
    html: [...paragraphs(before), ...place, ...paragraphs(after)].join('\n'),
  }
}

/**
 * Hands a letter to the mail server. After a crash between sending and noting it, it goes out again under the same
 * Message-ID, by which mailboxes recognise it.
 */
export const deliverLetter = defineJob<{ id: string }>('send-letter', async (host, { id }) => {
  const letter = await host.db.selectFrom('letters').select(['id', 'to', 'subject', 'text', 'html', 'link'])
    .where('id', '=', id).where('sent_at', 'is', null).executeTakeFirst()
  if (!letter) return
  const { html, ...rest } = withLink(letter)
  await host.mail.deliver({ ...rest, html: html || undefined })
  // Letters carry secrets such as links of invitations; ours is not needed any more.
  await host.db.updateTable('letters').set({ sent_at: sql<string>`now()`, text: '', html: '', link: '' })
    .where('id', '=', id).execute()
}, { queue: 'mail' })

export const jobs = [deliverLetter]

/** Nothing is kept of letters after a fortnight. */
export const forgetLetters = defineJob<object>('forget-letters', async (host) => {
  await host.db.deleteFrom('letters').where('created_at', '<', sql<string>`now() - interval '14 days'`).execute()
})
