import type { Nodes, Root, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

/** What a body's text is made of, apart from its Markdown: plain words, and the three things written with a sign. */
export type Piece =
  | { type: 'text'; value: string }
  | { type: 'mention'; value: string; handle: string }
  | { type: 'topic'; value: string; topic: string }
  | { type: 'emoji'; value: string; name: string }

/** The longest body that is read as Markdown, in UTF-16 units. What goes beyond it is kept as plain text. */
export const longestBody = 40_000

// Raw HTML stays text. Link definitions and footnotes are off because they make words vanish from what is shown;
// a line of dashes under a sentence is a rule, not a heading, as people mean it in a conversation.
const off = ['htmlFlow', 'htmlText', 'definition', 'setextUnderline',
  'gfmFootnoteCall', 'gfmFootnoteDefinition', 'gfmPotentialFootnoteCall']

// micromark needs quadratic time for some crafted input in these constructs; such input is read without them.
const offWhenHostile = [...off, 'attention', 'strikethrough', 'blockQuote', 'list', 'table',
  'labelStartLink', 'labelStartImage', 'labelEnd']

const options = (names: string[]) =>
  ({ extensions: [gfm({ singleTilde: false }), { disable: { null: names } }], mdastExtensions: [gfmFromMarkdown()] })
const usual = options(off)
const plain = options(offWhenHostile)

/**
 * Markdown (CommonMark with GFM tables, task lists, strikethrough and bare links) as an mdast tree, in time that
 * grows with the length of the body whatever it contains. Never throws.
 *
 *     parse('*hi* @ann')  // root > paragraph > [emphasis > text, text ' @ann']
 */
export function parse(body: string): Root {
  const head = body.slice(0, longestBody)
  const root = fromMarkdown(head, effort(head) > mostEffort ? plain : usual)
  const rest = body.slice(longestBody)
  if (rest) root.children.push({ type: 'paragraph', children: [{ type: 'text', value: rest }] })
  return root
}

const mostEffort = 4_000_000
const deepest = 16

/** An upper guess of the quadratic part of the work, block by block: delimiters, brackets, lines in containers. */
function effort(body: string): number {
  let sum = 0
  let block = { delimiters: 0, brackets: 0, contained: 0, lazy: 0 }
  const close = () => {
    sum += block.delimiters ** 2 + block.brackets ** 2 + block.contained ** 2 + (10 * block.lazy) ** 2
    block = { delimiters: 0, brackets: 0, contained: 0, lazy: 0 }
  }
  for (const line of body.split('\n')) {
    if (line.trim() === '') {
      close()
      continue
    }
    const depth = containers(line)
    if (depth > deepest) return Infinity
    if (depth) block.contained += 1
    else if (block.contained) block.lazy += 1
    for (let i = 0; i < line.length; i++) {
      const sign = line[i]
      if (sign === '*' || sign === '_' || sign === '~') block.delimiters += 1
      else if (sign === ']' || sign === '|') block.brackets += 1
    }
  }
  close()
  return sum
}

/** How many quotes and lists a line opens, counting its indentation as possible continuations. */
function containers(line: string): number {
  let count = 0
  let spaces = 0
  let i = 0
  for (; i < line.length; i++) {
    const sign = line[i]
    if (sign === ' ') spaces += 1
    else if (sign === '\t') spaces += 4
    else if (sign === '>') count += 1
    else if ((sign === '-' || sign === '*' || sign === '+') && isBlank(line[i + 1])) count += 1
    else {
      const digits = numberLength(line, i)
      if (!digits) break
      count += 1
      i += digits
    }
  }
  const isRule = i === line.length && /^[ \t]*(?:-[ \t]*|\*[ \t]*|\+[ \t]*)+$/.test(line.slice(0, 1_000)) && !line.includes('>')
  if (isRule && count > 2) return 1
  return count && count + Math.floor(Math.max(0, spaces - count) / 2)
}

const isBlank = (sign: string | undefined) => sign === undefined || sign === ' ' || sign === '\t'

/** The length of `12.` or `12)` as a list's number at this place, less one; 0 when there is none. */
function numberLength(line: string, at: number): number {
  let i = at
  while (i - at < 9 && line[i] >= '0' && line[i] <= '9') i += 1
  return i > at && (line[i] === '.' || line[i] === ')') && isBlank(line[i + 1]) ? i - at : 0
}

// A sign counts at the beginning of a word only: `ann@example.com` and `C#` are neither a mention nor a topic.
// Every quantifier is bounded or followed by what it cannot match, so the search is linear.
const signs = /(?<![\p{L}\p{N}\p{M}_@#/&.])(?:@([a-z0-9][a-z0-9._-]{0,38})|[#＃]([\p{L}\p{N}\p{M}_-]{1,64}))|(?<![a-z0-9:]):([a-z0-9+][a-z0-9_+'-]{0,63}|-1):(?!:)/giu

/**
 * Cuts a text node into words, @mentions, #topics and :emoji:. The one definition of how they are written.
 *
 *     pieces('hi @ann.')  // text 'hi ', mention '@ann' (handle 'ann'), text '.'
 */
export function pieces(value: string): Piece[] {
  const found: Piece[] = []
  let last = 0
  const push = (at: number, piece: Piece) => {
    if (at > last) found.push({ type: 'text', value: value.slice(last, at) })
    found.push(piece)
    last = at + piece.value.length
  }
  for (const match of value.matchAll(signs)) {
    const [whole, handle, topic, emoji] = match
    if (handle) {
      const written = handle.replace(/[.-]{1,39}$/, '')
      push(match.index, { type: 'mention', value: `@${written}`, handle: written.toLowerCase() })
    } else if (topic) {
      const written = topic.replace(/[-_]{1,64}$/, '')
      if (/\p{L}/u.test(written)) push(match.index, { type: 'topic', value: whole[0] + written, topic: topicOf(written) })
    } else if (emoji) push(match.index, { type: 'emoji', value: whole, name: emoji.toLowerCase() })
  }
  if (last < value.length) found.push({ type: 'text', value: value.slice(last) })
  return found
}

/** The form under which a topic is kept and compared: `#Lötrauch` and `#lötrauch` are one topic. */
export const topicOf = (written: string) => written.replace(/^[#＃]/, '').normalize('NFKC').toLowerCase()

/** The handles that a body mentions, each once, lower case, in the order of their first mention. */
export const findMentions = (body: string) => found(body, piece => piece.type === 'mention' ? piece.handle : undefined)

/** The topics that a body names, each once, in the form of `topicOf`. */
export const findTopics = (body: string) => found(body, piece => piece.type === 'topic' ? piece.topic : undefined)

function found(body: string, pick: (piece: Piece) => string | undefined): string[] {
  if (!/[@#＃]/.test(body)) return []
  const names = new Set<string>()
  eachText(parse(body), value => {
    for (const piece of pieces(value)) {
      const name = pick(piece)
      if (name) names.add(name)
    }
  })
  return [...names]
}

/** Calls back for each run of plain text: not for code, nor for the words of a link. */
function eachText(node: Nodes, call: (value: string) => void): void {
  if (node.type === 'text') call(node.value)
  else if ('children' in node && node.type !== 'link') for (const child of node.children) eachText(child, call)
}

// Most of what people write has nothing in it that Markdown could mean; reading it all the same costs a hundred times more.
const maybeMarked = /[\\`*_~[\]<&|\r\0]|[ \t]\n|(?:^|\n)(?:[ \t+>#:=-]|\d{1,9}[.)])/

/** The words of a body without its Markdown, blocks and lines separated by line ends. For search, mail and labels. */
export function plainText(body: string): string {
  if (body.length <= longestBody && !maybeMarked.test(body)) return body.replace(/\n{2,}/g, '\n').trim()
  return words(parse(body)).replace(/\n{2,}/g, '\n').trim()
}

function words(node: Root | RootContent): string {
  if (node.type === 'image') return node.alt || node.url
  if (node.type === 'break') return '\n'
  if ('value' in node) return node.value
  if (!('children' in node)) return ''
  const separator = node.type === 'tableRow' ? ' ' : isBlockParent(node) ? '\n' : ''
  return node.children.map(words).join(separator)
}

const isBlockParent = (node: Nodes) =>
  ['root', 'blockquote', 'list', 'listItem', 'table'].includes(node.type)

/**
 * The beginning of a body on one line, at most `length` characters as people count them, ended by `…` when cut.
 *
 *     excerpt('**Dry** room\nis fine', 12)  // 'Dry room is…'
 */
export function excerpt(body: string, length: number): string {
  const line = plainText(body.slice(0, length * 4 + 2_000)).replace(/\s+/g, ' ').trim()
  if (line.length <= length) return line
  const kept: string[] = []
  for (const { segment } of new Intl.Segmenter().segment(line)) {
    if (kept.length === length) return cut(kept)
    kept.push(segment)
  }
  return line
}

/** Ends at a space when one is near, so that no word is cut in two where words have spaces. */
function cut(kept: string[]): string {
  const space = kept.lastIndexOf(' ')
  const near = space > kept.length - 16 && space > 0 ? space : kept.length - 1
  return kept.slice(0, near).join('').trimEnd() + '…'
}
