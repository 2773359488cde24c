import { useQuery } from '@tanstack/react-query'
import { api } from '../../kernel/api.ts'
import { queryClient } from '../../kernel/query.ts'
import type { Imported, Page, PersonCard } from '../../kernel/types.ts'

/** What an import says that I wrote; `stand_in` has it until I decide. */
export type Attribution = {
  id: string
  imported: Imported
  state: 'waiting' | 'confirmed' | 'refused'
  stand_in: PersonCard
  is_complete: boolean
  entries: number
  reactions: number
}

const KEY = ['attributions']

export const useAttributions = () =>
  useQuery({ queryKey: KEY, queryFn: ({ signal }) => api.get<Page<Attribution>>('/attributions', {}, signal) })

export const refetchAttributions = () => void queryClient.invalidateQueries({ queryKey: KEY })

/** Whether there is something to say yes to. */
export const hasMore = ({ entries, reactions }: Attribution) => entries + reactions > 0
