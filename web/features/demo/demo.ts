import { useQuery } from '@tanstack/react-query'
import { api } from '../../kernel/api.ts'
import { queryClient, useCommand } from '../../kernel/query.ts'
import { beginAnew } from '../../core/people/looking.ts'
import { finishHere } from '../../kernel/session.tsx'
import type { PersonCard } from '../../kernel/types.ts'

/** What of the sample company is here. `theirs`: entries of real people that would go with it. */
export type DemoState = {
  state: 'absent' | 'present'
  people: number
  spaces: number
  entries: number
  theirs: number
  handles: string[]
  /** as whom one may look */
  guides: { part: 'host' | 'member' | 'guest'; person: PersonCard }[]
}

const DEMO = ['demo']

export function useDemo() {
  return useQuery({ queryKey: DEMO, queryFn: ({ signal }) => api.get<DemoState>('/demo', {}, signal), staleTime: 0 })
}

function seeAll(state: DemoState) {
  void queryClient.invalidateQueries()
  queryClient.setQueryData(DEMO, state)
}

/** Fills the network with the sample company; with a password its people can sign in. */
export function useFillDemo(done?: () => void) {
  return useCommand<string | undefined, DemoState>({
    run: (password) => api.post<DemoState>('/demo', { password }),
    done: (state) => {
      seeAll(state)
      done?.()
    },
  })
}

export function useRemoveDemo() {
  return useCommand<{ force: boolean }, DemoState>({ run: (query) => api.delete<DemoState>('/demo', { query }), done: seeAll })
}

/** Looks at the network as somebody of the sample company; everything is fetched anew, as it is for them. */
export async function lookAs(person: string) {
  await finishHere()
  await api.post('/demo/look', { person })
  beginAnew()
}
