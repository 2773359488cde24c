import { Suspense } from 'react'
import { later } from '../../kernel/later.ts'
import { sharing } from './sharing.ts'

const ShareDialog = later(() => import('./ShareDialog.tsx').then((file) => file.ShareDialog), ['link-previews'])

/** The dialog to share with, fetched when it is asked for. */
export function ShareDoor() {
  const entry = sharing.use()
  return entry && <Suspense><ShareDialog entry={entry} close={() => sharing.set(null)} /></Suspense>
}
