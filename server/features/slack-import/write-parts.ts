import { hash } from 'node:crypto'
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { idAt } from '../../kernel/ids.ts'
import { read } from '../../kernel/reading.ts'
import { type SlackMessage, millis } from './model.ts'
import { rowsOf } from './rows.ts'
import { authorOf } from './stand-ins.ts'
import type { People } from './write-people.ts'

/** Writes what belongs to entries besides their words: sorts of quiet lines, mentions, topics, records of files. */
export async function insertParts(ctx: Ctx, messages: SlackMessage[], people: People): Promise<void> {
  await insertNotices(ctx, messages)
  await insertMentions(ctx, messages, people)
  await insertTopics(ctx, messages)
  await insertFiles(ctx, messages, people)
}

/** Takes it away again, before entries get other words; files that stay keep the contents they have. */
export async function removeParts(ctx: Ctx, messages: SlackMessage[]): Promise<void> {
  const ids = messages.map((message) => message.id)
  const staying = messages.flatMap(({ id, files }) => files.map(({ external_id }) => ({ entry_id: id, external_id })))
  await sql`delete from notices where entry_id = any (${ids}::uuid[])`.execute(ctx.db)
  await sql`delete from mentions where entry_id = any (${ids}::uuid[])`.execute(ctx.db)
  await sql`delete from topics where entry_id = any (${ids}::uuid[])`.execute(ctx.db)
  await sql`delete from files f using slack_files s, entry_files ef
    where s.file_id = f.id and ef.file_id = f.id and ef.entry_id = any (${ids}::uuid[])
      and not (f.state = 'stored' and exists (select from ${rowsOf(staying, 'entry_id uuid, external_id text')}
        where r.entry_id = ef.entry_id and r.external_id = s.external_id))`.execute(ctx.db)
}

async function insertNotices(ctx: Ctx, messages: SlackMessage[]): Promise<void> {
  const quiet = messages.filter(({ kind }) => kind === 'notice')
  const notices = quiet.map(({ id, notice }) => ({ entry_id: id, type: notice }))
  if (!notices.length) return
  const rows = rowsOf(notices, 'entry_id uuid, type text')
  await sql`insert into notices (entry_id, type) select entry_id, type from ${rows}`.execute(ctx.db)
}

async function insertMentions(ctx: Ctx, messages: SlackMessage[], people: People): Promise<void> {
  const mentions = messages.flatMap((message) =>
    message.mentions.flatMap((who) => {
      const person = people.get(who)
      return person ? [{ entry_id: message.id, person_id: person.id, handle: person.handle }] : []
    }))
  if (!mentions.length) return
  const rows = rowsOf(mentions, 'entry_id uuid, person_id uuid, handle text')
  // Two of their accounts may be one person here.
  await sql`insert into mentions (entry_id, person_id, handle) select entry_id, person_id, handle from ${rows}
    on conflict do nothing`.execute(ctx.db)
}

async function insertTopics(ctx: Ctx, messages: SlackMessage[]): Promise<void> {
  const topics: { entry_id: string; topic: string }[] = []
  for (const { id, body } of messages) for (const topic of await topicsIn(body)) topics.push({ entry_id: id, topic })
  if (!topics.length) return
  const rows = rowsOf(topics, 'entry_id uuid, topic text')
  await sql`insert into topics (entry_id, topic) select entry_id, topic from ${rows}`.execute(ctx.db)
}

// Reading Markdown takes time: only what may hold a topic is looked at closely. Links to channels (`[#name]`) are none.
const mayHoldTopic = /(?<![\p{L}\p{N}\p{M}_@#/&.[=])[#＃][\p{N}\p{M}_-]{0,63}\p{L}/u
const topicsIn = async (body: string) => (mayHoldTopic.test(body) ? (await read('findTopics', body)).slice(0, 50) : [])

async function insertFiles(ctx: Ctx, messages: SlackMessage[], people: People): Promise<void> {
  const files = messages.flatMap((message) =>
    message.files.map((file, position) => ({
      ...file,
      id: idAt(millis(message.ts), hash('sha256', `slack-file:${message.id}:${file.external_id}`, 'buffer')),
      entry_id: message.id,
      owner_id: authorOf(people, message.author),
      position,
      at: message.at,
    })))
  if (!files.length) return
  const rows = rowsOf(files, `id uuid, entry_id uuid, owner_id uuid, name text, type text, size bigint, width int,
    height int, original text, external_id text, position int, at timestamptz`)
  await sql`with fresh as (select * from ${rows} where not exists (
      select from entry_files ef join slack_files s on s.file_id = ef.file_id
      where ef.entry_id = r.entry_id and s.external_id = r.external_id)),
    made as (insert into files (id, owner_id, name, type, size, width, height, state, created_at)
      select id, owner_id, name, type, size, width, height, 'record', at from fresh),
    shown as (insert into entry_files (entry_id, file_id, position) select entry_id, id, position from fresh)
    insert into slack_files (file_id, original, external_id) select id, original, external_id from fresh`.execute(ctx.db)
}
