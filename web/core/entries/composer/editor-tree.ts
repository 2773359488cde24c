import type { JSONContent } from '@tiptap/core'
import { mayBeginSign, pieces } from '../../../../server/kernel/text.ts'
import type { AlignType, BlockContent, ListItem, PhrasingContent, Root, RootContent, TableRow } from 'mdast'

type Mark = { type: string; attrs?: Record<string, unknown> }

/** An mdast tree as the editor's document. */
export function documentOf(root: Root): JSONContent {
  const content = root.children.flatMap(nodeOf)
  return { type: 'doc', content: content.length ? content : [{ type: 'paragraph' }] }
}

function nodeOf(node: RootContent): JSONContent[] {
  switch (node.type) {
    case 'paragraph':
      return [{ type: 'paragraph', content: inlineOf(node.children) }]
    case 'heading':
      return [{ type: 'heading', attrs: { level: node.depth }, content: inlineOf(node.children) }]
    case 'blockquote':
      return [{ type: 'blockquote', content: filled(node.children.flatMap(nodeOf)) }]
    case 'code':
      return [{ type: 'codeBlock', attrs: { language: node.lang ?? null }, content: node.value ? [{ type: 'text', text: node.value }] : [] }]
    case 'thematicBreak':
      return [{ type: 'horizontalRule' }]
    case 'list':
      return listsOf(node)
    case 'table':
      return [{ type: 'table', content: node.children.map((row, at) => rowOf(row, at === 0, node.align ?? [])) }]
    default:
      return []
  }
}

const filled = (content: JSONContent[]) => (content.length ? content : [{ type: 'paragraph' }])

function listsOf(list: Extract<RootContent, { type: 'list' }>): JSONContent[] {
  const isTasks = list.children.length > 0 && list.children.every((item) => item.checked != null)
  const items = list.children.map((item) => ({
    type: isTasks ? 'taskItem' : 'listItem',
    ...(isTasks ? { attrs: { checked: item.checked } } : {}),
    content: filled(item.children.flatMap(nodeOf)),
  }))
  if (isTasks) return [{ type: 'taskList', content: items }]
  return [list.ordered ? { type: 'orderedList', attrs: { start: list.start ?? 1 }, content: items } : { type: 'bulletList', content: items }]
}

const rowOf = (row: TableRow, isHead: boolean, align: AlignType[]): JSONContent => ({
  type: 'tableRow',
  content: row.children.map((cell, at) => ({
    type: isHead ? 'tableHeader' : 'tableCell',
    attrs: { align: align[at] ?? null },
    content: [{ type: 'paragraph', content: inlineOf(cell.children) }],
  })),
})

function inlineOf(nodes: PhrasingContent[], marks: Mark[] = []): JSONContent[] {
  return nodes.flatMap((node): JSONContent[] => {
    switch (node.type) {
      case 'text':
        return linesOf(node.value, marks)
      case 'inlineCode':
        return [{ type: 'text', text: node.value, marks: [...marks, { type: 'code' }] }]
      case 'break':
        return [{ type: 'hardBreak' }]
      case 'strong':
        return inlineOf(node.children, [...marks, { type: 'bold' }])
      case 'emphasis':
        return inlineOf(node.children, [...marks, { type: 'italic' }])
      case 'delete':
        return inlineOf(node.children, [...marks, { type: 'strike' }])
      case 'link':
        return inlineOf(node.children, [...marks, { type: 'link', attrs: { href: node.url } }])
      default:
        return []
    }
  })
}

const linesOf = (value: string, marks: Mark[]) => value.split('\n').flatMap((line, at): JSONContent[] => [
  ...(at ? [{ type: 'hardBreak' }] : []),
  ...(line ? [{ type: 'text', text: line, ...(marks.length ? { marks } : {}) }] : []),
])

/** The editor's blocks as mdast. */
export function blocksOf(content: JSONContent[]): BlockContent[] {
  return content.flatMap((node): BlockContent[] => {
    const inside = node.content ?? []
    switch (node.type) {
      case 'paragraph':
        return paragraphOf(phrasesOf(inside))
      case 'heading':
        return [{ type: 'heading', depth: node.attrs?.level ?? 2, children: phrasesOf(inside) }]
      case 'blockquote':
        return [{ type: 'blockquote', children: blocksOf(inside) }]
      case 'codeBlock':
        return [{ type: 'code', lang: node.attrs?.language || null, value: inside.map((text) => text.text ?? '').join('') }]
      case 'horizontalRule':
        return [{ type: 'thematicBreak' }]
      case 'bulletList':
      case 'orderedList':
      case 'taskList':
        return [{ type: 'list', ordered: node.type === 'orderedList', start: node.attrs?.start ?? null, spread: false, children: inside.map(itemOf) }]
      case 'table':
        return [{ type: 'table', align: alignOf(inside[0]), children: inside.map(cellsOf) }]
      default:
        return []
    }
  })
}

/** Spaces where a line ends or begins show nothing, and Markdown has them only as `&#x20;`. */
function paragraphOf(phrases: PhrasingContent[]): BlockContent[] {
  const last = phrases.length - 1
  const children = phrases.flatMap((phrase, at): PhrasingContent[] => {
    if (phrase.type !== 'text') return [phrase]
    let value = phrase.value.replace(/[ \t]*\n[ \t]*/g, '\n')
    if (at === 0) value = value.replace(/^[ \t\n]+/, '')
    if (at === last) value = value.replace(/[ \t\n]+$/, '')
    return textOf(value)
  })
  return children.length ? [{ type: 'paragraph', children }] : []
}

