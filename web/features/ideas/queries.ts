import { useQuery } from '@tanstack/react-query'
import type { Stage } from '../../../server/features/ideas/policy.ts'
import { entryKeys } from '../../core/entries/keys.ts'
import { api } from '../../kernel/api.ts'
import { usePages } from '../../kernel/query.ts'
import type { Entry, PersonCard } from '../../kernel/types.ts'
import './apply.ts'
import type { Order } from './apply.ts'

/** What is proposed in a space, at one stage or at all. */
export const useIdeas = (space: string, stage: Stage | 'all', order: Order, q: string) =>
  usePages<Entry>(['ideas', space, stage, order, q], `/spaces/${space}/ideas`, { ...(stage !== 'all' && { stage }), order, q: q || undefined })

/** The same for each stage, most voices first. */
export const useBoard = (space: string, q: string) => ({
  new: useIdeas(space, 'new', 'support', q), discussed: useIdeas(space, 'discussed', 'support', q), trial: useIdeas(space, 'trial', 'support', q),
  adopted: useIdeas(space, 'adopted', 'support', q), declined: useIdeas(space, 'declined', 'support', q),
})

/** How many ideas of a space I can still support. */
export const useVoices = (space: string, enabled = true) =>
  useQuery({ queryKey: ['voices', space], queryFn: ({ signal }) => api.get<{ left: number; of: number }>(`/spaces/${space}/voices`, {}, signal), enabled })

export const useSupporters = (idea: string) => usePages<PersonCard>(['supporters', idea], `/entries/${idea}/supporters`, { limit: 100 }, { staleTime: 0 })

/** Another idea, by itself. */
export const useEntry = (id: string) =>
  useQuery({ queryKey: entryKeys.one(id), queryFn: ({ signal }) => api.get<Entry>(`/entries/${id}`, {}, signal) })
