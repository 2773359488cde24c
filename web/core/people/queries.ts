import { useQuery } from '@tanstack/react-query'
import { api } from '../../kernel/api.ts'
import type { Page, Person } from '../../kernel/types.ts'

export const peopleKeys = {
  all: ['people'] as const,
  directory: (q: string, department = '') => ['people', 'directory', q, department] as const,
  departments: ['people', 'departments'] as const,
  one: (id: string) => ['person', id] as const,
}

/** The departments of the people here, the largest first. */
export const useDepartments = () => useQuery({ queryKey: peopleKeys.departments, queryFn: ({ signal }) => api.get<Page<{ name: string; people: number }>>('/departments', {}, signal) })

export function usePerson(id: string) {
  return useQuery({
    queryKey: peopleKeys.one(id),
    queryFn: ({ signal }) => api.get<Person>(`/people/${id}`, {}, signal),
    enabled: !!id,
  })
}
