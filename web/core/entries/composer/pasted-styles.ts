import { Extension } from '@tiptap/core'
import { DOMParser } from '@tiptap/pm/model'
import { Plugin } from '@tiptap/pm/state'

const KEPT = 'data-pasted-style'

/**
 * Office programs say by styles what is bold, and what in a <b> is not. The policy of the page refuses styles that are read from
 * text, in every document, so they wait under another name until what was pasted has been read, and are set then.
 */
export const pastedStyles = Extension.create({
  name: 'pastedStyles',
  addProseMirrorPlugins() {
    const parser = DOMParser.fromSchema(this.editor.schema)
    const parseSlice: DOMParser['parseSlice'] = (dom, options) => parser.parseSlice(setStyles(dom), options)
    return [new Plugin({ props: { transformPastedHTML: putAside, clipboardParser: Object.assign(Object.create(parser) as DOMParser, { parseSlice }) } })]
  },
})

/** Renames styles, and leaves out what would be refused and is for nothing here: sheets of styles, and what is to run. */
const putAside = (html: string): string =>
  html.replace(/<style[\s>][^]*?<\/style\s*>/gi, '').replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, ` ${KEPT}=`).replace(/\son\w+\s*=/gi, ' data-off='))

function setStyles<T extends globalThis.Node>(dom: T): T {
  const elements = (dom as unknown as Element).querySelectorAll<HTMLElement>(`[${KEPT}]`)
  for (const element of elements) element.style.cssText = element.getAttribute(KEPT)!
  return dom
}
