import { useEffect } from 'react'
import { useMe } from '../../kernel/session.tsx'
import { keptOf } from './kept.ts'

/** What an earlier page could not put into a ballot box any more goes now. */
export function BallotsLeft() {
  const me = useMe()
  useEffect(() => {
    if (Object.keys(localStorage).some((name) => name.startsWith(keptOf(me.id)))) void import('./sending.ts').then(({ resume }) => resume(), () => {})
  }, [me.id])
  return null
}
