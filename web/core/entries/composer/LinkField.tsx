import type { Editor } from '@tiptap/core'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { safeUrl } from '../safe-url.ts'
import classes from './Composer.module.css'

/** Where the chosen words lead. */
export function LinkField({ editor, close }: { editor: Editor; close: () => void }) {
  const { t } = useTranslation('entries')
  const [url, setUrl] = useState<string>(editor.getAttributes('link').href ?? '')
  const [isWrong, setIsWrong] = useState(false)
  const set = () => {
    const chain = editor.chain().focus().extendMarkRange('link')
    if (!url.trim()) chain.unsetLink().run()
    else {
      const href = /^[a-z][a-z0-9+.-]*:/i.test(url.trim()) ? url.trim() : `https://${url.trim()}`
      if (!safeUrl(href)) return setIsWrong(true)
      if (editor.state.selection.empty && !editor.isActive('link')) chain.insertContent({ type: 'text', text: url.trim(), marks: [{ type: 'link', attrs: { href } }] }).run()
      else chain.setLink({ href }).run()
    }
    close()
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter') set()
    else if (event.key === 'Escape') close()
    else return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') editor.commands.focus()
  }
  return (
    <div className={classes.link}>
      <input autoFocus type="url" value={url} placeholder="https://" aria-label={t('link_to')} aria-invalid={isWrong} onChange={(event) => setUrl(event.target.value)} onKeyDown={press} />
      <button type="button" className="text-button" onClick={set}>{t('set_link')}</button>
      {isWrong && <span role="alert">{t('link_wrong')}</span>}
    </div>
  )
}
