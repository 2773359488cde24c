import type { ElementContent, Root } from 'hast'
import { common, createLowlight } from 'lowlight'
import { Fragment, type ReactNode } from 'react'

const lowlight = createLowlight(common)

/** Code as React elements with highlight.js's class names; null for a language nobody knows. */
export function highlight(code: string, language: string): ReactNode {
  const name = language.toLowerCase()
  return lowlight.registered(name) ? show(lowlight.highlight(name, code)) : null
}

function show(node: Root | ElementContent): ReactNode {
  if (node.type === 'text') return node.value
  if (!('children' in node)) return null
  const inside = node.children.map((child, at) => <Fragment key={at}>{show(child as ElementContent)}</Fragment>)
  if (node.type === 'root') return inside
  const names = node.properties.className
  return <span className={Array.isArray(names) ? names.join(' ') : undefined}>{inside}</span>
}
