import { Suspense, useLayoutEffect } from 'react'
import { later } from '../../kernel/later.ts'
import { holdTyping } from '../../kernel/typing.ts'
import { createStore } from '../../kernel/store.ts'

/** Whether the dialog for a new space is open; the rail, the directory and the palette open it. */
export const newSpace = createStore(false)

const NewSpaceDialog = later(() => import('./NewSpaceDialog.tsx').then((file) => file.NewSpaceDialog), ['charter'])

export function NewSpaceDoor() {
  const isOpen = newSpace.use()
  useLayoutEffect(() => {
    if (isOpen) holdTyping()
  }, [isOpen])
  return isOpen && <Suspense><NewSpaceDialog close={() => newSpace.set(false)} /></Suspense>
}
