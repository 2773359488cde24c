import { lazy, type ComponentType } from 'react'
import { loadTexts } from './i18n.ts'

const PAUSE = 2000

/**
 * A component that comes when it is first shown; while the server cannot be reached it is awaited, instead of breaking
 * the page around it: `const Palette = later(() => import('./Palette.tsx').then((file) => file.Palette))`
 * @param texts the namespaces it needs beyond those of the first view
 */
// oxlint-disable-next-line no-explicit-any -- any component, whatever it takes
export const later = <C extends ComponentType<any>>(load: () => Promise<C>, texts: string[] = []) =>
  lazy(async () => ({ default: (await insist(() => Promise.all([load(), loadTexts(texts)])))[0] }))

/** Awaits a module while the server cannot be reached. */
export async function insist<T>(load: () => Promise<T>): Promise<T> {
  for (let before: unknown; ;) {
    try {
      return await load()
    } catch (error) {
      // A module that came and broke is never run again: its error stays the same one, and waiting would hide it.
      if (error === before) throw error
      before = error
      await new Promise((resolve) => setTimeout(resolve, PAUSE))
    }
  }
}
