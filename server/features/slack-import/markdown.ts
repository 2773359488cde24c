import { codeSpan, escapeLineStart, escapeText, linkText } from '../../core/imports/markdown-escape.ts'
import { type Styled, fitStyles } from './markdown-styles.ts'
import { type Block, type Inline, bold, code, italic, strike, withoutEmptyEnds } from './prose.ts'

/**
 * Blocks as Markdown that our renderer shows with the same words, in the same lines: whatever a text holds
 * ("2 * 3 * 4", "# no heading", "<b>"), it stays text.
 *
 *     toMarkdown([{ type: 'paragraph', inlines: [text('snake_case', bold)] }])  // '**snake_case**'
 */
export function toMarkdown(blocks: Block[]): string {
  const parts: string[] = []
  for (let i = 0; i < blocks.length; i++) {
    const block = blocks[i]
    if (block.type !== 'item') {
      parts.push(fromBlock(block))
      continue
    }
    const from = i
    while (blocks[i + 1]?.type === 'item') i++
    parts.push(fromItems(blocks.slice(from, i + 1) as Item[]))
  }
  return parts.filter((part) => part !== '').join('\n\n')
}

type Item = Extract<Block, { type: 'item' }>

function fromBlock(block: Exclude<Block, Item>): string {
  if (block.type === 'paragraph') return fromLines(block.inlines).join('\n')
  if (block.type === 'rule') return '---'
  if (block.type === 'markdown') return block.value.trim()
  if (block.type === 'code') return fromCode(block.value)
  return toMarkdown(block.blocks)
    .split('\n')
    .map((line) => (line ? `> ${line}` : '>'))
    .join('\n')
}

function fromCode(value: string): string {
  const longest = Math.max(2, ...(value.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${value}\n${fence}`
}

/** The lists that items of several depths make. A child stands under the words of its parent. */
function fromItems(items: Item[]): string {
  const open: { ordered: boolean; level: number; column: number; inner: number }[] = []
  const lines: string[] = []
  for (const item of items) {
    const text = splitLines(item.inlines)
      .map(fromLine)
      .filter((line) => line !== '')
    // An empty item cannot stand right under words, and says nothing.
    if (!text.length) continue
    while (open.length && open.at(-1)!.level > item.level) open.pop()
    const ordered = item.number !== null
    if (open.at(-1)?.level === item.level && open.at(-1)!.ordered !== ordered) {
      open.pop()
      // Without an empty line a list of another kind would be read as more words of the one before.
      if (lines.length) lines.push('')
    }
    if (open.at(-1)?.level !== item.level) {
      const column = open.at(-1)?.inner ?? 0
      // Only a list that begins with 1 may follow words directly.
      if (open.length && ordered && item.number !== 1) lines.push('')
      open.push({ ordered, level: item.level, column, inner: column })
    }
    const list = open.at(-1)!
    const marker = ordered ? `${item.number}.` : '-'
    list.inner = list.column + marker.length + 1
    lines.push(`${' '.repeat(list.column)}${marker} ${text.join(`  \n${' '.repeat(list.inner)}`)}`)
  }
  return lines.join('\n')
}

/** The lines of a text; every line but the last of its paragraph ends in the two spaces that keep the line end. */
function fromLines(inlines: Inline[]): string[] {
  const lines = withoutEmptyEnds(splitLines(inlines).map(fromLine))
  return lines
    .map((line, i) => (line && lines[i + 1] ? `${line}  ` : line))
    .filter((line, i, all) => line || all[i - 1])
}

function splitLines(inlines: Inline[]): Inline[][] {
  const lines: Inline[][] = [[]]
  for (const inline of inlines) {
    if (inline.type !== 'text') {
      lines.at(-1)!.push(inline)
      continue
    }
    inline.value.split('\n').forEach((value, i) => {
      if (i) lines.push([])
      if (value) lines.at(-1)!.push({ ...inline, value })
    })
  }
  return lines
}

function fromLine(inlines: Inline[]): string {
  let made = ''
  for (const part of fitStyles(spaced(inlines.map(plainInCode)))) made += fromStyled(part)
  // Spaces at the front would be dropped, or make a code block: no-break spaces keep an indentation.
  const indented = made.trimEnd().replace(/^[ \t]+/, (blank) => '\u00a0'.repeat(blank.replace(/\t/g, '    ').length))
  return escapeLineStart(indented)
}

function fromStyled({ style, inlines, next }: Styled): string {
  const inside = inlines.map((inline, i) => fromInline(inline, inlines[i + 1] ?? next)).join('')
  const open = `${style & strike ? '~~' : ''}${style & bold ? '**' : ''}${style & italic ? '*' : ''}`
  return open + inside + [...open].reverse().join('')
}

function fromInline(inline: Inline, next: Inline | undefined): string {
  if (inline.type === 'mention') return `@${inline.handle}`
  if (inline.type === 'link') return fromLink(inline)
  return inline.style & code ? codeSpan(inline.value) : escapeText(inline.value, next !== undefined)
}

function fromLink({ url, value, style }: Extract<Inline, { type: 'link' }>): string {
  const address = url.replace(/[\s<>\\"`\u0000-\u001f]/g, (sign) => encodeURIComponent(sign))
  const isBare = value === url && !(style & code) && address === url && !/&#?\w+;/.test(url) && /^[a-z]+:/i.test(url)
  if (isBare) return `<${address}>`
  const target = address.replace(/&(?=#?\w+;)/g, '&amp;')
  return `[${style & code ? codeSpan(value) : linkText(value)}](${/[()]/.test(target) ? `<${target}>` : target})`
}

/** Nobody is called from inside code. */
const plainInCode = (inline: Inline): Inline =>
  inline.type === 'mention' && inline.style & code
    ? { type: 'text', value: `@${inline.handle}`, style: inline.style }
    : inline

/**
 * A mention or an emoji's name is recognised at the beginning of a word only; a space is set where the words around
 * would swallow it.
 */
function spaced(inlines: Inline[]): Inline[] {
  const made: Inline[] = []
  for (const inline of inlines) {
    const before = made.at(-1)
    if (inline.type === 'mention' && before && /[\p{L}\p{N}\p{M}_@#/&.]$/u.test(lastWords(before))) made.push(gap)
    else if (before?.type === 'mention' && /^(?:[a-z0-9_]|[.-]+[a-z0-9_])/iu.test(firstWords(inline))) made.push(gap)
    made.push(inline)
  }
  return made
}

const gap: Inline = { type: 'text', value: ' ', style: 0 }
const lastWords = (inline: Inline) => (inline.type === 'mention' ? inline.handle : inline.value)
const firstWords = (inline: Inline) => (inline.type === 'mention' ? '@' : inline.value)
