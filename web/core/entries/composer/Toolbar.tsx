import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import { IconAt, IconBlockquote, IconBold, IconCode, IconH2, IconItalic, IconLink, IconList, IconListCheck, IconListNumbers, IconMarkdown, IconPhoto, IconStrikethrough } from '@tabler/icons-react'
import { Suspense, useRef, useState, type ComponentType, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { later } from '../../../kernel/later.ts'
import { entryExtensions } from '../extensions.ts'
import { words } from './words.ts'
import classes from './Composer.module.css'

const LinkField = later(() => import('./LinkField.tsx').then((file) => file.LinkField))

type Format = { name: string; Icon: ComponentType<{ size?: number; stroke?: number }>; isOn: (editor: Editor) => boolean; run: (editor: Editor) => void }

const FORMATS: Format[] = [
  { name: 'bold', Icon: IconBold, isOn: (editor) => editor.isActive('bold'), run: (editor) => editor.chain().focus().toggleBold().run() },
  { name: 'italic', Icon: IconItalic, isOn: (editor) => editor.isActive('italic'), run: (editor) => editor.chain().focus().toggleItalic().run() },
  { name: 'strike', Icon: IconStrikethrough, isOn: (editor) => editor.isActive('strike'), run: (editor) => editor.chain().focus().toggleStrike().run() },
  { name: 'heading', Icon: IconH2, isOn: (editor) => editor.isActive('heading'), run: (editor) => editor.chain().focus().toggleHeading({ level: 2 }).run() },
  { name: 'list', Icon: IconList, isOn: (editor) => editor.isActive('bulletList'), run: (editor) => editor.chain().focus().toggleBulletList().run() },
  { name: 'numbers', Icon: IconListNumbers, isOn: (editor) => editor.isActive('orderedList'), run: (editor) => editor.chain().focus().toggleOrderedList().run() },
  { name: 'tasks', Icon: IconListCheck, isOn: (editor) => editor.isActive('taskList'), run: (editor) => editor.chain().focus().toggleTaskList().run() },
  { name: 'quote', Icon: IconBlockquote, isOn: (editor) => editor.isActive('blockquote'), run: (editor) => editor.chain().focus().toggleBlockquote().run() },
  { name: 'code', Icon: IconCode, isOn: (editor) => editor.isActive('code') || editor.isActive('codeBlock'), run: toggleCode },
]

/** A few words become code in the line; whole lines become a block. */
function toggleCode(editor: Editor) {
  const { from, to, empty } = editor.state.selection
  const isLine = empty || editor.state.doc.textBetween(from, to, '\n').includes('\n') || editor.isActive('codeBlock')
  const chain = editor.chain().focus()
  if (isLine) chain.toggleCodeBlock().run()
  else chain.toggleCode().run()
}

/** How words look: one stop for Tab, arrows within. */
export function FormatBar({ editor }: { editor: Editor }) {
  const { t } = useTranslation('entries')
  const bar = useRef<HTMLDivElement>(null)
  const [hasLink, setHasLink] = useState(false)
  const on = useEditorState({ editor, selector: () => FORMATS.map((format) => format.isOn(editor)) })
  const isLink = useEditorState({ editor, selector: () => editor.isActive('link') })
  const press = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (!step) return
    const buttons = [...bar.current!.querySelectorAll('button')]
    const next = buttons[(buttons.indexOf(document.activeElement as HTMLButtonElement) + step + buttons.length) % buttons.length]
    next.focus()
  }
  return (
    <>
      {hasLink && <Suspense><LinkField editor={editor} close={() => setHasLink(false)} /></Suspense>}
      <div ref={bar} role="toolbar" aria-label={t('format.title')} className={classes.formats} onKeyDown={press}>
        {FORMATS.map(({ name, Icon, run }, at) => (
          <button key={name} type="button" tabIndex={at === 0 ? 0 : -1} className={classes.icon} aria-pressed={on[at]} aria-label={t(`format.${name}`)} title={t(`format.${name}`)}
            onPointerDown={(event) => event.preventDefault()} onClick={() => run(editor)}>
            <Icon size={17} stroke={1.75} />
          </button>
        ))}
        <button type="button" tabIndex={-1} className={classes.icon} aria-pressed={isLink} aria-label={t('format.link')} title={t('format.link')} onClick={() => setHasLink(!hasLink)}>
          <IconLink size={17} stroke={1.75} />
        </button>
      </div>
    </>
  )
}

type InsertProps = { editor: Editor | null; isSource: boolean; pick?: () => void; toggleSource?: () => void }

/** What is put in: a file, a person, an emoji; and the way to the source. */
export function InsertBar({ editor, isSource, pick, toggleSource }: InsertProps) {
  const { t } = useTranslation('entries')
  return (
    <div className={classes.inserts}>
      {pick && <button type="button" className={classes.icon} aria-label={t('add_file')} title={t('add_file')} onClick={pick}><IconPhoto size={18} stroke={1.75} /></button>}
      {!isSource && (
        <>
          <button type="button" className={classes.icon} aria-label={t('mention')} title={t('mention')} disabled={!editor} onClick={() => mention(editor)}><IconAt size={18} stroke={1.75} /></button>
          {entryExtensions.tools.map((Tool, at) => <Tool key={at} insert={(text) => editor?.chain().focus().insertContent(words(text)).run()} />)}
        </>
      )}
      <button type="button" className={classes.icon} aria-pressed={isSource} aria-label={t('source')} title={toggleSource ? t('source') : t('source_only')} disabled={!toggleSource} onClick={toggleSource}>
        <IconMarkdown size={18} stroke={1.75} />
      </button>
    </div>
  )
}

function mention(editor: Editor | null) {
  if (!editor) return
  const { from } = editor.state.selection
  const before = editor.state.doc.textBetween(Math.max(0, from - 1), from, '\n')
  editor.chain().focus().insertContent(words(before && !/\s/.test(before) ? ' @' : '@')).run()
}
