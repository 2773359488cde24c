import { IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dismiss, toasts, type Toast } from '../notify.ts'
import classes from './Toasts.module.css'

/** What was done or could not be done, at the foot of the window; said aloud as well. */
export function Toasts() {
  const { t } = useTranslation('kernel')
  const shown = toasts.use()
  return (
    <section className={classes.toasts} aria-label={t('notifications')} aria-live="polite" aria-relevant="additions">
      {shown.map((toast) => <Line key={toast.id} toast={toast} />)}
    </section>
  )
}

function Line({ toast }: { toast: Toast }) {
  const { t } = useTranslation('kernel')
  const [isHeld, setHeld] = useState(false)
  useEffect(() => {
    if (isHeld) return
    const timer = setTimeout(() => dismiss(toast.id), toast.stays)
    return () => clearTimeout(timer)
  }, [toast, isHeld])
  const act = () => {
    dismiss(toast.id)
    toast.action?.run()
  }
  return (
    <div className={classes.toast} data-tone={toast.tone} onMouseEnter={() => setHeld(true)} onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)} onBlur={() => setHeld(false)}>
      <div className={classes.words}>{toast.title && <strong>{toast.title}</strong>}{toast.text}</div>
      {toast.action && <button type="button" className={classes.action} onClick={act}>{toast.action.label}</button>}
      <button type="button" className={classes.close} aria-label={t('close')} onClick={() => dismiss(toast.id)}><IconX size={16} stroke={1.75} /></button>
    </div>
  )
}
