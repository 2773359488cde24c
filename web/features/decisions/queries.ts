import { useQuery } from '@tanstack/react-query'
import type { DecisionFacts, DecisionView, PositionView } from '../../../server/features/decisions/shapes.ts'
import { entryKeys } from '../../core/entries/keys.ts'
import { api } from '../../kernel/api.ts'
import { usePages } from '../../kernel/query.ts'
import type { Entry, SpaceCard } from '../../kernel/types.ts'
// How events change what is fetched here: it comes along with what fetches.
import './apply.ts'

export type { DecisionFacts, DecisionView, PositionView }
export type State = DecisionFacts['state']
export type Registered = Entry & { space_card?: SpaceCard }

/** The register of a space, or of all that one may read. */
export const useRegister = (space: string | null, state: State | null) =>
  usePages<Registered>(['decisions', space ?? 'all', state ?? 'every'], space ? `/spaces/${space}/decisions` : '/decisions', { state })

/** How the voices of one stand, and what I have to do with it. */
export const useDecision = (id: string) => useQuery({ queryKey: ['decision', id], queryFn: ({ signal }) => api.get<DecisionView>(`/entries/${id}/decision`, {}, signal) })

export const usePositions = (id: string, enabled: boolean) => usePages<PositionView>(['positions', id], `/entries/${id}/positions`, { limit: 50 }, { enabled })

export const useArguments = (id: string) => usePages<Entry>(['arguments', id], `/entries/${id}/arguments`, { limit: 100 })

/** A decision by itself, where only its id is known. */
export const useEntry = (id: string | null | undefined) =>
  useQuery({ queryKey: entryKeys.one(id ?? ''), queryFn: ({ signal }) => api.get<Entry>(`/entries/${id}`, {}, signal), enabled: !!id })
