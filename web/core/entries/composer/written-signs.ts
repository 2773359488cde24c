import { Extension } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import type { Node } from '@tiptap/pm/model'
import { pieces } from '../../../../server/kernel/text.ts'
import classes from './Composer.module.css'

/** Colours @people and #topics while they are written. They stay words: nothing has to be turned back into Markdown. */
export const writtenSigns = Extension.create({
  name: 'writtenSigns',
  addProseMirrorPlugins: () => [new Plugin({
    props: { decorations: (state) => DecorationSet.create(state.doc, signsIn(state.doc)) },
  })],
})

function signsIn(document: Node) {
  const found: Decoration[] = []
  document.descendants((node, position, parent) => {
    if (!node.isText || parent?.type.spec.code || node.marks.some((mark) => mark.type.name === 'code' || mark.type.name === 'link')) return
    let at = position
    for (const piece of pieces(node.text ?? '')) {
      if (piece.type === 'mention' || piece.type === 'topic') found.push(Decoration.inline(at, at + piece.value.length, { class: classes.sign }))
      at += piece.value.length
    }
  })
  return found
}
