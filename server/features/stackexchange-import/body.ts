import type { BlockContent, ListItem, PhrasingContent, RootContent, TableRow } from 'mdast'
import { type Element, type Node, readHtml, textOf } from './html.ts'
import { tidy, write } from './markdown.ts'

/** Where an address of a text leads from here; null where no browser should open it from here, or nothing is there. */
export type Resolve = (address: string) => string | null

/**
 * The HTML of a post as our Markdown. It is words and marks only: whatever else the HTML holds is left out or stays words,
 * and what comes of it is read as everything that people write.
 *
 *     fromHtml('<p>See <a href="/q/7">this</a> &lt;b&gt;</p>', resolve)  // 'See [this](/e/…) \\<b>'
 */
export const fromHtml = (html: string, resolve: Resolve): string => write(blocksOf(readHtml(html), resolve) as RootContent[])

const HEADINGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6']
const CONTAINERS = ['p', 'div', 'section', 'article', 'main', 'header', 'footer', 'center', 'dl', 'dd', 'figure', 'figcaption', 'details', 'summary', 'form', 'fieldset', 'address']
const BLOCKS = new Set([...HEADINGS, ...CONTAINERS, 'pre', 'blockquote', 'ul', 'ol', 'li', 'hr', 'table', 'dt', 'thead', 'tbody', 'tr', 'td', 'th'])
const isBlock = (node: Node): node is Element => typeof node !== 'string' && BLOCKS.has(node.tag)

/** Words that stand between blocks make paragraphs of their own. */
function blocksOf(nodes: Node[], resolve: Resolve): BlockContent[] {
  const made: BlockContent[] = []
  let words: Node[] = []
  const end = () => {
    const children = phrasesOf(words, resolve)
    if (children.length) made.push({ type: 'paragraph', children })
    words = []
  }
  for (const node of nodes) {
    if (!isBlock(node)) words.push(node)
    else {
      end()
      made.push(...blockOf(node, resolve))
    }
  }
  end()
  return made
}

function blockOf(element: Element, resolve: Resolve): BlockContent[] {
  const { tag, children } = element
  if (tag === 'hr') return [{ type: 'thematicBreak' }]
  if (tag === 'pre') return codeOf(element)
  if (tag === 'ul' || tag === 'ol') return listOf(element, resolve)
  if (tag === 'table') return tableOf(element, resolve)
  if (HEADINGS.includes(tag)) {
    const words = phrasesOf(children, resolve)
    return words.length ? [{ type: 'heading', depth: Number(tag[1]) as 1, children: words }] : []
  }
  if (tag === 'dt') {
    const words = phrasesOf(children, resolve, ['strong'])
    return words.length ? [{ type: 'paragraph', children: [{ type: 'strong', children: words }] }] : []
  }
  const inside = blocksOf(children, resolve)
  return tag === 'blockquote' && inside.length ? [{ type: 'blockquote', children: inside }] : inside
}

