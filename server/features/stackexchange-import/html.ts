import { Parser } from 'htmlparser2'

/** A piece of HTML: words, or an element and what is in it. */
export type Node = string | Element
export type Element = { tag: string; fields: Record<string, string>; children: Node[] }

// Nobody writes so deep; whatever stands deeper belongs to the last that counts.
const DEEPEST = 24
const UNSEEN = new Set(['script', 'style', 'title', 'template', 'noscript', 'iframe', 'object', 'embed', 'svg', 'math', 'head'])

/** HTML as a tree that is nowhere deeper than a reader can follow. What browsers do not show is not in it. */
export function readHtml(html: string): Node[] {
  const root: Element = { tag: '', fields: {}, children: [] }
  const open: Element[] = [root]
  let [beyond, unseen] = [0, 0]
  const parser = new Parser({
    onopentag(tag, fields) {
      if (unseen || UNSEEN.has(tag)) unseen += 1
      else if (open.length > DEEPEST) beyond += 1
      else {
        const element = { tag, fields, children: [] }
        open.at(-1)!.children.push(element)
        open.push(element)
      }
    },
    ontext(words) {
      if (unseen) return
      const { children } = open.at(-1)!
      // A sign that begins nothing comes by itself.
      if (typeof children.at(-1) === 'string') children[children.length - 1] += words
      else children.push(words)
    },
    onclosetag() {
      if (unseen) unseen -= 1
      else if (beyond) beyond -= 1
      else open.pop()
    },
  })
  parser.end(html)
  return root.children
}

/** The words of an element and of all that is in it. */
export function textOf(node: Node): string {
  if (typeof node === 'string') return node
  return node.tag === 'br' ? '\n' : node.children.map(textOf).join('')
}