const itemOf = (item: JSONContent): ListItem => ({
  type: 'listItem',
  spread: false,
  checked: item.type === 'taskItem' ? !!item.attrs?.checked : null,
  // An item of a task list with nothing in it would be written without its box.
  children: blocksOf(item.content ?? []),
})

const alignOf = (row: JSONContent | undefined) => (row?.content ?? []).map((cell): AlignType => cell.attrs?.align ?? null)

const cellsOf = (row: JSONContent): TableRow => ({
  type: 'tableRow',
  children: (row.content ?? []).map((cell) => ({
    type: 'tableCell',
    children: (cell.content ?? []).flatMap((paragraph, at): PhrasingContent[] => [
      ...(at ? [{ type: 'text', value: ' ' } as const] : []), ...phrasesOf(paragraph.content ?? [], ' '),
    ]),
  })),
})

const WRAPS = { bold: 'strong', italic: 'emphasis', strike: 'delete' } as const
const ORDER = ['link', 'bold', 'italic', 'strike']

/** Text with marks as nested phrases; neighbours that share a mark stay inside one. */
function phrasesOf(content: JSONContent[], lineEnd = '\n'): PhrasingContent[] {
  const flat = content.filter((node) => node.type === 'text' || node.type === 'hardBreak' || node.type === 'mention')
  const wordsOf = (node?: JSONContent) => (node?.type === 'hardBreak' ? lineEnd : node?.type === 'mention' ? String(node.attrs?.written) : node?.text ?? '')
  return nested(flat.map((node, at) => ({
    text: node.type === 'mention' ? apart(wordsOf(flat[at - 1]), wordsOf(node), wordsOf(flat[at + 1])) : wordsOf(node),
    isBreak: node.type === 'hardBreak',
    marks: ((node.marks ?? []) as Mark[]).filter(({ type }) => ORDER.includes(type)).sort((a, b) => ORDER.indexOf(a.type) - ORDER.indexOf(b.type)),
    isCode: (node.marks ?? []).some((mark) => mark.type === 'code'),
  })))
}

/** A mention between what stands beside it, with a space where it would be read as something else without. */
function apart(before: string, written: string, after: string): string {
  const isWhole = pieces(written + after)[0]?.value === written
  return `${before && !mayBeginSign(before.slice(-LOOK_BACK)) ? ' ' : ''}${written}${isWhole ? '' : ' '}`
}
/** A letter and the marks on it. */
const LOOK_BACK = 6

type Run = { text: string; isBreak: boolean; marks: Mark[]; isCode: boolean }

function nested(runs: Run[]): PhrasingContent[] {
  const result: PhrasingContent[] = []
  for (let at = 0; at < runs.length;) {
    const { mark, end } = widest(runs, at)
    if (mark) result.push(...wrapped(mark, runs.slice(at, end)))
    else append(result, runs[at])
    at = end
  }
  return result
}

function append(result: PhrasingContent[], { text, isCode }: Run) {
  const last = result.at(-1)
  if (isCode) result.push({ type: 'inlineCode', value: text })
  else if (last?.type === 'text') last.value += text
  else result.push({ type: 'text', value: text })
}

/** Of the marks that begin here, the one that reaches furthest stands outside. */
function widest(runs: Run[], at: number): { mark?: Mark; end: number } {
  let best: { mark?: Mark; end: number } = { end: at + 1 }
  for (const mark of runs[at].marks) {
    let end = at + 1
    while (end < runs.length && runs[end].marks.some((other) => isSameMark(other, mark))) end += 1
    if (!best.mark || end > best.end) best = { mark, end }
  }
  return best
}

const isSameMark = (a: Mark, b: Mark) => a.type === b.type && a.attrs?.href === b.attrs?.href

/** A mark may not begin or end with a space: `** bold**` is not bold. The spaces move out of it. */
function wrapped(mark: Mark, runs: Run[]): PhrasingContent[] {
  const inner = nested(runs.map((run) => ({ ...run, marks: run.marks.filter((other) => other.type !== mark.type) })))
  if (mark.type === 'link') return [{ type: 'link', url: String(mark.attrs?.href ?? ''), children: inner as never }]
  const first = inner.at(0)
  const last = inner.at(-1)
  const lead = first?.type === 'text' ? /^\s*/.exec(first.value)![0] : ''
  if (first?.type === 'text') first.value = first.value.slice(lead.length)
  const tail = last?.type === 'text' ? /\s*$/.exec(last.value)![0] : ''
  if (last?.type === 'text' && tail) last.value = last.value.slice(0, -tail.length)
  const kept = inner.filter((node) => node.type !== 'text' || node.value !== '')
  const type = WRAPS[mark.type as keyof typeof WRAPS]
  return [...textOf(lead), ...(kept.length ? [{ type, children: kept } as PhrasingContent] : []), ...textOf(tail)]
}

const textOf = (value: string): PhrasingContent[] => (value ? [{ type: 'text', value }] : [])
