import { useInfiniteQuery } from '@tanstack/react-query'
import { entryKeys } from '../../core/entries/keys.ts'
import { api } from '../../kernel/api.ts'
import type { FoundEntry, Page } from '../../kernel/types.ts'

type FoundPage = Page<FoundEntry> & { total: number }

/** What was found, page by page, and how much there is (counted up to a thousand). */
export function useFound(q: string) {
  const result = useInfiniteQuery({
    queryKey: entryKeys.search(q),
    queryFn: ({ pageParam, signal }) => api.get<FoundPage>('/search', { q, before: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  })
  return { ...result, items: result.data?.pages.flatMap((page) => page.items) ?? [], total: result.data?.pages[0].total }
}
