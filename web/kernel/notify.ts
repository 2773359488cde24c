import { notifications } from '@mantine/notifications'
import { i18n } from './i18n.ts'
import { reasonOf } from './reason.ts'
import { UndoMessage } from './ui/UndoMessage.tsx'
import { createElement } from 'react'

/** Says that something was done. */
export function notify(message: string) {
  notifications.show({ message, autoClose: 4000 })
}

/** Says what could not be done, why, and leaves time to read it. */
export function notifyFailure(what: string, error: unknown) {
  notifications.show({ title: what, message: reasonOf(i18n.t, error), color: 'berry', autoClose: 9000 })
}

/** Says what was done and offers to take it back. */
export function notifyUndo(message: string, undo: () => void) {
  const id = `undo-${Date.now()}`
  const takeBack = () => {
    notifications.hide(id)
    undo()
  }
  notifications.show({ id, message: createElement(UndoMessage, { message, undo: takeBack }), autoClose: 10_000 })
}
