import type { PhrasingContent } from 'mdast'
import type { Resolve } from './body.ts'
import { tidy, write } from './markdown.ts'

// What comments take: `code`, [words](address), **bold**, *slanted* (both also with _), bare addresses. Every quantifier is bounded.
const signs = /`([^`\n]{1,600})`|\[([^\]\n]{1,600})\]\((https?:\/\/[^\s)]{1,1500})(?:\s"[^"\n]{0,300}")?\)|(?<![\w*])\*\*(?=\S)([^*\n]{1,600}?)(?<=\S)\*\*(?!\w)|(?<![\w*])\*(?=\S)([^*\n]{1,600}?)(?<=\S)\*(?![\w*])|(?<![\w_])__(?=\S)([^_\n]{1,600}?)(?<=\S)__(?!\w)|(?<![\w_])_(?=\S)([^_\n]{1,600}?)(?<=\S)_(?![\w_])|(https?:\/\/[^\s<>"`]{1,1500})/g

const LONGEST = 20_000

/** The words of a comment, which knows a few marks of Markdown and no others, as our Markdown. */
export function fromComment(words: string, resolve: Resolve): string {
  return write([{ type: 'paragraph', children: phrasesOf(words.slice(0, LONGEST), resolve) }])
}

function phrasesOf(words: string, resolve: Resolve): PhrasingContent[] {
  const made: PhrasingContent[] = []
  let last = 0
  for (const match of words.matchAll(signs)) {
    const [whole, code, label, address, strong, slanted, strong2, slanted2, bare] = match
    const bold = strong ?? strong2
    const leaning = slanted ?? slanted2
    made.push(text(words.slice(last, match.index)))
    last = match.index + whole.length
    if (code) made.push({ type: 'inlineCode', value: code })
    else if (label) made.push(...linked(address, label, resolve))
    else if (bold) made.push({ type: 'strong', children: [text(bold)] })
    else if (leaning) made.push({ type: 'emphasis', children: [text(leaning)] })
    else {
      // A sign at its end belongs to the sentence.
      const url = bare.replace(/[.,:;!?'")\]*_]{1,9}$/, (end) => (end.startsWith(')') && bare.includes('(') ? ')' : ''))
      made.push(...linked(url, url, resolve), text(bare.slice(url.length)))
    }
  }
  return tidy([...made, text(words.slice(last))])
}

const text = (value: string): PhrasingContent & { type: 'text' } => ({ type: 'text', value: value.replace(/\s+/g, ' ') })

function linked(address: string, label: string, resolve: Resolve): PhrasingContent[] {
  const url = resolve(address)
  return url ? [{ type: 'link', url, children: [text(label)] }] : [text(label)]
}
