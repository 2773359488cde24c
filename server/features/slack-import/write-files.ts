import { hash } from 'node:crypto'
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { idAt } from '../../kernel/ids.ts'
import { rowsOf } from '../../kernel/rows.ts'
import { type SlackFile, type SlackMessage, millis } from './model.ts'

/** The id of each file of a message, by its own id in Slack. */
export type FileIds = (message: SlackMessage, file: SlackFile) => string

/** @param known of messages that are here, which may have been brought when ids were made in another way */
export async function fileIdsOf(ctx: Ctx, known: SlackMessage[]): Promise<FileIds> {
  const entries = known.filter(({ files }) => files.length).map(({ id }) => id)
  const { rows } = entries.length ? await sql<{ entry_id: string; external_id: string; file_id: string }>`select ef.entry_id, s.external_id, s.file_id
    from entry_files ef join slack_files s on s.file_id = ef.file_id where ef.entry_id = any (${entries}::uuid[])`.execute(ctx.db) : { rows: [] }
  const here = new Map(rows.map(({ entry_id, external_id, file_id }) => [`${entry_id} ${external_id}`, file_id]))
  return ({ id, ts }, { external_id }) =>
    here.get(`${id} ${external_id}`) ?? idAt(millis(ts), hash('sha256', `slack-file:${id}:${external_id}`, 'buffer'))
}

/** Notes what the files of these messages are called in Slack, and where they were. */
export async function rememberFiles(ctx: Ctx, messages: SlackMessage[], idOf: FileIds): Promise<void> {
  const files = messages.flatMap((message) =>
    message.files.map((file) => ({ id: idOf(message, file), original: file.original, external_id: file.external_id })))
  if (files.length)
    await sql`insert into slack_files (file_id, original, external_id)
      select id, original, external_id from ${rowsOf(files, 'id uuid, original text, external_id text')} on conflict do nothing`.execute(ctx.db)
}
