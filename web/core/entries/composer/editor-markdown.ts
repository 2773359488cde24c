import type { JSONContent } from '@tiptap/core'
import type { Root } from 'mdast'
import { gfmToMarkdown } from 'mdast-util-gfm'
import { toMarkdown, type Handle } from 'mdast-util-to-markdown'
import { parse } from '../../../../server/kernel/text.ts'
import { blocksOf, documentOf } from './editor-tree.ts'

/** The editor's document for a body. The reader's own parser is used, so what is edited is what is shown. */
export const toDocument = (body: string): JSONContent => documentOf(parse(body))

/**
 * The body for an editor's document.
 *
 *     toBody(toDocument('snake_case *and* 2 * 3'))  // the same text: only what would be read otherwise is escaped
 */
export function toBody(document: JSONContent): string {
  const root: Root = { type: 'root', children: blocksOf(document.content ?? []) }
  const careful = write(root, false)
  const light = write(root, true)
  return light === careful || isSame(parse(light), parse(careful)) ? light : careful
}

/** Whether the editor can hold this body without losing anything; else it is edited as source. */
export const isFaithful = (body: string) => isSame(parse(body), parse(toBody(toDocument(body))))

function write(root: Root, isLight: boolean) {
  return toMarkdown(root, {
    extensions: [gfmToMarkdown({ tableCellPadding: true, tablePipeAlign: false })],
    bullet: '-', emphasis: '*', rule: '-', fences: true, listItemIndent: 'one', resourceLink: false,
    handlers: isLight ? { text: writeLightly, link: writeLink, strong: between('**'), emphasis: between('*'), delete: between('~~') } : undefined,
  }).replace(/\n$/, '')
}

// The serialiser escapes whatever might mean something in some place. Most of it cannot mean anything where it stands;
// toBody checks that by reading the text again.
const writeLightly: Handle = (node, _parent, state, info) =>
  state.safe(node.value, info).replace(/\\([_*~&[\]:.@#<(!])/g, '$1')

/** The serialiser writes letters as numbers where CommonMark would not see the end of a mark; ours sees it beside most of them. */
function between(sign: string): Handle {
  return (node, _parent, state, info) => {
    const exit = state.enter('phrasing')
    const words = state.containerPhrasing(node, { ...info, before: sign, after: sign })
    exit()
    return sign + words + sign
  }
}

/** A bare address stays one: `https://x.example/a_b`, not `<https://…>`. */
const writeLink: Handle = (node, _parent, state, info) => {
  const [child] = node.children
  const text = node.children.length === 1 && child.type === 'text' ? child.value : ''
  if (text && !/\s/.test(text) && ['', 'http://', 'mailto:'].some((prefix) => prefix + text === node.url)) return text
  const exit = state.enter('link')
  const words = state.containerPhrasing(node, { ...info, before: '[', after: ']' })
  exit()
  return `[${words}](${node.url.replace(/[\s()<>\\]/g, (sign: string) => encodeURIComponent(sign).replace('(', '%28').replace(')', '%29'))})`
}

/** Compares two trees by what they show: positions, and which of two marks stands outside, do not matter. */
function isSame(a: Root, b: Root) {
  return JSON.stringify(a, shown) === JSON.stringify(b, shown)
}

const UNSEEN = new Set(['position', 'spread', 'title', 'meta'])
const shown = (key: string, value: unknown) => (UNSEEN.has(key) ? undefined : key === 'children' ? joined(flat(value as Tree[])) : value)

type Tree = { type: string; value?: string; url?: string; marks?: string[]; children?: Tree[] }

/** Phrases without nesting: each leaf with the marks that it stands in. A hard break and a line end look alike. */
const flat = (nodes: Tree[], marks: string[] = []): Tree[] => nodes.flatMap((node) => {
  if (['strong', 'emphasis', 'delete', 'link'].includes(node.type)) return flat(node.children!, [...marks, node.type + (node.url ?? '')].sort())
  const leaf = node.type === 'break' ? { type: 'text', value: '\n' } : node
  return [marks.length && 'value' in leaf ? { ...leaf, marks } : leaf]
})

function joined(nodes: Tree[]) {
  const result: Tree[] = []
  for (const node of nodes) {
    const last = result.at(-1)
    if (node.type === 'text' && last?.type === 'text' && String(node.marks) === String(last.marks))
      result[result.length - 1] = { ...last, value: `${last.value}${node.value}`.replace(/\n+/g, '\n') }
    else result.push(node)
  }
  return result
}

/** The same for a text that somebody is in the middle of: Markdown has no space at the end, and the next word needs it. */
export function toDraft(body: string) {
  const document = toDocument(body)
  const last = document.content?.at(-1)
  const words = last?.type === 'paragraph' && / $/.test(body) ? last.content?.at(-1) : undefined
  if (words?.type === 'text' && !words.marks?.length) words.text += ' '
  // Nor has it an empty paragraph; what is written below a link must not become part of it.
  if (last?.type === 'paragraph' && last.content?.at(-1)?.marks?.some(({ type }) => type === 'link') && /\n\n$/.test(body)) document.content!.push({ type: 'paragraph' })
  return document
}
