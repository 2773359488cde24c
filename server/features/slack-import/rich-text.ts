import { emojiFrom, emojiOf } from './emoji.ts'
import { fromCall, noteControls, wordsIn } from './app-blocks.ts'
import { fromMrkdwn, unescape, withEmoji } from './mrkdwn.ts'
import {
  type Block,
  type Inline,
  type Names,
  bold,
  broadcast,
  channel,
  code,
  italic,
  link,
  mention,
  strike,
  text,
} from './prose.ts'
import { type Raw, list, number, raw, string } from './raw.ts'

/**
 * Slack's blocks (Block Kit, and the rich text that its composer writes) as our blocks.
 * Source of the forms: docs.slack.dev/reference/block-kit/blocks.
 */
export function fromBlocks(blocks: Raw[], names: Names): Block[] {
  return blocks.flatMap((block) => fromBlock(block, names))
}

function fromBlock(block: Raw, names: Names): Block[] {
  switch (string(block.type)) {
    case 'rich_text':
      return list(block.elements).flatMap((element) => fromRichText(raw(element), names))
    case 'section':
      return fromSection(block, names)
    case 'context':
      return fromContext(block, names)
    case 'header':
      return paragraph(textObject(raw(block.text), names).map((inline) => ({ ...inline, style: bold })))
    case 'divider':
      return [{ type: 'rule' }]
    case 'markdown':
      return string(block.text) ? [{ type: 'markdown', value: string(block.text) }] : []
    case 'image':
      return fromImage(block, names)
    case 'video':
      return [
        ...paragraph([link(string(block.title_url) || string(block.video_url), string(raw(block.title).text), 0, names)]),
        ...textBlocks(raw(block.description), names),
      ]
    case 'table':
      return fromTable(block, names)
    case 'actions':
      names.note('button', string(raw(raw(list(block.elements)[0]).text).text) || 'form')
      return []
    case 'input':
      names.note('button', 'form')
      return textBlocks(raw(block.label), names)
    case 'call':
      return fromCall(block, names)
    case 'file':
      return paragraph([text(string(raw(block.file).title) || titleOf(string(block.file_id), 'file', names))])
    default:
      if (!ofApps.has(string(block.type))) names.note('unknown_block', string(block.type))
      return wordsIn(block, names, (inside) => fromBlock(inside, names))
  }
}

/** Blocks of apps that are words, and nothing more, in a frame. */
const ofApps = new Set(['card', 'alert', 'plan', 'task_card', 'carousel', 'data_table', 'context_actions'])

const paragraph = (inlines: Inline[]): Block[] => (inlines.length ? [{ type: 'paragraph', inlines }] : [])

/** A text object is either Slack's mrkdwn or plain words with emoji. */
function textObject(object: Raw, names: Names): Inline[] {
  if (object.type !== 'mrkdwn') return string(object.text) ? [text(withEmoji(string(object.text)))] : []
  return fromMrkdwn(string(object.text), names).flatMap((block) => ('inlines' in block ? block.inlines : []))
}

const textBlocks = (object: Raw, names: Names): Block[] =>
  object.type === 'mrkdwn' ? fromMrkdwn(string(object.text), names) : paragraph(textObject(object, names))

function fromSection(block: Raw, names: Names): Block[] {
  const fields = list(block.fields).flatMap((field) => textBlocks(raw(field), names))
  const beside = raw(block.accessory)
  noteControls([beside], names)
  const picture = beside.type === 'image' ? fromImage(beside, names) : []
  return [...textBlocks(raw(block.text), names), ...fields, ...picture]
}

/** A context's pieces stand beside each other in one line. */
function fromContext(block: Raw, names: Names): Block[] {
  const elements = list(block.elements).map((element) => raw(element))
  for (const { type, alt_text } of elements) if (type === 'image' && alt_text) names.note('pictures', string(alt_text))
  const parts = elements
    .filter((element) => element.type !== 'image')
    .map((element) => textObject(element, names))
    .filter((inlines) => inlines.length)
  return paragraph(parts.flatMap((inlines, i) => (i ? [text(' '), ...inlines] : inlines)))
}

/** A picture elsewhere on the web is a link: nothing is fetched. */
function fromImage(block: Raw, names: Names): Block[] {
  const title = string(raw(block.title).text) || string(block.alt_text) || 'image'
  const url = string(block.image_url)
  if (!url) names.note('pictures', title)
  return paragraph([url ? link(url, title, 0, names) : text(title)])
}

