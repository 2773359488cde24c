import { useInfiniteQuery } from '@tanstack/react-query'
import { entryKeys } from '../../core/entries/keys.ts'
import { api } from '../../kernel/api.ts'
import type { z } from 'zod'
import type { Meaning as MeaningShape } from '../../../server/features/search/schema.ts'
import type { FoundEntry, Page } from '../../kernel/types.ts'

/** What a name in the query was taken for. */
export type Meaning = z.infer<typeof MeaningShape>
type FoundPage = Page<FoundEntry> & { total: number; named: Meaning[]; unknown: string[]; instead: string | null }

/** What was found, page by page, and how much there is (counted up to a thousand). */
export function useFound(q: string) {
  const result = useInfiniteQuery({
    queryKey: entryKeys.search(q),
    queryFn: ({ pageParam, signal }) => api.get<FoundPage>('/search', pageParam ?? { q }, signal),
    initialPageParam: null as { q: string; before: string } | null,
    // What goes on after a mended query is that of the mended one.
    getNextPageParam: (page, _pages, last) => (page.next ? { q: last?.q ?? page.instead ?? q, before: page.next } : null),
    staleTime: 0,
  })
  const first = result.data?.pages[0]
  return { ...result, items: result.data?.pages.flatMap((page) => page.items) ?? [], total: first?.total, named: first?.named ?? [], unknown: first?.unknown ?? [], instead: first?.instead ?? null }
}
