import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { api } from '../../kernel/api.ts'
import { queryClient, useCommand } from '../../kernel/query.ts'

/** How far the sample company is: nothing there, being filled or removed, or complete. */
export type DemoStatus = { state: 'absent' | 'filling' | 'present' | 'removing'; done?: number; total?: number; people?: number; spaces?: number; entries?: number }

const DEMO = ['demo']
const isMoving = (status: DemoStatus | undefined) => status?.state === 'filling' || status?.state === 'removing'

export function useDemo(isWatched = true) {
  return useQuery({
    queryKey: DEMO,
    queryFn: ({ signal }) => api.get<DemoStatus>('/demo', {}, signal),
    staleTime: 0,
    enabled: isWatched,
    refetchInterval: ({ state }) => (isMoving(state.data) ? 700 : false),
  })
}

export const lookAgain = () => void queryClient.invalidateQueries({ queryKey: DEMO })

/** Fills the network with the sample company; `done` is called when all of it is there. */
export function useFillDemo(done: () => void) {
  const start = useCommand<void, unknown>({ run: () => api.post('/demo'), done: lookAgain })
  const { data: status } = useDemo(start.isSuccess)
  const isDone = useRef(false)
  const isComplete = start.isSuccess && status?.state === 'present'
  useEffect(() => {
    if (!isComplete || isDone.current) return
    isDone.current = true
    void queryClient.invalidateQueries()
    done()
  }, [isComplete, done])
  return { fill: () => start.mutate(), isBusy: start.isPending || (start.isSuccess && !isComplete), error: start.error, status }
}

export function useRemoveDemo() {
  return useCommand<void, unknown>({
    run: () => api.delete('/demo'),
    done: () => {
      lookAgain()
      void queryClient.invalidateQueries()
    },
  })
}