function codeOf(element: Element): BlockContent[] {
  const inner = element.children.find((child) => typeof child !== 'string')
  const classes = `${element.fields.class ?? ''} ${(inner as Element | undefined)?.fields.class ?? ''}`
  const lang = /(?:^|\s)lang(?:uage)?-([a-z0-9+#-]{1,20})/i.exec(classes)?.[1] ?? null
  const value = textOf(element).replace(/\n+$/, '')
  return value ? [{ type: 'code', lang: lang === 'none' || lang === 'default' ? null : lang, value }] : []
}

function listOf({ tag, fields, children }: Element, resolve: Resolve): BlockContent[] {
  const items = children.filter((child): child is Element => typeof child !== 'string')
    .map((child): ListItem => ({ type: 'listItem', spread: false, children: blocksOf(child.tag === 'li' ? child.children : [child], resolve) }))
    .filter((item) => item.children.length)
  const start = /^\d{1,9}$/.test(fields.start ?? '') ? Number(fields.start) : 1
  return items.length ? [{ type: 'list', ordered: tag === 'ol', start: tag === 'ol' ? start : null, spread: false, children: items }] : []
}

const WIDEST = 40

function tableOf(table: Element, resolve: Resolve): BlockContent[] {
  const rows = rowsOf(table).map((row) => row.children.filter((cell): cell is Element => typeof cell !== 'string' && /^t[dh]$/.test(cell.tag)).slice(0, WIDEST))
  const width = Math.max(0, ...rows.map((row) => row.length))
  if (!width) return blocksOf(table.children, resolve)
  const filled = rows.map((row): TableRow => ({
    type: 'tableRow',
    children: Array.from({ length: width }, (_, at) => ({ type: 'tableCell', children: row[at] ? phrasesOf(row[at].children, resolve) : [] })),
  }))
  return [{ type: 'table', children: filled }]
}

const rowsOf = (element: Element): Element[] =>
  element.children.flatMap((child) => (typeof child === 'string' || child.tag === 'table' ? [] : child.tag === 'tr' ? [child] : rowsOf(child)))

type Mark = 'strong' | 'emphasis' | 'delete'
type Within = Mark | 'link'
const MARKS: Record<string, Mark> = { strong: 'strong', b: 'strong', em: 'emphasis', i: 'emphasis', cite: 'emphasis', del: 'delete', s: 'delete', strike: 'delete' }
const CODE = new Set(['code', 'kbd', 'tt', 'samp', 'var'])

const phrasesOf = (nodes: Node[], resolve: Resolve, within: Within[] = []): PhrasingContent[] =>
  tidy(nodes.flatMap((node) => phraseOf(node, resolve, within)))

function phraseOf(node: Node, resolve: Resolve, within: Within[]): PhrasingContent[] {
  if (typeof node === 'string') return [text(node.replace(/[ \t\r\n\f]+/g, ' '))]
  const { tag, fields, children } = node
  const inside = (more: Within[] = []) => children.flatMap((child) => phraseOf(child, resolve, [...within, ...more]))
  if (tag === 'br') return [{ type: 'break' }]
  if (tag === 'img') return linked(fields.src ?? '', [text((fields.alt ?? '').replace(/\s+/g, ' ').trim() || 'picture')], resolve, within)
  if (CODE.has(tag)) return codeSpan(textOf(node))
  if (tag === 'sup' || tag === 'sub') return raised(tag, textOf(node)) ?? inside()
  if (tag === 'a') return linked(fields.href ?? '', inside(['link']), resolve, within)
  const mark = MARKS[tag]
  if (mark && !within.includes(mark)) return marked(mark, inside([mark]))
  // Blocks inside of a line are lines of it.
  return isBlock(node) ? [{ type: 'break' }, ...inside(), { type: 'break' }] : inside()
}

const text = (value: string): PhrasingContent => ({ type: 'text', value })
const codeSpan = (value: string): PhrasingContent[] => (value.trim() ? [{ type: 'inlineCode', value: value.replace(/\s+/g, ' ') }] : [text(value && ' ')])

/** A mark around words; spaces at its edges stand outside, where Markdown wants them. */
function marked(type: Mark, phrases: PhrasingContent[]): PhrasingContent[] {
  const children = tidy(phrases)
  const [first, last] = [phrases[0], phrases.at(-1)]
  const edge = (phrase: PhrasingContent | undefined, side: RegExp) => (phrase?.type === 'text' && side.test(phrase.value) ? [text(' ')] : [])
  return children.length ? [...edge(first, /^ /), { type, children }, ...edge(last, / $/)] : [text(phrases.length ? ' ' : '')]
}

function linked(address: string, phrases: PhrasingContent[], resolve: Resolve, within: Within[]): PhrasingContent[] {
  const url = within.includes('link') ? null : resolve(address.trim())
  if (!url) return phrases
  const children = tidy(phrases).filter(({ type }) => type !== 'break')
  return [{ type: 'link', url, children: children.length ? children as [] : [{ type: 'text', value: url }] }]
}

const RAISED = { sup: '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻', sub: '₀₁₂₃₄₅₆₇₈₉₊₋' }

/** Ten to the sixth must not become a hundred and six. */
function raised(tag: 'sup' | 'sub', words: string): PhrasingContent[] | null {
  if (!/^[0-9+-]{1,20}$/.test(words)) return null
  return [text([...words].map((sign) => [...RAISED[tag]]['0123456789+-'.indexOf(sign)]).join(''))]
}
