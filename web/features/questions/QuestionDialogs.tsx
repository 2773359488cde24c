import { Suspense } from 'react'
import { later } from '../../kernel/later.ts'
import { asking } from './asking.ts'

const TurnDialog = later(() => import('./TurnDialog.tsx').then((file) => file.TurnDialog))
const DuplicateDialog = later(() => import('./DuplicateDialog.tsx').then((file) => file.DuplicateDialog))

/** The dialogs about questions, fetched when the first one is asked for. */
export function QuestionDialogs() {
  const open = asking.use()
  if (!open) return null
  const close = () => asking.set(null)
  return <Suspense>{open.show === 'turn' ? <TurnDialog entry={open.entry} close={close} /> : <DuplicateDialog entry={open.entry} close={close} />}</Suspense>
}
