import { hash } from 'node:crypto'
import { idAt } from '../../kernel/ids.ts'
import { contentOf } from './content.ts'
import type { Directory, SlackChannel } from './directory.ts'
import { emojiOf } from './emoji.ts'
import { type SlackFile, filesOf } from './file-records.ts'
import { inOneForm, isLog, isTooDeep } from './forms.ts'
import { toMarkdown } from './markdown.ts'
import { noticeType, withoutActor } from './notices.ts'
import type { Names } from './prose.ts'
import { type Raw, line, list, number, raw, stamp, string } from './raw.ts'
import type { Reason, Tally } from './report.ts'

export type { SlackFile }
export type SlackReaction = { emoji: string; people: string[] }

/** One message of the archive as an entry. People are external ids; ids of entries are made from Slack's own. */
export type SlackMessage = {
  id: string
  ts: string
  at: string
  kind: 'update' | 'message' | 'notice'
  notice: string | null
  author: string
  /** the thread's first message, null for one that begins a thread */
  root: { id: string; ts: string; author: string | null } | null
  body: string
  removed: boolean
  edited_at: string | null
  mentions: string[]
  reactions: SlackReaction[]
  files: SlackFile[]
  /** differs when the message itself was changed in Slack; what others add to it (replies, reactions) does not count */
  digest: string
}

/** The id of a message's entry: the same each time, in the order of Slack's own times. */
export function entryId(channel: string, ts: string): string {
  return idAt(millis(ts), hash('sha256', `slack:${channel}:${ts}`, 'buffer'))
}

/** '1743254920.170959' in milliseconds with their fraction; NaN for anything else. */
export const millis = (ts: string): number => (/^\d{9,10}(?:\.\d{1,6})?$/.test(ts) ? Number(ts) * 1000 : Number.NaN)

const moment = (ts: string) => new Date(Math.floor(millis(ts))).toISOString()

export type Reading = { directory: Directory; channel: SlackChannel; names: Names; tally: Tally }

/** A row of a day's file as a message; null (and a line in the report) for a row that is none. */
export function readMessage(value: unknown, reading: Reading): SlackMessage | null {
  const { channel, tally } = reading
  if (isTooDeep(value)) return without('unreadable_rows', `${channel.name}: nested too deeply`)
  const row = inOneForm(raw(value))
  const ts = stamp(row.ts)
  // A time to come would stand above everything that is written here from now on.
  if (!(millis(ts) < Date.now() + 86_400_000))
    return without('unreadable_rows', `${channel.name}: ${ts ? `time ${ts.slice(0, 40)}` : 'no time'}`)
  if (isLog(row)) return without('edit_log', `${channel.name} ${moment(ts)}`)
  return fromRow(row, ts, reading)

  function without(reason: Reason, example: string): null {
    tally.lose(reason, example)
    return null
  }
}

function fromRow(row: Raw, ts: string, reading: Reading): SlackMessage {
  const { directory, channel, tally } = reading
  const removed = row.subtype === 'tombstone'
  const mentions = new Set<string>()
  const author = authorOf(row, directory, tally)
  const notice = removed ? null : quietLine(row)
  const root = rootOf(row, ts, channel, directory)
  const files = removed ? [] : filesOf(row, tally)
  const body = removed ? '' : wordsOf(row, reading, mentions)
  const named = withBotName(body || (files.length || removed ? '' : wordless(row, tally)), row, author, reading)
  return {
    id: entryId(channel.external_id, ts),
    ts,
    at: moment(ts),
    kind: notice !== null && !root ? 'notice' : root || channel.kind === 'direct' ? 'message' : 'update',
    notice: root ? null : notice,
    author,
    root,
    body: named,
    removed,
    edited_at: millis(stamp(raw(row.edited).ts)) ? moment(stamp(raw(row.edited).ts)) : null,
    mentions: [...new Set([...mentions].map((id) => directory.person(id)))],
    reactions: reactionsOf(row, reading),
    files,
    digest: digestOf(row),
  }
}

function wordsOf(row: Raw, { names }: Reading, mentions: Set<string>): string {
  const shown = noticeType(string(row.subtype)) ? { ...row, text: withoutActor(string(row.text)) } : row
  return toMarkdown(contentOf(shown, { ...names, handle: (id) => noteMention(id, names, mentions) }))
}

/** An entry is never empty: what Slack wrote without words says at least what it was. */
function wordless(row: Raw, tally: Tally): string {
  const kind = line(row.subtype, 60).replace(/[^a-z_]/g, '').replaceAll('_', ' ')
  tally.lose('empty_messages', kind || 'message')
  return kind ? `(${kind}, without words)` : '(without words)'
}

