import { lazy, Suspense } from 'react'
import { createStore } from '../../kernel/store.ts'

/** Whether the dialog for a new space is open; the rail, the directory and the palette open it. */
export const newSpace = createStore(false)

const NewSpaceDialog = lazy(() => import('./NewSpaceDialog.tsx').then((file) => ({ default: file.NewSpaceDialog })))

export function NewSpaceDoor() {
  const isOpen = newSpace.use()
  return isOpen && <Suspense><NewSpaceDialog close={() => newSpace.set(false)} /></Suspense>
}
