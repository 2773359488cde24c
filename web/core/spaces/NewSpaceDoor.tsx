import { Suspense } from 'react'
import { later } from '../../kernel/later.ts'
import { createStore } from '../../kernel/store.ts'

/** Whether the dialog for a new space is open; the rail, the directory and the palette open it. */
export const newSpace = createStore(false)

const NewSpaceDialog = later(() => import('./NewSpaceDialog.tsx').then((file) => file.NewSpaceDialog))

export function NewSpaceDoor() {
  const isOpen = newSpace.use()
  return isOpen && <Suspense><NewSpaceDialog close={() => newSpace.set(false)} /></Suspense>
}
