import { hash } from 'node:crypto'
import { idAt } from '../../kernel/ids.ts'
import { contentOf } from './content.ts'
import type { Directory, SlackChannel } from './directory.ts'
import { emojiOf } from './emoji.ts'
import { toMarkdown } from './markdown.ts'
import { noticeType, withoutActor } from './notices.ts'
import type { Names } from './prose.ts'
import { type Raw, line, list, number, raw, stamp, string } from './raw.ts'
import type { Tally } from './report.ts'

export type SlackFile = {
  external_id: string
  name: string
  type: string
  size: number
  width: number | null
  height: number | null
  /** the address it had, as text; nothing is fetched from there */
  original: string
}

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
  const { directory, channel, names, tally } = reading
  const row = fromFileComment(raw(value))
  const ts = stamp(row.ts)
  // A time to come would stand above everything that is written here from now on.
  if (!(millis(ts) < Date.now() + 86_400_000)) {
    tally.lose('unreadable_rows', `${channel.name}: ${JSON.stringify(value)?.slice(0, 80)}`)
    return null
  }
  const removed = row.subtype === 'tombstone'
  const mentions = new Set<string>()
  const author = authorOf(row, directory, tally)
  const notice = removed ? null : quietLine(row)
  const root = rootOf(row, ts, channel, directory)
  const shown = noticeType(string(row.subtype)) ? { ...row, text: withoutActor(string(row.text)) } : row
  const body = removed
    ? ''
    : toMarkdown(contentOf(shown, { ...names, handle: (id) => noteMention(id, names, mentions) }))
  return {
    id: entryId(channel.external_id, ts),
    ts,
    at: moment(ts),
    kind: notice !== null && !root ? 'notice' : root || channel.kind === 'direct' ? 'message' : 'update',
    notice: root ? null : notice,
    author,
    root,
    body: withBotName(body, row, author, reading),
    removed,
    edited_at: millis(stamp(raw(row.edited).ts)) ? moment(stamp(raw(row.edited).ts)) : null,
    mentions: [...new Set([...mentions].map((id) => directory.person(id)))],
    reactions: reactionsOf(row, reading),
    files: removed ? [] : filesOf(row, tally),
    digest: digestOf(row),
  }
}

function noteMention(id: string, names: Names, mentions: Set<string>): string | null {
  const handle = names.handle(id)
  if (handle !== null) mentions.add(id)
  return handle
}

/** An old form: the words of a comment on a file are not in the message but beside it. */
function fromFileComment(row: Raw): Raw {
  const comment = raw(row.comment)
  if (row.subtype !== 'file_comment' || !string(comment.comment)) return row
  return { ...row, user: string(comment.user) || row.user, text: comment.comment, blocks: [] }
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
  if (!name || string(row.user) || directory.people.get(author)?.name === name) return body
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
    for (const user of list(reaction.users).map(string)) {
      if (!/^[A-Z0-9]{2,40}$/.test(user)) continue
      const person = directory.require(user)
      if (people.has(person)) tally.lose('merged_reactions', name)
      people.add(person)
    }
    byEmoji.set(emoji, people)
  }
  return [...byEmoji].map(([emoji, people]) => ({ emoji, people: [...people] }))
}

function filesOf(row: Raw, tally: Tally): SlackFile[] {
  return [...list(row.files), ...(row.file ? [row.file] : [])].map(raw).map((file, i) => {
    const gone = file.mode === 'tombstone' || file.mode === 'hidden_by_limit'
    const name = line(file.title, 200) || line(file.name, 200) || (gone ? 'Deleted file' : 'File')
    tally.lose(gone ? 'deleted_files' : file.filetype === 'quip' ? 'canvases' : 'file_contents', name)
    return {
      external_id: line(file.id, 40) || `file-${i}`,
      name: line(file.name, 200) && file.filetype !== 'quip' ? line(file.name, 200) : name,
      type: /^[\w.+-]+\/[\w.+-]+$/.test(string(file.mimetype))
        ? string(file.mimetype).slice(0, 100)
        : 'application/octet-stream',
      size: Math.max(0, Math.min(Math.floor(number(file.size) ?? 0), Number.MAX_SAFE_INTEGER)),
      width: pixels(file.original_w),
      height: pixels(file.original_h),
      original: string(file.permalink) || string(file.external_url) || string(file.url_private),
    }
  })
}

const pixels = (value: unknown) => {
  const n = number(value)
  return n !== null && Number.isInteger(n) && n > 0 && n < 1e6 ? n : null
}

// Tokens in file addresses and previews that Slack adds later differ from export to export without an edit.
function digestOf(row: Raw): string {
  const files = list(row.files)
    .map(raw)
    .map((file) => [file.id, file.name, file.mode])
  const attachments = list(row.attachments)
    .map(raw)
    .filter((a) => !a.from_url && !a.is_app_unfurl && !a.is_msg_unfurl)
    .map((a) => [a.pretext, a.title, a.text, a.fields, a.fallback])
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
