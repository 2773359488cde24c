import type { Nodes, PhrasingContent, Root, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { gfmTaskListItemFromMarkdown } from 'mdast-util-gfm-task-list-item'
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough'
import { gfmTable } from 'micromark-extension-gfm-table'
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item'
import { attention } from './text-attention.ts'
import { effort } from './text-effort.ts'
import { findLinks, type Links, linkNodes, linkSyntax, unlinkWithin } from './text-links.ts'

/** What a body's text is made of, apart from its Markdown: plain words, and the three things written with a sign. */
export type Piece =
  | { type: 'text'; value: string }
  | { type: 'mention'; value: string; handle: string }
  | { type: 'topic'; value: string; topic: string }
  | { type: 'emoji'; value: string; name: string }

/** The longest body that is read as Markdown, in UTF-16 units. What goes beyond it is kept as plain text. */
export const longestBody = 40_000

// Raw HTML stays text. Link definitions are off, and of GFM the footnotes are left out, because they make words vanish from
// what is shown; a line of dashes under a sentence is a rule, not a heading, as people mean it in a conversation.
const off = ['htmlFlow', 'htmlText', 'definition', 'setextUnderline']

// GFM's own way to find bare links is left out as well; ours is in text-links.ts.
const mdastExtensions = [gfmStrikethroughFromMarkdown(), gfmTableFromMarkdown(), gfmTaskListItemFromMarkdown(), linkNodes]
// The last of them is asked first.
const syntax = [gfmStrikethrough({ singleTilde: false }), gfmTable(), gfmTaskListItem(), { disable: { null: off } }, attention as never]

/**
 * Markdown (CommonMark with GFM tables, task lists, strikethrough and bare links) as an mdast tree, in time that
 * grows with the length of the body whatever it contains. Never throws.
 *
 *     parse('*hi* @ann')  // root > paragraph > [emphasis > text, text ' @ann']
 */
export const parse = (body: string): Root =>
  readWith((text, links) => (effort(text) + links.size * LINK < mostEffort ? readMarkdown : readPlainly)(text, links), body)

/** The same body as words and bare links, whatever Markdown is in it. */
export const parsePlainly = (body: string): Root => readWith(readPlainly, body)

function readWith(read: (text: string, links: Links) => Root, body: string): Root {
  const head = body.slice(0, longestBody).replace(/^\ufeff/, '')
  const root = read(head, findLinks(head))
  const rest = body.slice(longestBody)
  if (rest) root.children.push({ type: 'paragraph', children: [{ type: 'text', value: rest }] })
  return root
}

// In the microseconds of `effort`. Whatever would take longer is shown as it was written.
const mostEffort = 45_000
const LINK = 20

function readMarkdown(text: string, links: Links): Root {
  if (!links.size) return fromMarkdown(text, { extensions: syntax, mdastExtensions })
  const root = fromMarkdown(text, { extensions: [...syntax, linkSyntax(links, text) as never], mdastExtensions })
  if (text.includes('](')) unlinkWithin(root)
  return root
}

/** Words and bare links, and nothing else; of links so many as a page can show. */
function readPlainly(text: string, links: Links): Root {
  const children: PhrasingContent[] = []
  let last = 0
  const addWords = (to: number) => to > last && children.push({ type: 'text', value: text.slice(last, to) })
  for (const [at, { length, kind }] of [...links].slice(0, MOST_LINKS)) {
    addWords(at)
    last = at + length
    const value = text.slice(at, last)
    children.push({ type: 'link', url: PREFIXES[kind] + value, children: [{ type: 'text', value }] })
  }
  addWords(text.length)
  return { type: 'root', children: [{ type: 'paragraph', children }] }
}

const MOST_LINKS = 500
const PREFIXES = { literalAutolinkHttp: '', literalAutolinkWww: 'http://', literalAutolinkEmail: 'mailto:' }

// A sign counts at the beginning of a word only: `ann@example.com` and `C#` are neither a mention nor a topic. After a letter of
// another script than handles are written in it begins one (ありがとう@ann, ש@ann). Full-width signs are the same signs.
// Every quantifier is bounded or followed by what it cannot match, so the search is linear.
const inWord = '[\\p{sc=Latin}0-9]\\p{M}{0,4}|[_@＠﹫#＃﹟/&.]'
const handle = '[a-z0-9ａ-ｚ０-９][a-z0-9._\\-ａ-ｚ０-９．＿－]{0,38}'
const signs = new RegExp(`(?<!${inWord})(?:[@＠﹫](${handle})(?![\\p{sc=Latin}0-9_]|(?<=[\\p{L}\\p{N}])\\p{M})|[#＃﹟]([\\p{L}\\p{N}\\p{M}_-]{1,64}))`
  + '|(?<![a-z0-9:]):([a-z0-9+][a-z0-9_+\'-]{0,63}|-1):(?!:)', 'giu')

/** Whether a sign (@, #, :) after this text begins something, as `pieces` will read it. */
export const mayBeginSign = (before: string): boolean => !new RegExp(`(?:${inWord}|:)$`, 'iu').test(before)

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
      const written = handle.replace(/[.．\-－]{1,39}$/, '')
      push(match.index, { type: 'mention', value: whole[0] + written, handle: written.normalize('NFKC').toLowerCase() })
    } else if (topic) {
      const written = topic.replace(/[-_]{1,64}$/, '')
      if (/\p{L}/u.test(written)) push(match.index, { type: 'topic', value: whole[0] + written, topic: topicOf(written) })
    } else if (emoji) push(match.index, { type: 'emoji', value: whole, name: emoji.toLowerCase() })
  }
  if (last < value.length) found.push({ type: 'text', value: value.slice(last) })
  return found
}

/** The form under which a topic is kept and compared: `#Lötrauch` and `#lötrauch` are one topic. */
export const topicOf = (written: string) => written.replace(/^[#＃﹟]/, '').normalize('NFKC').toLowerCase()

/** The handles that a body mentions, each once, lower case, in the order of their first mention. */
export const findMentions = (body: string, root?: Root) => found(body, root, piece => piece.type === 'mention' ? piece.handle : undefined)

/** The topics that a body names, each once, in the form of `topicOf`. */
export const findTopics = (body: string, root?: Root) => found(body, root, piece => piece.type === 'topic' ? piece.topic : undefined)

/** Where the links of a body lead, each once, in their order; what stands in code is no link. */
export function findAddresses(body: string, root?: Root): string[] {
  if (!/:\/\/|www\.|\]\(/i.test(body)) return []
  const addresses = new Set<string>()
  const look = (node: Nodes): void => {
    if (node.type === 'link') addresses.add(node.url)
    else if ('children' in node) for (const child of node.children) look(child)
  }
  look(root ?? parse(body))
  return [...addresses]
}

function found(body: string, root: Root | undefined, pick: (piece: Piece) => string | undefined): string[] {
  if (!/[@＠﹫#＃﹟]/.test(body)) return []
  const names = new Set<string>()
  eachText(root ?? parse(body), value => {
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
export function plainText(body: string, root?: Root): string {
  if (body.length <= longestBody && !maybeMarked.test(body)) return body.replace(/\n{2,}/g, '\n').trim()
  return words(root ?? parse(body)).replace(/\n{2,}/g, '\n').trim()
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

/** What a thread can be asked to read of a body (reading.ts); each takes the tree too, where there is one. */
export const READINGS = { plainText, findMentions, findTopics, findAddresses }
export type Reading = keyof typeof READINGS

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
