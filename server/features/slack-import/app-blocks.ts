import { fromMrkdwn, withEmoji } from './mrkdwn.ts'
import { type Block, type Inline, type Names, link, text } from './prose.ts'
import { type Raw, list, number, raw, string } from './raw.ts'

/** What a block of an app may hold words in, in the order in which they are shown. */
const fields = ['title', 'subtitle', 'text', 'body', 'label', 'caption', 'description', 'details', 'output', 'fields',
  'columns', 'rows', 'elements', 'tasks', 'cards', 'items', 'sources', 'footer']
const deepest = 12

type Inside = (richText: Raw) => Block[]

/**
 * The words of a block in any form: cards, alerts, plans, tables of data, and whatever comes after them. What can only
 * be pressed is noted and left out.
 * @param richText reads the rich text inside
 */
export function wordsIn(block: Raw, names: Names, richText: Inside, depth = 0): Block[] {
  if (depth > deepest) return []
  if (isControl(block)) {
    names.note('button', string(raw(block.text).text) || string(block.type))
    return []
  }
  if (block.type === 'rich_text') return richText(block)
  if (block.type === 'mrkdwn') return fromMrkdwn(string(block.text), names)
  if (number(block.value) !== null && !string(block.text)) return paragraph([text(String(block.value))])
  if (string(block.url) && string(block.text)) return paragraph([link(string(block.url), string(block.text), 0, names)])
  return fields.flatMap((field) => wordsOf(block[field], names, richText, depth + 1))
}

function wordsOf(value: unknown, names: Names, richText: Inside, depth: number): Block[] {
  if (typeof value === 'string') return paragraph(string(value) ? [text(withEmoji(string(value)))] : [])
  if (typeof value !== 'object' || value === null) return []
  if (!Array.isArray(value)) return wordsIn(raw(value), names, richText, depth)
  return value.flatMap((item) =>
    Array.isArray(item) ? inOneLine(item, names, richText, depth) : wordsOf(item, names, richText, depth))
}

/** The cells of a row beside each other. */
function inOneLine(cells: unknown[], names: Names, richText: Inside, depth: number): Block[] {
  const parts = cells.map((cell) => inlinesOf(wordsOf(cell, names, richText, depth + 1)))
  return paragraph(parts.flatMap((inlines, i) => (i ? [text(' | '), ...inlines] : inlines)))
}

const inlinesOf = (blocks: Block[]): Inline[] =>
  blocks.flatMap((block) =>
    'inlines' in block ? block.inlines : 'blocks' in block ? inlinesOf(block.blocks) : 'value' in block ? [text(block.value)] : [])

const paragraph = (inlines: Inline[]): Block[] => (inlines.length ? [{ type: 'paragraph', inlines }] : [])

/** Whether it is something to press or to fill in. */
export const isControl = ({ type }: Raw) =>
  /^(?:button|feedback_buttons|icon_button|workflow_button|overflow|checkboxes|radio_buttons|\w+_select|\w*(?:date|time)picker|\w+_input)$/
    .test(string(type))

/** A call of another maker in Slack: its name, and where it was. */
export function fromCall(block: Raw, names: Names): Block[] {
  const call = raw(raw(block.call).v1)
  const url = string(call.join_url) || string(call.desktop_app_join_url)
  const name = string(call.name) || 'call'
  return paragraph([url ? link(url, name, 0, names) : text(name)])
}

/** Notes the controls among these, so that the report names them. */
export function noteControls(elements: unknown, names: Names): void {
  for (const element of list(elements).map(raw))
    if (isControl(element)) names.note('button', string(raw(element.text).text) || string(element.type))
}
