import { useQuery } from '@tanstack/react-query'
import { createContext, use, useEffect, type ReactNode } from 'react'
import { api, ApiError, whenSignedOut } from './api.ts'
import { followLanguage } from './i18n.ts'
import { connect, disconnect, useLiveState } from './live.ts'
import { queryClient } from './query.ts'
import type { Me } from './types.ts'
import { verifyUnread } from './unread.ts'

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
  return currentMe()?.id
}

/** Who is signed in, outside of components. */
export const currentMe = () => queryClient.getQueryData<Me>(ME)

export function changeMe(change: Partial<Me>) {
  queryClient.setQueryData<Me>(ME, (me) => me && { ...me, ...change })
}

const last: (() => Promise<void>)[] = []

/** What is still to be done in somebody's name before they are gone. */
export function beforeSignOut(work: () => Promise<void>) {
  last.push(work)
}

/** Before somebody else is in one's place. */
export const finishHere = async () => void (await Promise.all(last.map((work) => work())))

/** Written to when this browser is signed in as somebody else; its other windows begin anew with them. */
export const EYES = 'folkmoot.eyes'
globalThis.addEventListener?.('storage', ({ key }) => key === EYES && location.assign('/'))

export async function signOut() {
  await finishHere()
  const looks = readLooks()
  await api.delete('/sessions/current').catch(() => {})
  forgetAllBut(looks)
  leave()
}

// How things look in this browser is no secret and stays; drafts and the like go with the person.
const LOOKS = ['folkmoot.theme', 'folkmoot.language', 'folkmoot.shortcuts', 'folkmoot.enter', 'folkmoot.undo']
const readLooks = () => LOOKS.map((name) => [name, localStorage.getItem(name)] as const)

/** The server has the browser clear its storage when one signs out, but not every browser does. */
function forgetAllBut(kept: ReturnType<typeof readLooks>) {
  localStorage.clear()
  sessionStorage.clear()
  for (const [name, value] of kept) if (value !== null) localStorage.setItem(name, value)
}

/** Forgets everything that was fetched; the page then asks to sign in. */
function leave() {
  disconnect()
  queryClient.clear()
  location.assign('/sign-in')
}

whenSignedOut(() => {
  if (queryClient.getQueryData(ME)) leave()
})

/**
 * Some session of mine may be over; whether it is this one, the server knows, and its 401 leads out. One that was ended
 * takes what was begun here with it; one that ran out leaves drafts for the person who comes back.
 */
export async function checkSession(isEnded: boolean) {
  const looks = readLooks()
  await api.get('/me').catch(({ status }) => isEnded && status === 401 && forgetAllBut(looks))
}

/** Nothing came back, or only that the server is not well: it may come now. */
const isUnreached = (error: unknown) => error instanceof ApiError && (error.status === 0 || error.status >= 500)

/** Gives the signed-in person to everything below and keeps the live connection open. */
export function SessionProvider({ me, children }: { me: Me; children: ReactNode }) {
  const { id, seq, language } = me
  useEffect(() => void followLanguage(language), [language])
  useEffect(() => void (document.documentElement.dataset.brand = me.network.colour), [me.network.colour])
  useEffect(() => {
    connect(seq ?? null, {
      reset: () => void queryClient.invalidateQueries(), gap: () => void verifyUnread(), refused: (isEnded) => void checkSession(isEnded),
    })
  }, [id, seq])
  const isConnected = useLiveState() === 'open'
  useEffect(() => {
    if (isConnected) void queryClient.refetchQueries({ type: 'active', predicate: ({ state }) => isUnreached(state.error) })
  }, [isConnected])
  return <MeContext value={me}>{children}</MeContext>
}
