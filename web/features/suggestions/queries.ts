import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type * as schema from '../../../server/features/suggestions/schema.ts'
import { api } from '../../kernel/api.ts'
import { usePages } from '../../kernel/query.ts'
import { INTRODUCTIONS, SUGGESTIONS } from './keys.ts'

export type Suggestions = schema.Suggestions
export type PersonSuggestion = Suggestions['people'][number]
export type SpaceSuggestion = Suggestions['spaces'][number]
export type Introduction = z.infer<typeof schema.Introduction>

export const useSuggestions = () => useQuery({ queryKey: SUGGESTIONS, queryFn: ({ signal }) => api.get<Suggestions>('/suggestions', {}, signal) })
export const useIntroductions = () => usePages<Introduction>(INTRODUCTIONS, '/introductions')
