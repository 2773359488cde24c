import type { PhrasingContent, Root, RootContent } from 'mdast'
import { gfmStrikethroughToMarkdown } from 'mdast-util-gfm-strikethrough'
import { gfmTableToMarkdown } from 'mdast-util-gfm-table'
import { type Handle, type Options, toMarkdown } from 'mdast-util-to-markdown'
import { escapeLineStart, escapeText } from '../../core/imports/markdown-escape.ts'

/** A tree of Markdown as a text that our reader reads as the same tree; only what would be read otherwise is escaped. */
export const write = (children: RootContent[]): string => toMarkdown({ type: 'root', children } satisfies Root, options).trim()

const writeText: Handle = (node, _parent, state, info) => {
  const escaped = escapeText(node.value, info.after === '[')
  const fitting = state.stack.includes('tableCell') ? escaped.replaceAll('|', '\\|') : info.before === '\n' ? escapeLineStart(escaped) : escaped
  return state.stack.includes('link') ? fitting.replaceAll(']', '\\]') : fitting
}

/** Without the numbers that stand for letters at the edges of a mark elsewhere: our reader sees its end beside them. */
function between(sign: string): Handle {
  const handle: Handle = (node, _parent, state, info) => {
    const exit = state.enter('phrasing')
    const words = state.containerPhrasing(node, { ...info, before: sign[0], after: sign[0] })
    exit()
    return sign + words + sign
  }
  return peeked(handle, sign[0])
}

const writeLink: Handle = (node, _parent, state, info) => {
  const [child] = node.children
  const url = node.url.replace(/[\s<>\\"`\u0000-\u001f]/g, (sign: string) => encodeURIComponent(sign)).replace(/&(?=#?\w+;)/g, '&amp;')
  if (node.children.length === 1 && child.type === 'text' && child.value === url && /^[a-z]+:/i.test(url)) return `<${url}>`
  const exit = state.enter('link')
  const words = state.containerPhrasing(node, { ...info, before: '[', after: ']' })
  exit()
  return `[${words}](${/[()]/.test(url) ? `<${url}>` : url})`
}

// What stands before it asks how it begins.
const peeked = (handle: Handle, sign: string): Handle => Object.assign(handle, { peek: () => sign })

const options: Options = {
  extensions: [gfmStrikethroughToMarkdown(), gfmTableToMarkdown({ tablePipeAlign: false })],
  bullet: '-', emphasis: '*', rule: '-', fences: true, listItemIndent: 'one', incrementListMarker: true,
  handlers: { text: writeText, link: peeked(writeLink, '['), strong: between('**'), emphasis: between('*'), delete: between('~~') },
}

/** Phrases without what could not be seen: words side by side are one, spaces stand once, and none at the edges or around a line end. */
export function tidy(phrases: PhrasingContent[]): PhrasingContent[] {
  const joined: PhrasingContent[] = []
  for (const phrase of phrases) {
    const last = joined.at(-1)
    if (phrase.type === 'text' && last?.type === 'text') joined[joined.length - 1] = { ...last, value: last.value + phrase.value }
    else joined.push(phrase)
  }
  const isEdge = (at: number) => !joined[at] || joined[at].type === 'break'
  const trimmed = joined.map((phrase, at) => {
    if (phrase.type !== 'text') return phrase
    const words = phrase.value.replace(/ {2,}/g, ' ')
    const value = isEdge(at - 1) ? words.trimStart() : words
    return { ...phrase, value: isEdge(at + 1) ? value.trimEnd() : value }
  })
  const kept = trimmed.filter((phrase) => phrase.type !== 'text' || phrase.value !== '')
  const first = kept.findIndex(({ type }) => type !== 'break')
  return first < 0 ? [] : kept.slice(first, kept.findLastIndex(({ type }) => type !== 'break') + 1)
}
