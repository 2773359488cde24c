import { createStore } from './store.ts'

/** Whether the command palette is open; any part of the app may open it. */
export const palette = createStore(false)
