import { lazy, Suspense } from 'react'
import { dialogs } from './dialogs.ts'

const HistoryDialog = lazy(() => import('./HistoryDialog.tsx').then((file) => ({ default: file.HistoryDialog })))
const AudienceDialog = lazy(() => import('./AudienceDialog.tsx').then((file) => ({ default: file.AudienceDialog })))

/** The dialogs about an entry, fetched when the first one is asked for. */
export function EntryDialogs() {
  const open = dialogs.use()
  if (!open) return null
  const close = () => dialogs.set(null)
  return (
    <Suspense>
      {open.show === 'history' ? <HistoryDialog entry={open.entry} close={close} /> : <AudienceDialog entry={open.entry} close={close} />}
    </Suspense>
  )
}