function noteMention(id: string, names: Names, mentions: Set<string>): string | null {
  const handle = names.handle(id)
  if (handle !== null) mentions.add(id)
  return handle
}

/** What a quiet line is about; null for what people answered or reacted to, because a quiet line takes neither. */
function quietLine(row: Raw): string | null {
  const isTalkedAbout =
    list(row.reactions).length > 0 || (number(row.reply_count) ?? 0) > 0 || list(row.replies).length > 0
  return isTalkedAbout ? null : noticeType(string(row.subtype))
}

function authorOf(row: Raw, directory: Directory, tally: Tally): string {
  const user = string(row.user)
  const botId = string(row.bot_id)
  if (/^[A-Z0-9]{2,40}$/.test(user))
    return botId && !row.user_profile
      ? directory.require(user, { real_name: raw(row.bot_profile).name ?? row.username }, 'bot')
      : directory.require(user, raw(row.user_profile))
  const name = line(row.username, 100) || line(raw(row.bot_profile).name, 100)
  if (/^[A-Z0-9]{2,40}$/.test(botId)) return directory.requireBot(botId, name)
  tally.lose('unknown_people', name || 'a message without an author')
  return name
    ? directory.requireBot(`BNAME${hash('sha256', name).slice(0, 16).toUpperCase()}`, name)
    : directory.require('USLACKBOT', { real_name: 'Slackbot' })
}

/** Apps may write under any name. It says who speaks, so it stands above the words when it is not the bot's own. */
function withBotName(body: string, row: Raw, author: string, { directory, tally }: Reading): string {
  const name = line(row.username, 100)
  if (!name || (string(row.user) && !string(row.bot_id)) || directory.people.get(author)?.name === name) return body
  tally.lose('bot_names', `${directory.people.get(author)?.name}: ${name}`)
  const label = toMarkdown([{ type: 'paragraph', inlines: [{ type: 'text', value: `${name}:`, style: 1 }] }])
  return body ? `${label}\n\n${body}` : label
}

function rootOf(row: Raw, ts: string, channel: SlackChannel, directory: Directory): SlackMessage['root'] {
  const thread = stamp(row.thread_ts)
  if (thread === ts || Number.isNaN(millis(thread))) return null
  const author = string(row.parent_user_id) || string(raw(row.root).user)
  return {
    id: entryId(channel.external_id, thread),
    ts: thread,
    author: /^[A-Z0-9]{2,40}$/.test(author) ? directory.person(author) : null,
  }
}

function reactionsOf(row: Raw, { directory, tally }: Reading): SlackReaction[] {
  const byEmoji = new Map<string, Set<string>>()
  for (const reaction of list(row.reactions).map(raw)) {
    const name = string(reaction.name)
    if (!name) continue
    const emoji = emojiOf(name) ?? `:${name.replace(/[^\p{L}\p{N}_+' -]/gu, '_').slice(0, 60)}:`
    const people = byEmoji.get(emoji) ?? new Set()
    const users = list(reaction.users).map(string).filter((user) => /^[A-Z0-9]{2,40}$/.test(user))
    const nameless = Math.min(Math.floor(number(reaction.count) ?? 0), 1e6) - users.length
    if (nameless > 0) tally.lose('nameless_reactions', name, nameless)
    for (const user of users) {
      const person = directory.require(user)
      if (people.has(person)) tally.lose('merged_reactions', name)
      people.add(person)
    }
    if (people.size) byEmoji.set(emoji, people)
  }
  return [...byEmoji].map(([emoji, people]) => ({ emoji, people: [...people] }))
}

// Tokens in file addresses and previews that Slack adds later differ from export to export without an edit.
function digestOf(row: Raw): string {
  const files = list(row.files)
    .map(raw)
    .map((file) => [file.id, file.name, file.mode])
  const attachments = list(row.attachments)
    .map(raw)
    .filter((a) => !a.from_url && !a.is_app_unfurl && !a.is_msg_unfurl)
    .map((a) => [a.pretext, a.title, a.text, a.fields, a.fallback, ...list(a.files).map((file) => raw(file).id)])
  const kept = [
    row.subtype,
    row.user,
    row.bot_id,
    row.username,
    row.text,
    row.blocks,
    raw(row.edited).ts,
    row.thread_ts,
    files,
    attachments,
    quietLine(row),
  ]
  return hash('sha256', JSON.stringify(kept), 'base64url').slice(0, 22)
}
