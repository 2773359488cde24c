import { Suspense } from 'react'
import { later } from '../../kernel/later.ts'
import { dialogs } from './dialogs.ts'

const HistoryDialog = later(() => import('./HistoryDialog.tsx').then((file) => file.HistoryDialog))
const AudienceDialog = later(() => import('./AudienceDialog.tsx').then((file) => file.AudienceDialog))

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