function fromTable(block: Raw, names: Names): Block[] {
  return list(block.rows).flatMap((row) => {
    const cells = list(row).map((cell) => fromCell(raw(cell), names))
    return paragraph(cells.flatMap((inlines, i) => (i ? [text(' | '), ...inlines] : inlines)))
  })
}

const fromCell = (cell: Raw, names: Names): Inline[] =>
  cell.type === 'rich_text'
    ? list(cell.elements).flatMap((element) => inlinesOf(raw(element), names))
    : [text(string(cell.text) || (number(cell.value) === null ? '' : String(cell.value)))]

function fromRichText(element: Raw, names: Names): Block[] {
  switch (string(element.type)) {
    case 'rich_text_list': {
      const start = number(element.offset) ?? 0
      return list(element.elements).map((item, i) => ({
        type: 'item',
        level: Math.min(Math.max(number(element.indent) ?? 0, 0), 8),
        number: element.style === 'ordered' ? Math.max(start, 0) + i + 1 : null,
        inlines: inlinesOf(raw(item), names),
      }))
    }
    case 'rich_text_quote': {
      const inlines = inlinesOf(element, names)
      return inlines.length ? [{ type: 'quote', blocks: [{ type: 'paragraph', inlines }] }] : []
    }
    case 'rich_text_preformatted': {
      const value = inlinesOf(element, names)
        .map((inline) => (inline.type === 'mention' ? `@${inline.handle}` : inline.value))
        .join('')
      return [{ type: 'code', value }]
    }
    default:
      return paragraph(inlinesOf(element, names))
  }
}

const inlinesOf = (section: Raw, names: Names): Inline[] =>
  list(section.elements)
    .map(raw)
    .flatMap((element) => (list(element.elements).length ? inlinesOf(element, names) : [fromElement(element, names)]))
    .filter((inline) => inline.type !== 'text' || inline.value !== '')

function fromElement(element: Raw, names: Names): Inline {
  const style = styleOf(raw(element.style))
  switch (string(element.type)) {
    case 'text':
      return text(string(element.text), style)
    case 'link':
      return link(unescape(string(element.url)), string(element.text), style, names)
    case 'user':
      return mention(string(element.user_id), labelOf(element.user_id, names), style, names)
    case 'channel':
      return channel(string(element.channel_id), labelOf(element.channel_id, names).replace(/^#/, ''), style, names)
    case 'emoji':
      return text(emojiElement(element), style)
    case 'broadcast':
      return broadcast(string(element.range), style, names)
    case 'usergroup':
      names.note('user_group', string(element.usergroup_id))
      return text(`@${(labelOf(element.usergroup_id, names) || string(element.usergroup_id)).replace(/^@/, '')}`, style)
    case 'date':
      return text(string(element.fallback) || dateOf(number(element.timestamp)), style)
    case 'color':
      return text(string(element.value), style)
    case 'canvas':
    case 'list':
    case 'file':
    case 'workflow':
      return text(titleOf(string(element.file_id), string(element.type), names), style)
    case 'team':
      names.note('unnamed_parts', 'team')
      return text(`@${string(element.team_id)}`, style)
    default:
      names.note('unknown_element', string(element.type))
      return text(string(element.text) || string(element.fallback), style)
  }
}

const labelOf = (id: unknown, names: Names) => names.label?.(string(id)) ?? ''

/** What a canvas or list is called, as far as the message says it. */
function titleOf(id: string, kind: string, names: Names): string {
  const title = labelOf(id, names)
  if (!title) names.note('unnamed_parts', kind)
  return title || `(${kind})`
}

function emojiElement(element: Raw): string {
  const tone = number(element.skin_tone)
  const name = tone ? `${string(element.name)}::skin-tone-${tone}` : string(element.name)
  return emojiFrom(string(element.unicode)) ?? emojiOf(name) ?? `:${name}:`
}

const styleOf = (style: Raw) =>
  (style.bold === true ? bold : 0) |
  (style.italic === true ? italic : 0) |
  (style.strike === true ? strike : 0) |
  (style.code === true ? code : 0)

const dateOf = (seconds: number | null) =>
  seconds === null || Math.abs(seconds) > 8e12
    ? ''
    : `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`
