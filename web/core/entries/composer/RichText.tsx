import { Extension, type Editor } from '@tiptap/core'
import { TaskItem, TaskList } from '@tiptap/extension-list'
import { Placeholder } from '@tiptap/extension-placeholder'
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table'
import { EditorContent, useEditor } from '@tiptap/react'
import StarterKit from '@tiptap/starter-kit'
import { useEffect, useRef } from 'react'
import { toBody, toDraft } from './editor-markdown.ts'
import { pastedStyles } from './pasted-styles.ts'
import { SuggestionMenu } from './SuggestionMenu.tsx'
import { useSuggestions } from './use-suggestions.ts'
import { writtenSigns } from './written-signs.ts'
import classes from './Composer.module.css'
import './editor.css'

type Props = {
  body: string
  space: string
  placeholder: string
  mode: 'post' | 'chat'
  autoFocus: boolean
  onChange: (body: string) => void
  onSubmit: () => void
  onFiles: (files: File[]) => void
  onEditor: (editor: Editor | null) => void
}

const align = { default: null as string | null }
const aligned = { addAttributes(this: { parent?: () => object }) { return { ...this.parent?.(), align } } }

const CONTENT = [
  StarterKit.configure({
    underline: false,
    heading: { levels: [1, 2, 3, 4, 5, 6] },
    link: { openOnClick: false, autolink: true, linkOnPaste: true, defaultProtocol: 'https' },
  }),
  TaskList, TaskItem.configure({ nested: true }),
  Table.configure({ resizable: false }), TableRow, TableHeader.extend(aligned), TableCell.extend(aligned),
  writtenSigns, pastedStyles,
]

const isTouch = matchMedia('(hover: none)').matches

/** Rich text with Markdown shortcuts; its value is Markdown. */
export function RichText({ body, space, placeholder, mode, autoFocus, onChange, onSubmit, onFiles, onEditor }: Props) {
  const latest = useRef({ onChange, onSubmit, onFiles })
  latest.current = { onChange, onSubmit, onFiles }
  const { extension: suggestions, menu } = useSuggestions(space)
  const keys = Extension.create({
    name: 'submit',
    // After what is offered for choice, before the line breaks of the editor's own, which use the same keys.
    priority: 150,
    addKeyboardShortcuts: () => ({
      'Mod-Enter': () => (latest.current.onSubmit(), true),
      Enter: ({ editor }) => mode === 'chat' && !isTouch && !staysInside(editor) && (latest.current.onSubmit(), true),
    }),
  })
  const editor = useEditor({
    extensions: [...CONTENT, Placeholder.configure({ placeholder }), suggestions, keys],
    content: toDraft(body),
    // It would write them into the page, whose policy lets styles come in files alone: editor.css.
    injectCSS: false,
    autofocus: autoFocus ? 'end' : false,
    editorProps: {
      attributes: { class: classes.text, 'aria-label': placeholder, role: 'textbox', 'aria-multiline': 'true', dir: 'auto' },
      handlePaste: (_view, event) => takeFiles(event.clipboardData, latest.current.onFiles),
      handleDrop: (_view, event) => takeFiles(event.dataTransfer, latest.current.onFiles),
    },
    onUpdate: ({ editor: now }) => latest.current.onChange(toBody(now.getJSON())),
  }, [suggestions])
  useEffect(() => {
    onEditor(editor)
    return () => onEditor(null)
  }, [editor])
  return (
    <>
      <EditorContent editor={editor} />
      {menu && <SuggestionMenu {...menu} editor={editor} />}
    </>
  )
}

/** Enter goes on in a list or in code, even where it would send. */
const staysInside = (editor: Editor) => editor.isActive('codeBlock') || editor.isActive('listItem') || editor.isActive('taskItem')

function takeFiles(data: DataTransfer | null, onFiles: (files: File[]) => void) {
  const files = [...(data?.files ?? [])]
  // Office programs put a picture of the text beside the text.
  if (!files.length || data?.types.includes('text/html')) return false
  onFiles(files)
  return true
}
