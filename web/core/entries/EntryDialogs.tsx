import { Suspense, useEffect } from 'react'
import { later } from '../../kernel/later.ts'
import { useMe } from '../../kernel/session.tsx'
import { dialogs } from './dialogs.ts'
import { sendWhatIsLeft } from './outbox-later.ts'

const HistoryDialog = later(() => import('./HistoryDialog.tsx').then((file) => file.HistoryDialog), ['history'])
const AudienceDialog = later(() => import('./AudienceDialog.tsx').then((file) => file.AudienceDialog))

/** What entries have beside every page: their dialogs, fetched when the first one is asked for, and what was left unsent. */
export function EntryDialogs() {
  const me = useMe()
  useEffect(() => sendWhatIsLeft(me.id), [me.id])
  const open = dialogs.use()
  if (!open) return null
  const close = () => dialogs.set(null)
  return (
    <Suspense>
      {open.show === 'history' ? <HistoryDialog entry={open.entry} close={close} /> : <AudienceDialog entry={open.entry} close={close} />}
    </Suspense>
  )
}
