import type { PhrasingContent, RootContent } from 'mdast'
import { createElement, Fragment, memo, useMemo, type ReactNode } from 'react'
import { parse } from '../../../server/kernel/text.ts'
import type { Entry } from '../../kernel/types.ts'
import { CodeBlock } from './CodeBlock.tsx'
import { MarkdownLink } from './MarkdownLink.tsx'
import { MarkdownText } from './MarkdownText.tsx'
import { isOnlyEmoji } from './only-emoji.ts'
import classes from './Markdown.module.css'

type Props = {
  body: string
  mentions?: Entry['mentions']
  /** The level of the first heading in the body; the page has those above it. */
  level?: number
}

type Mentions = Entry['mentions']
type Context = { mentions: Mentions; heading: (depth: number) => number }

/** A body as React elements. No HTML string is made anywhere, so there is nothing to sanitise. */
export const Markdown = memo(function Markdown({ body, mentions = [], level = 4 }: Props) {
  const blocks = useMemo(() => parse(body).children, [body])
  const context = { mentions, heading: headingLevels(blocks, level) }
  return (
    <div className={classes.body} data-big={isOnlyEmoji(body) || undefined} dir="auto">
      {blocks.map((block, at) => <Block key={at} node={block} context={context} />)}
    </div>
  )
})

/** Headings are ranked by what occurs, so that no level is left out below the page's own. */
function headingLevels(blocks: RootContent[], first: number) {
  const depths = [...new Set(blocks.flatMap((block) => (block.type === 'heading' ? [block.depth] : [])))].sort()
  return (depth: number) => Math.min(6, first + Math.max(0, depths.indexOf(depth as never)))
}

function Block({ node, context }: { node: RootContent; context: Context }): ReactNode {
  switch (node.type) {
    case 'paragraph':
      return <p><Phrases nodes={node.children} context={context} /></p>
    case 'heading':
      return createElement(`h${context.heading(node.depth)}`, { 'data-depth': node.depth }, <Phrases nodes={node.children} context={context} />)
    case 'blockquote':
      return <blockquote><Blocks nodes={node.children} context={context} /></blockquote>
    case 'list':
      return <List node={node} context={context} />
    case 'code':
      return <CodeBlock code={node.value} language={node.lang ?? null} />
    case 'thematicBreak':
      return <hr />
    case 'table':
      return <Table node={node} context={context} />
    default:
      return 'value' in node ? <p>{node.value}</p> : null
  }
}

const Blocks = ({ nodes, context }: { nodes: RootContent[]; context: Context }) =>
  nodes.map((node, at) => <Block key={at} node={node} context={context} />)

function List({ node, context }: { node: Extract<RootContent, { type: 'list' }>; context: Context }) {
  const items = node.children.map((item, at) => (
    <li key={at} data-task={item.checked == null ? undefined : item.checked ? 'done' : 'open'}>
      {item.checked != null && <input type="checkbox" checked={item.checked} disabled aria-label={item.checked ? '✓' : '–'} />}
      <div>{item.children.map((child, place) => child.type === 'paragraph' && !node.spread
        ? <Phrases key={place} nodes={child.children} context={context} />
        : <Block key={place} node={child} context={context} />)}
      </div>
    </li>
  ))
  return node.ordered ? <ol start={node.start ?? 1}>{items}</ol> : <ul>{items}</ul>
}

function Table({ node, context }: { node: Extract<RootContent, { type: 'table' }>; context: Context }) {
  const [head, ...rows] = node.children
  const cells = (row: typeof head, tag: 'th' | 'td') => row.children.map((cell, at) => createElement(tag,
    { key: at, scope: tag === 'th' ? 'col' : undefined, style: { textAlign: node.align?.[at] ?? undefined } },
    <Phrases nodes={cell.children} context={context} />))
  return (
    <div className={classes.table} tabIndex={0} role="group">
      <table>
        <thead><tr>{cells(head, 'th')}</tr></thead>
        <tbody>{rows.map((row, at) => <tr key={at}>{cells(row, 'td')}</tr>)}</tbody>
      </table>
    </div>
  )
}

const Phrases = ({ nodes, context }: { nodes: PhrasingContent[]; context: Context }) =>
  nodes.map((node, at) => <Fragment key={at}>{phrase(node, context)}</Fragment>)

function phrase(node: PhrasingContent, context: Context): ReactNode {
  switch (node.type) {
    case 'text':
      return <MarkdownText value={node.value} mentions={context.mentions} />
    case 'strong':
      return <strong><Phrases nodes={node.children} context={context} /></strong>
    case 'emphasis':
      return <em><Phrases nodes={node.children} context={context} /></em>
    case 'delete':
      return <del><Phrases nodes={node.children} context={context} /></del>
    case 'inlineCode':
      return <code data-short={node.value.length <= 24 || undefined}>{node.value}</code>
    case 'break':
      return <br />
    case 'link':
      return <MarkdownLink url={node.url}>{node.children.map((child) => 'value' in child ? child.value : phrase(child, context))}</MarkdownLink>
    // A picture from elsewhere would tell that place who reads here, and when: it stays a link.
    case 'image':
      return <MarkdownLink url={node.url}>{node.alt || node.url}</MarkdownLink>
    default:
      return 'value' in node ? node.value : null
  }
}
