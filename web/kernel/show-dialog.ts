import type { ComponentType } from 'react'
import { insist } from './later.ts'
import { createStore } from './store.ts'
import { holdTyping } from './typing.ts'

type Close = { close: () => void }
// oxlint-disable-next-line no-explicit-any -- any dialog, whatever it takes
export type Shown = { Dialog: ComponentType<any>; props: object }

/** The dialog that is open by `showDialog`, if any; DialogDoor draws it. */
export const shownDialog = createStore<Shown | null>(null)

/**
 * Opens a dialog that is fetched for it, with its props; it gets `close` beside them. Keys are held for it until it has come.
 * @example void showDialog(() => withTexts('saved', () => import('./RemindDialog.tsx')).then((file) => file.RemindDialog), { entry })
 */
export async function showDialog<P extends object>(load: () => Promise<ComponentType<P & Close>>, props: P): Promise<void> {
  holdTyping()
  shownDialog.set({ Dialog: await insist(load), props })
}
