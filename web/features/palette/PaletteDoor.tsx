import { IconSearch } from '@tabler/icons-react'
import { Suspense, useId, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { later } from '../../kernel/later.ts'
import { palette } from '../../kernel/palette.ts'
import { useShortcuts } from '../../kernel/shortcuts.ts'
import classes from './Palette.module.css'

const Palette = later(() => import('./Palette.tsx').then((file) => file.Palette), ['palette'])

/** Opens the command palette. */
export function PaletteDoor() {
  const isOpen = palette.use()
  useShortcuts([
    { keys: 'mod+k', label: 'shortcuts:palette', group: 'shortcuts:everywhere', always: true, run: () => palette.set(!palette.get()) },
    { keys: '/', label: 'shortcuts:palette', group: 'shortcuts:everywhere', run: () => palette.set(true) },
  ])
  return isOpen && <Frame close={() => palette.set(false)} />
}

/** The field is there, with the focus, before the next key; what it finds is fetched when it is first wanted. */
function Frame({ close }: { close: () => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const list = useId()
  const frame = useRef<HTMLDialogElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const isEntered = useRef(false)
  useLayoutEffect(() => {
    const dialog = frame.current!
    dialog.showModal()
    field.current!.focus()
    // Closing gives the focus back to what had it.
    return () => dialog.close()
  }, [])
  return (
    <dialog ref={frame} className={classes.frame} aria-modal aria-label={t('kernel:go_to')}
      onCancel={(event) => { event.preventDefault(); close() }} onClick={(event) => event.target === frame.current && close()}>
      <div className={classes.field}>
        <IconSearch size={19} stroke={1.75} aria-hidden />
        <input ref={field} role="combobox" aria-expanded aria-controls={list} aria-autocomplete="list" aria-label={t('kernel:go_to')}
          placeholder={t('kernel:find')} value={typed} onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => { isEntered.current = event.key === 'Enter' }} autoComplete="off" spellCheck={false} />
        <kbd aria-hidden>Esc</kbd>
      </div>
      <Suspense fallback={<div className={classes.list} />}><Palette id={list} typed={typed} field={field} isEntered={isEntered} close={close} /></Suspense>
    </dialog>
  )
}
