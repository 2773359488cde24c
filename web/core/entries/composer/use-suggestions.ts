import { Extension, type Editor } from '@tiptap/core'
import { PluginKey } from '@tiptap/pm/state'
import { findSuggestionMatch, Suggestion as suggestionPlugin, type SuggestionProps } from '@tiptap/suggestion'
import { useMemo, useRef, useState } from 'react'
import { mayBeginSign } from '../../../../server/kernel/text.ts'
import { entryExtensions } from '../extensions.ts'
import type { Suggestion, SuggestionSource } from './suggestion-source.ts'

export type Menu = { items: Suggestion[]; at: number; box: DOMRect | null; choose: (item: Suggestion) => void; point: (at: number) => void }
/** A letter and the marks on it. */
const LOOK_BACK = 6

type Props = SuggestionProps<Suggestion, Suggestion>

/** What is offered after @, # and : while one writes. */
export function useSuggestions(space: string) {
  const [menu, setMenu] = useState<Menu | null>(null)
  const current = useRef<Menu | null>(null)
  current.current = menu
  // Where it will stand may change while one writes; the editor stays the same.
  const place = useRef(space)
  place.current = space
  const extension = useMemo(() => Extension.create({
    name: 'suggestions',
    // Before the keys of the lists, which also use Enter and Tab.
    priority: 200,
    addProseMirrorPlugins() {
      return entryExtensions.suggestions.map((source) => plugin(this.editor, source, () => place.current, setMenu, () => current.current))
    },
  }), [])
  return { extension, menu }
}

function plugin(editor: Editor, source: SuggestionSource, space: () => string, show: (change: Menu | null | ((menu: Menu | null) => Menu | null)) => void, now: () => Menu | null) {
  let asking = new AbortController()
  return suggestionPlugin<Suggestion, Suggestion>({
    editor,
    char: source.sign,
    // Whoever writes Japanese or Chinese has the full-width form of the sign under the same key.
    findSuggestionMatch: (config) => [source.sign, ...source.alike].map((char) => findSuggestionMatch({ ...config, char })).find(Boolean) ?? null,
    pluginKey: new PluginKey(`suggest${source.sign}`),
    allowedPrefixes: null,
    // Only where what is chosen will be read as it is meant.
    allow: ({ state, range }) => mayBeginSign(state.doc.textBetween(Math.max(0, range.from - LOOK_BACK), range.from, '\n', '\n'))
      && !state.doc.resolve(range.from).parent.type.spec.code && range.to - range.from > source.from,
    items: async ({ query }) => {
      asking.abort()
      asking = new AbortController()
      return query.length < source.from ? [] : source.find(query, { space: space() }, asking.signal).catch(() => [])
    },
    command: ({ editor: here, range, props }) => {
      here.chain().focus().insertContentAt(range, [{ type: 'text', text: `${props.text} ` }]).run()
    },
    render: () => {
      const open = (props: Props) => show(props.items.length === 0 ? null : {
        items: props.items, at: 0, box: props.clientRect?.() ?? null, choose: (item) => props.command(item), point: (at) => show((menu) => menu && { ...menu, at }),
      })
      return { onStart: open, onUpdate: open, onExit: () => show(null), onKeyDown: ({ event }) => press(event, now(), show) }
    },
  })
}

function press(event: KeyboardEvent, menu: Menu | null, show: (menu: Menu | null) => void) {
  if (!menu) return false
  const { items, at } = menu
  if (event.key === 'ArrowDown') menu.point((at + 1) % items.length)
  else if (event.key === 'ArrowUp') menu.point((at + items.length - 1) % items.length)
  else if ((event.key === 'Enter' && !event.metaKey && !event.ctrlKey) || event.key === 'Tab') menu.choose(items[at])
  else if (event.key === 'Escape') show(null)
  else return false
  event.preventDefault()
  event.stopPropagation()
  return true
}
