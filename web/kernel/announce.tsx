import { createStore } from './store.ts'

const spoken = createStore({ text: '', turn: 0 })

/** Says something to people who do not see the screen. The same text twice is said twice. */
export function announce(text: string) {
  spoken.set({ text, turn: spoken.get().turn + 1 })
}

/** The live region behind announce(); two, by turns, because a region whose text does not change stays silent. */
export function Announcer() {
  const { text, turn } = spoken.use()
  return (
    <>
      <div role="status" aria-live="polite" className="visually-hidden">{turn % 2 ? text : ''}</div>
      <div role="status" aria-live="polite" className="visually-hidden">{turn % 2 ? '' : text}</div>
    </>
  )
}
