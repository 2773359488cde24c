import { QueryClient, useInfiniteQuery, useMutation, type InfiniteData, type QueryKey } from '@tanstack/react-query'
import { ApiError, api, type Query } from './api.ts'
import { notifyFailure } from './notify.ts'
import type { Page } from './types.ts'

/** The cache of everything fetched. Live events keep it fresh, so nothing grows stale by time alone. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5 * 60_000,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
    },
    mutations: { networkMode: 'always' },
  },
})

export type Pages<T> = InfiniteData<Page<T>, string | null>

/** A list page by page; `items` are those of all pages fetched so far. */
export function usePages<T>(key: QueryKey, path: string, query: Query = {}, options: { enabled?: boolean; staleTime?: number } = {}) {
  const result = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => api.get<Page<T>>(path, { ...query, before: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    ...options,
  })
  return { ...result, items: result.data?.pages.flatMap((page) => page.items) ?? [] }
}

/** All items of a list, page by page. */
export async function everyPage<T>(path: string, query: object, signal: AbortSignal) {
  const items: T[] = []
  let before: string | null = null
  do {
    const page: Page<T> = await api.get<Page<T>>(path, { ...query, before, limit: 100 }, signal)
    items.push(...page.items)
    before = page.next
  } while (before)
  return items
}

/** Changes the items of a paged list in the cache; a list never fetched stays absent. */
export function changePages<T>(key: QueryKey, change: (items: T[]) => T[]) {
  queryClient.setQueriesData<Pages<T>>({ queryKey: key }, (data) =>
    data && { ...data, pages: data.pages.map((page) => ({ ...page, items: change(page.items) })) })
}

type Command<Input, Output> = {
  run: (input: Input) => Promise<Output>
  /** Shows the result at once; returns how to take it back. */
  apply?: (input: Input) => () => void
  done?: (output: Output, input: Input) => void
  /** What could not be done, in words, shown with the reason. Absent: the caller shows `error` itself. */
  failed?: string
}

/** A write. Applied at once where `apply` says how, rolled back with an explanation when the server refuses. */
export function useCommand<Input = void, Output = void>({ run, apply, done, failed }: Command<Input, Output>) {
  return useMutation<Output, Error, Input, (() => void) | undefined>({
    mutationFn: run,
    onMutate: (input) => apply?.(input),
    onSuccess: (output, input) => done?.(output, input),
    onError: (error, _input, undo) => {
      undo?.()
      if (failed) notifyFailure(failed, error)
    },
  })
}

/** Remembers what the cache holds under a key and gives the way back to it; for `apply` of a command. */
export function snapshot(...keys: QueryKey[]) {
  const before = keys.flatMap((queryKey) => queryClient.getQueriesData({ queryKey }))
  return () => {
    for (const [key, data] of before) queryClient.setQueryData(key, data)
  }
}
