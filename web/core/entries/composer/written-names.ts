import { Node } from '@tiptap/core'
import type { Node as Piece } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { pieces } from '../../../../server/kernel/text.ts'
import { askForNames, nameOf } from './names.ts'
import classes from './Composer.module.css'

const KEY = new PluginKey('writtenNames')

/** Has all names that are known take their places now, also where the cursor stands. */
export const withAllNames = (state: EditorState): Transaction => state.tr.setMeta(KEY, 'all').setMeta('addToHistory', false)

/**
 * A mention stands in the editor by the name of its person; what is stored is `@handle`, as it was written. It is one sign:
 * one key takes all of it away. Whoever is known takes the place of their handle once the cursor has left it.
 * @param space whose people are asked for where somebody is not known yet
 */
export const writtenNames = (space: () => string) => Node.create({
  name: 'mention',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes: () => ({ written: { default: '' }, name: { default: '' } }),
  renderHTML: ({ node }) => ['span', { class: classes.sign, 'data-mention': node.attrs.written, title: node.attrs.written }, `@${node.attrs.name}`],
  renderText: ({ node }) => node.attrs.written,
  // What another page says of somebody is not believed: the name is the one that is known here.
  parseHTML: () => [{ tag: 'span[data-mention]', getAttrs: (element) => {
    const written = element.dataset.mention ?? ''
    const [piece, ...more] = pieces(written)
    const name = piece?.type === 'mention' && !more.length ? nameOf(piece.handle) : undefined
    return name ? { written, name } : false
  } }],
  addProseMirrorPlugins: () => [new Plugin({
    key: KEY,
    appendTransaction: (transactions, _, state) => {
      // What an input method is composing is left alone.
      if (transactions.some((one) => one.getMeta('composition'))) return null
      const isAll = transactions.some((one) => one.getMeta(KEY) === 'all')
      const found = mentionsIn(state, isAll).flatMap((one) => ({ ...one, name: nameOf(one.handle) })).filter(({ name }) => name)
      if (!found.length) return null
      const { tr } = state
      for (const { at, written, name, marks } of found.toReversed()) tr.replaceWith(at, at + written.length, state.schema.nodes.mention.create({ written, name }, null, marks))
      return isAll ? tr.setMeta('addToHistory', false) : tr
    },
    view: () => ({
      update: (view) => {
        const unknown = mentionsIn(view.state, false).map(({ handle }) => handle).filter((handle) => !nameOf(handle))
        if (unknown.length) void askForNames(space(), [...new Set(unknown)]).then((isMore) => isMore && !view.isDestroyed && view.dispatch(view.state.tr.setMeta(KEY, 'names')))
      },
    }),
  })],
})

type Found = { at: number; written: string; handle: string; marks: Piece['marks'] }

/** The mentions that are words still; without `all` those that the cursor does not touch. */
function mentionsIn({ doc, selection: { from, to } }: EditorState, all: boolean): Found[] {
  const found: Found[] = []
  doc.descendants((node, position, parent) => {
    if (!node.isText || !/[@＠﹫]/.test(node.text!) || parent?.type.spec.code || node.marks.some(({ type }) => type.name === 'code' || type.name === 'link')) return
    let at = position
    for (const piece of pieces(node.text!)) {
      const end = at + piece.value.length
      if (piece.type === 'mention' && (all || to < at || from > end)) found.push({ at, written: piece.value, handle: piece.handle, marks: node.marks })
      at = end
    }
  })
  return found
}
