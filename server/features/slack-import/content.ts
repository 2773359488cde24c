import { fromMrkdwn, unescape } from './mrkdwn.ts'
import { type Block, type Inline, type Names, bold, italic, link, mention, styled, text, words } from './prose.ts'
import { type Raw, list, raw, string } from './raw.ts'
import { fromBlocks } from './rich-text.ts'

/** All that a message says, as blocks: its text, what an app attached to it, and messages that it passes on. */
export function contentOf(message: Raw, names: Names): Block[] {
  const labelled = { ...names, label: labelsIn(message) }
  const said = saidIn(message, labelled)
  const blocks = message.subtype === 'me_message' ? styled(said, italic) : said
  const attachments = list(message.attachments).map(raw)
  const attached = attachments.flatMap((attachment) => fromAttachment(attachment, labelled))
  if (blocks.length || attached.length || list(message.files).length) return [...blocks, ...attached]
  // A preview is left out beside what it shows; where it is all there is, it is the message.
  return attachments.flatMap((attachment) => fromPreview(attachment, labelled))
}

/** Rich text holds ids only; its plain copy may name what they stand for, and files have titles. */
function labelsIn(message: Raw): Names['label'] {
  const labels = new Map<string, string>()
  for (const file of list(message.files).map(raw)) if (string(file.title)) labels.set(string(file.id), string(file.title))
  for (const [, inside, label] of string(message.text).matchAll(/<([^<>|]*)\|([^<>]*)>/g)) {
    const id = /^(?:[@#]|!subteam\^)([A-Z0-9]+)$/.exec(inside)?.[1] ?? /^https?:[^?#]*\/(F[A-Z0-9]+)(?=[/?#]|$)/.exec(inside)?.[1]
    if (id && label) labels.set(id, unescape(label))
  }
  return (id) => labels.get(id)
}

/**
 * A person's rich text is the message itself; `text` is its copy, with bold and lists guessed from signs. The blocks of
 * apps may say less than their `text`, which is meant for notifications: then the longer one is taken, and what only
 * the blocks say is put below.
 */
function saidIn(message: Raw, names: Names): Block[] {
  const blocks = list(message.blocks).map(raw)
  let isWhole = blocks.every((block) => block.type === 'rich_text')
  const note: Names['note'] = (code, sample) => {
    if (/^un(?:known_element|named_parts)$/.test(code)) isWhole = false
    names.note(code, sample)
  }
  const rich = fromBlocks(blocks, { ...names, note })
  const length = size(rich)
  const copied = size(fromMrkdwn(string(message.text), weighing))
  const isOwn = blocks.every((block) => block.type === 'rich_text')
  if (length > 0 && (isWhole || length * (isOwn ? 1 : 2) >= copied)) return rich
  const said = fromMrkdwn(string(message.text), names)
  return [...said, ...missingIn(said, rich)]
}

/** What the blocks say and the text does not. */
function missingIn(said: Block[], rich: Block[]): Block[] {
  const there = bare(words(said))
  const isMissing = (value: string) => bare(value) !== '' && !there.includes(bare(value)) && !/^\([a-z ]+\)$/.test(value)
  return rich.flatMap((block): Block[] => {
    if (block.type !== 'paragraph') return isMissing(words([block])) ? [block] : []
    const kept = block.inlines.filter((inline) => isMissing(words([{ type: 'paragraph', inlines: [inline] }])))
    return kept.length ? [{ ...block, inlines: kept.flatMap((inline, i) => (i ? [text(' '), inline] : [inline])) }] : []
  })
}

const bare = (value: string) => value.replace(/[^\p{L}\p{N}]+/gu, '')
const size = (blocks: Block[]) => words(blocks).replace(/\s+/g, '').length
// Only the length matters: nothing that is met is noted, or it would count twice.
const weighing: Names = {
  handle: (id) => id,
  channel: (id, label) => ({ name: label || id, url: null }),
  permalink: () => null,
  note: () => {},
}

/** Whether an attachment only shows again what a link leads to. */
export const isPreview = (attachment: Raw) =>
  attachment.is_share !== true
  && (attachment.is_msg_unfurl === true || attachment.is_app_unfurl === true || string(attachment.from_url) !== '')

function fromAttachment(attachment: Raw, names: Names): Block[] {
  if (attachment.is_share === true) return fromShared(attachment, names)
  if (isPreview(attachment))
    return lost(attachment.is_msg_unfurl === true ? 'message_previews' : 'link_previews', attachment, names)
  for (const action of list(attachment.actions).slice(0, 1)) names.note('button', string(raw(action).text) || 'button')
  const about = aboutAttachment(attachment, names)
  const before = fromMrkdwn(string(attachment.pretext), names)
  if (!about.length && !before.length) return fromMrkdwn(string(attachment.fallback), names)
  return about.length ? [...before, { type: 'quote', blocks: about }] : before
}

const fromPreview = (attachment: Raw, names: Names) =>
  attachment.is_msg_unfurl === true
    ? fromShared(attachment, names)
    : fromAttachment({ ...attachment, is_app_unfurl: false, from_url: '', title_link: attachment.title_link || attachment.from_url }, names)

function lost(code: string, attachment: Raw, names: Names): Block[] {
  names.note(code, string(attachment.from_url) || string(attachment.app_unfurl_url))
  return []
}

/** What an app attached: author, title, text, fields, picture and footer, in the order in which Slack shows them. */
function aboutAttachment(attachment: Raw, names: Names): Block[] {
  const shown = list(attachment.blocks).map(raw)
  const said = fromBlocks(shown, names)
  if (said.length) return said
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
