import { Suspense } from 'react'
import { later } from '../../kernel/later.ts'
import { useSession } from '../../kernel/session.tsx'

const LookingBar = later(() => import('./LookingBar.tsx').then((file) => file.LookingBar), ['looking'])

/** On every page, signed in or not: that one looks as somebody else, where one does. The page itself knows whether one may. */
export function LookingDoor() {
  return 'looking' in document.documentElement.dataset ? <Looking /> : null
}

function Looking() {
  const { data: me, isPending } = useSession()
  return isPending ? null : <Suspense><LookingBar name={me?.looker ? me.name : null} isOver={!me} /></Suspense>
}
