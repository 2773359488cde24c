import { useQueries } from '@tanstack/react-query'
import { api } from '../../kernel/api.ts'
import type { Space } from '../../kernel/types.ts'
import { spaceKeys } from '../spaces/queries.ts'

/** The spaces of a mixed list, where the list itself does not bring them. */
export function useSpaceCards(ids: string[]) {
  const each = [...new Set(ids)]
  const results = useQueries({
    queries: each.map((id) => ({ queryKey: spaceKeys.one(id), queryFn: ({ signal }: { signal: AbortSignal }) => api.get<Space>(`/spaces/${id}`, {}, signal) })),
  })
  return new Map(results.flatMap(({ data }) => (data ? [[data.id, data]] : [])))
}
