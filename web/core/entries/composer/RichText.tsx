import { Editor, Extension } from '@tiptap/core'
import { TaskItem, TaskList } from '@tiptap/extension-list'
import { Placeholder } from '@tiptap/extension-placeholder'
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table'
import { TextSelection } from '@tiptap/pm/state'
import StarterKit from '@tiptap/starter-kit'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { findLinks } from '../../../../server/kernel/text-links.ts'
import { toBody, toDraft } from './editor-markdown.ts'
import { pastedStyles } from './pasted-styles.ts'
import { SuggestionMenu } from './SuggestionMenu.tsx'
import { isTouch } from './touch.ts'
import { useSuggestions } from './use-suggestions.ts'
import { withAllNames, writtenNames } from './written-names.ts'
import { writtenSigns } from './written-signs.ts'
import classes from './Composer.module.css'
import './editor.css'

type Props = {
  body: string
  space: string
  placeholder: string
  /** Whether Enter alone sends. */
  enterSends: boolean
  autoFocus: boolean
  /** Of whose mentions the names are known, so that they stand there from the beginning. */
  isWhole?: boolean
  /** Where one goes on: so many signs before the end. */
  caret?: number
  onChange: (body: string) => void
  onSubmit: () => void
  onFiles: (files: File[]) => void
  onEditor: (editor: Editor | null) => void
}

// The editor's own finder of addresses takes a sentence that goes on after one for a part of it.
function isWholeLink(url: string) {
  const isAddress = /^(?:[a-z][a-z0-9+.-]*:|www\.)|@/i.test(url)
  if (!isAddress && !/^[^/?#:]*\.[^/?#:]*\p{L}/u.test(url)) return false
  const address = isAddress ? url : `https://${url}`
  return (findLinks(address).get(0)?.length ?? address.length) === address.length
}

const align = { default: null as string | null }
const aligned = { addAttributes(this: { parent?: () => object }) { return { ...this.parent?.(), align } } }

const CONTENT = [
  StarterKit.configure({
    underline: false,
    heading: { levels: [1, 2, 3, 4, 5, 6] },
    link: { openOnClick: false, autolink: true, linkOnPaste: true, defaultProtocol: 'https', shouldAutoLink: isWholeLink },
  }),
  TaskList, TaskItem.configure({ nested: true }),
  Table.configure({ resizable: false }), TableRow, TableHeader.extend(aligned), TableCell.extend(aligned),
  writtenSigns, pastedStyles,
]

/** Rich text with Markdown shortcuts; its value is Markdown. */
export function RichText({ body, space, placeholder, enterSends, autoFocus, isWhole = false, caret = 0, onChange, onSubmit, onFiles, onEditor }: Props) {
  const latest = useRef({ placeholder, space, enterSends, onChange, onSubmit, onFiles })
  latest.current = { placeholder, space, enterSends, onChange, onSubmit, onFiles }
  const { extension: suggestions, menu } = useSuggestions(space)
  const element = useRef<HTMLDivElement>(null)
  const [editor, setEditor] = useState<Editor | null>(null)
  // In the very step in which it takes the place of a simple field, and with the focus: between both no key goes elsewhere.
  useLayoutEffect(() => {
    const made = new Editor({
      element: element.current,
      extensions: [...CONTENT, Placeholder.configure({ placeholder: () => latest.current.placeholder }), writtenNames(() => latest.current.space), suggestions, submitKeys(() => latest.current)],
      content: toDraft(body),
      // It would write them into the page, whose policy lets styles come in files alone: editor.css.
      injectCSS: false,
      editorProps: {
        attributes: () => ({ class: classes.text, 'aria-label': latest.current.placeholder, role: 'textbox', 'aria-multiline': 'true', dir: 'auto' }),
        handlePaste: (_view, event) => takeFiles(event.clipboardData, latest.current.onFiles),
        handleDrop: (_view, event) => takeFiles(event.dataTransfer, latest.current.onFiles),
      },
      onUpdate: ({ editor: now }) => latest.current.onChange(toBody(now.getJSON())),
    })
    goToEnd(made, caret)
    if (isWhole) made.view.dispatch(withAllNames(made.state))
    if (autoFocus) made.view.focus()
    setEditor(made)
    onEditor(made)
    return () => {
      onEditor(null)
      made.destroy()
    }
  }, [])
  // Drawn again, nothing else.
  useEffect(() => void editor?.view.dispatch(editor.state.tr), [placeholder])
  return (
    <>
      <div ref={element} />
      {menu && editor && <SuggestionMenu {...menu} editor={editor} />}
    </>
  )
}

/** Takes the focus at once; the editor's own command would do so a frame later, when a key may have come. */
export function goOn(editor: Editor) {
  goToEnd(editor, 0)
  editor.view.focus()
}

/** Whoever comes to it, by whatever way, goes on where the words end. */
function goToEnd({ view }: Editor, caret: number) {
  const { doc, tr } = view.state
  view.dispatch(tr.setSelection(TextSelection.near(doc.resolve(Math.max(0, TextSelection.atEnd(doc).to - caret)), -1)))
}

type Latest = Pick<Props, 'enterSends' | 'onSubmit'>

const submitKeys = (latest: () => Latest) => Extension.create({
  name: 'submit',
  // After what is offered for choice, before the line breaks of the editor's own, which use the same keys.
  priority: 150,
  addKeyboardShortcuts: () => ({
    'Mod-Enter': () => (latest().onSubmit(), true),
    Enter: ({ editor }) => latest().enterSends && !isTouch && !staysInside(editor) && (latest().onSubmit(), true),
  }),
})

/** Enter goes on in a list or in code, even where it would send. */
const staysInside = (editor: Editor) => editor.isActive('codeBlock') || editor.isActive('listItem') || editor.isActive('taskItem')

function takeFiles(data: DataTransfer | null, onFiles: (files: File[]) => void) {
  const files = [...(data?.files ?? [])]
  // Office programs put a picture of the text beside the text.
  if (!files.length || data?.types.includes('text/html')) return false
  onFiles(files)
  return true
}
