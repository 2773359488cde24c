import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { entryKeys } from '../../core/entries/keys.ts'
import { api } from '../../kernel/api.ts'
import { usePages } from '../../kernel/query.ts'
import type { Entry, Page } from '../../kernel/types.ts'

export const useQuestions = (space: string, state: 'unanswered' | 'answered') =>
  usePages<Entry>(['questions', space, state], `/spaces/${space}/questions`, { state })

/** An entry by itself: an answer, another question. */
export const useEntry = (id: string) =>
  useQuery({ queryKey: entryKeys.one(id), queryFn: ({ signal }) => api.get<Entry>(`/entries/${id}`, {}, signal) })

const LEAST = 8

/** Questions in much the same words, as soon as there are some words. */
export function useSimilar(q: string) {
  const { data } = useQuery({
    queryKey: ['similar-questions', q], queryFn: ({ signal }) => api.get<Page<Entry>>('/questions/similar', { q }, signal),
    enabled: q.length >= LEAST, placeholderData: keepPreviousData,
  })
  return q.length >= LEAST ? data?.items ?? [] : []
}
