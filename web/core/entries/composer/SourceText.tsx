import { useLayoutEffect, useRef, useState, type ClipboardEvent, type DragEvent, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Composer.module.css'

type Props = {
  body: string
  placeholder: string
  enterSends: boolean
  autoFocus: boolean
  onChange: (body: string) => void
  onSubmit: () => void
  onFiles: (files: File[]) => void
}

/** The same text as Markdown. */
export function SourceText({ body, placeholder, enterSends, autoFocus, onChange, onSubmit, onFiles }: Props) {
  const { t } = useTranslation('entries')
  const ref = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState(body)
  useLayoutEffect(() => {
    if (autoFocus) ref.current?.focus()
    ref.current?.setSelectionRange(body.length, body.length)
  }, [])
  const change = (next: string) => {
    setText(next)
    onChange(next)
  }
  const press = (event: KeyboardEvent) => {
    const isSend = event.key === 'Enter' && (event.metaKey || event.ctrlKey || (enterSends && !event.shiftKey && !text.includes('```')))
    if (!isSend) return
    event.preventDefault()
    onSubmit()
  }
  const take = (event: ClipboardEvent | DragEvent, files: FileList) => {
    if (!files.length) return
    event.preventDefault()
    onFiles([...files])
  }
  return (
    <textarea ref={ref} className={classes.source} value={text} placeholder={placeholder} aria-label={`${placeholder} ${t('as_markdown')}`} dir="auto"
      rows={Math.min(18, Math.max(3, text.split('\n').length + 1))} spellCheck onKeyDown={press} onChange={(event) => change(event.target.value)}
      onPaste={(event) => take(event, event.clipboardData.files)} onDrop={(event) => take(event, event.dataTransfer.files)} />
  )
}
