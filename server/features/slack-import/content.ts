import { fromMrkdwn } from './mrkdwn.ts'
import { type Block, type Inline, type Names, bold, italic, link, mention, styled, text, words } from './prose.ts'
import { type Raw, list, raw, string } from './raw.ts'
import { fromBlocks } from './rich-text.ts'

/** All that a message says, as blocks: its text, what an app attached to it, and messages that it passes on. */
export function contentOf(message: Raw, names: Names): Block[] {
  const said = saidIn(message, names)
  const blocks = message.subtype === 'me_message' ? styled(said, italic) : said
  return [...blocks, ...list(message.attachments).flatMap((attachment) => fromAttachment(raw(attachment), names))]
}

/**
 * A person's rich text is the message itself; `text` is its copy, with bold and lists guessed from signs. The blocks of
 * apps may say less than their `text`, which is meant for notifications: then the longer one is taken.
 */
function saidIn(message: Raw, names: Names): Block[] {
  const blocks = list(message.blocks).map(raw)
  const rich = fromBlocks(blocks, names)
  const length = size(rich)
  if (length > 0 && blocks.every((block) => block.type === 'rich_text')) return rich
  if (length > 0 && length * 2 >= size(fromMrkdwn(string(message.text), weighing))) return rich
  return fromMrkdwn(string(message.text), names)
}

const size = (blocks: Block[]) => words(blocks).replace(/\s+/g, '').length
// Only the length matters: nothing that is met is noted, or it would count twice.
const weighing: Names = {
  handle: (id) => id,
  channel: (id, label) => ({ name: label || id, url: null }),
  permalink: () => null,
  note: () => {},
}

function fromAttachment(attachment: Raw, names: Names): Block[] {
  if (attachment.is_share === true) return fromShared(attachment, names)
  if (attachment.is_msg_unfurl === true) return lost('message_previews', attachment, names)
  if (attachment.is_app_unfurl === true || string(attachment.from_url)) return lost('link_previews', attachment, names)
  for (const action of list(attachment.actions).slice(0, 1)) names.note('button', string(raw(action).text) || 'button')
  const about = aboutAttachment(attachment, names)
  const before = fromMrkdwn(string(attachment.pretext), names)
  if (!about.length && !before.length) return fromMrkdwn(string(attachment.fallback), names)
  return about.length ? [...before, { type: 'quote', blocks: about }] : before
}

function lost(code: string, attachment: Raw, names: Names): Block[] {
  names.note(code, string(attachment.from_url) || string(attachment.app_unfurl_url))
  return []
}

/** What an app attached: author, title, text, fields, picture and footer, in the order in which Slack shows them. */
function aboutAttachment(attachment: Raw, names: Names): Block[] {
  const shown = list(attachment.blocks).map(raw)
  if (shown.length) return fromBlocks(shown, names)
  return [
    ...labelled(string(attachment.author_name), string(attachment.author_link), 0, names),
    ...labelled(string(attachment.title), string(attachment.title_link), bold, names),
    ...fromMrkdwn(string(attachment.text), names),
    ...list(attachment.fields).flatMap((field) => fromField(raw(field), names)),
    ...labelled(string(attachment.image_url) && 'image', string(attachment.image_url), 0, names),
    ...fromMrkdwn(string(attachment.footer), names),
  ]
}

function labelled(label: string, url: string, style: number, names: Names): Block[] {
  if (!label) return []
  if (url) return [{ type: 'paragraph', inlines: [link(url, label, style, names)] }]
  return styled(fromMrkdwn(label, names), style)
}

function fromField(field: Raw, names: Names): Block[] {
  const title = string(field.title)
  const value = fromMrkdwn(string(field.value), names)
  const head: Inline[] = title ? [text(`${title}:`, bold), text(' ')] : []
  const [first, ...rest] = value
  if (first?.type === 'paragraph') return [{ type: 'paragraph', inlines: [...head, ...first.inlines] }, ...rest]
  return head.length ? [{ type: 'paragraph', inlines: head }, ...value] : value
}

/** A message passed on: its words under the name of who said them. */
function fromShared(attachment: Raw, names: Names): Block[] {
  const inside = list(attachment.message_blocks).flatMap((part) => list(raw(raw(part).message).blocks).map(raw))
  const said = inside.length ? fromBlocks(inside, names) : fromMrkdwn(string(attachment.text), names)
  const id = string(attachment.author_id)
  const who = id ? mention(id, string(attachment.author_name), bold, names) : text(string(attachment.author_name), bold)
  const url = string(attachment.from_url)
  const head: Inline[] = [
    ...(id || attachment.author_name ? [who] : []),
    ...(url ? [text(' '), link(url, url, 0, names)] : []),
  ]
  const blocks: Block[] = [...(head.length ? [{ type: 'paragraph' as const, inlines: head }] : []), ...said]
  return blocks.length ? [{ type: 'quote', blocks }] : []
}
