import { api } from '../../kernel/api.ts'
import { asking, here, wanted } from './presence.ts'

const EVERY = 60_000
/** Whoever has touched nothing for so long is somewhere else. */
const AWAY = 5 * 60_000
const SOON = 250
const MOST = 200

/** Says once a minute that somebody is at this browser, and asks about those who are on the screen. Returns the way to stop. */
export function keepPresence(): () => void {
  let touched = Date.now()
  let timer: ReturnType<typeof setTimeout> | undefined
  const ask = async () => {
    clearTimeout(timer)
    timer = setTimeout(ask, EVERY)
    if (document.visibilityState !== 'visible' || Date.now() - touched > AWAY) return
    try {
      here.set(new Set((await api.post<{ here: string[] }>('/presence', { people: [...wanted.keys()].slice(0, MOST) })).here))
    } catch {
      // Nothing is known while the server cannot be reached, and nothing is said.
      here.set(new Set())
    }
  }
  const touch = () => { touched = Date.now() }
  const back = () => document.visibilityState === 'visible' && void ask()
  asking.soon = () => {
    clearTimeout(timer)
    timer = setTimeout(ask, SOON)
  }
  for (const type of ['pointerdown', 'keydown']) addEventListener(type, touch, { passive: true, capture: true })
  document.addEventListener('visibilitychange', back)
  void ask()
  return () => {
    clearTimeout(timer)
    asking.soon = () => {}
    here.set(new Set())
    for (const type of ['pointerdown', 'keydown']) removeEventListener(type, touch, { capture: true })
    document.removeEventListener('visibilitychange', back)
  }
}
