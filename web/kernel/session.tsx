import { useQuery } from '@tanstack/react-query'
import { createContext, use, useEffect, type ReactNode } from 'react'
import { api, ApiError, whenSignedOut } from './api.ts'
import { connect, disconnect } from './live.ts'
import { queryClient } from './query.ts'
import type { Me } from './types.ts'

const MeContext = createContext<Me | null>(null)
const ME = ['me']

/** Who is signed in. Only below a page that needs it. */
export function useMe(): Me {
  const me = use(MeContext)
  if (!me) throw new Error('No one is signed in here')
  return me
}

/** The query behind useMe(), for pages that work with and without somebody. */
export function useSession() {
  return useQuery({
    queryKey: ME,
    queryFn: ({ signal }) => api.get<Me>('/me', {}, signal),
    retry: (failures, error) => failures < 3 && !(error instanceof ApiError && error.status === 401),
  })
}

/** After signing in: what was fetched for nobody is of no use any more. */
export async function enter() {
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'network' })
  await queryClient.fetchQuery({ queryKey: ME, queryFn: () => api.get<Me>('/me'), staleTime: 0 })
}

/** My id outside of components, where events arrive; undefined before it is known. */
export function myId() {
  return queryClient.getQueryData<Me>(ME)?.id
}

export function changeMe(change: Partial<Me>) {
  queryClient.setQueryData<Me>(ME, (me) => me && { ...me, ...change })
}

export async function signOut() {
  // The server has the browser clear its storage; how things look here is no secret and stays.
  const kept = Object.entries(localStorage).filter(([name]) => name.startsWith('folkmoot.'))
  await api.delete('/sessions/current').catch(() => {})
  for (const [name, value] of kept) localStorage.setItem(name, value)
  leave()
}

/** Forgets everything that was fetched; the page then asks to sign in. */
export function leave() {
  disconnect()
  queryClient.clear()
  location.assign('/sign-in')
}

whenSignedOut(() => {
  if (queryClient.getQueryData(ME)) leave()
})

/** Gives the signed-in person to everything below and keeps the live connection open. */
export function SessionProvider({ me, children }: { me: Me; children: ReactNode }) {
  const { id, seq } = me
  useEffect(() => {
    connect(seq ?? null, () => void queryClient.invalidateQueries())
  }, [id, seq])
  return <MeContext value={me}>{children}</MeContext>
}
