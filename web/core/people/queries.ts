import { useQuery } from '@tanstack/react-query'
import { api } from '../../kernel/api.ts'
import type { Person } from '../../kernel/types.ts'

export const peopleKeys = {
  all: ['people'] as const,
  directory: (q: string) => ['people', 'directory', q] as const,
  one: (id: string) => ['person', id] as const,
}

export function usePerson(id: string) {
  return useQuery({
    queryKey: peopleKeys.one(id),
    queryFn: ({ signal }) => api.get<Person>(`/people/${id}`, {}, signal),
    enabled: !!id,
  })
}
