import { useEffect } from 'react'
import { createStore } from '../../kernel/store.ts'

/** Who of those on the screen is here, and whom the screen shows, by how many places. */
export const here = createStore<ReadonlySet<string>>(new Set())
export const wanted = new Map<string, number>()
/** Asks about those who are on the screen; nothing while nobody is to be shown. */
export const asking: { soon: () => void } = { soon: () => {} }

/** Whether somebody on the screen is here. */
export function useIsHere(id: string): boolean {
  useEffect(() => {
    wanted.set(id, (wanted.get(id) ?? 0) + 1)
    if (wanted.get(id) === 1) asking.soon()
    return () => {
      const left = wanted.get(id)! - 1
      if (left) wanted.set(id, left)
      else wanted.delete(id)
    }
  }, [id])
  return here.use().has(id)
}
