import { useEffect } from 'react'
import { insist } from '../../kernel/later.ts'
import { useMe } from '../../kernel/session.tsx'

/** Shows nothing: has it said while the app is open that somebody is here, where that is shown. */
export function PresenceDoor() {
  const { network, shows_presence } = useMe()
  const isShown = network.presence && shows_presence !== false
  useEffect(() => {
    if (!isShown) return
    let stop: (() => void) | null = null
    let isGone = false
    void insist(() => import('./keep-presence.ts')).then(({ keepPresence }) => {
      if (!isGone) stop = keepPresence()
    })
    return () => {
      isGone = true
      stop?.()
    }
  }, [isShown])
  return null
}
