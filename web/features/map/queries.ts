import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import type { Community } from '../../../server/features/communities/schema.ts'
import type { AlikeRegions, Cut, Link, NetworkMap, Region, RegionParts } from '../../../server/features/map/schema.ts'
import { pictureKeys } from '../../core/people/picture.ts'
import { api } from '../../kernel/api.ts'
import type { Page, PersonCard } from '../../kernel/types.ts'

export type { AlikeRegions, Cut, Link, NetworkMap, Region, RegionParts }

const keys = [...pictureKeys.all, 'map']
const PAUSE = 1500

/** The map by what people are grouped by. @param drawnBefore a new one is awaited, and this is when the last one was drawn; undefined: none is awaited */
export function useMap(by: Cut, drawnBefore: string | null | undefined) {
  return useQuery({
    queryKey: [...keys, by], queryFn: ({ signal }) => api.get<NetworkMap>('/network/map', { by }, signal),
    placeholderData: keepPreviousData, refetchInterval: ({ state }) => (state.data && state.data.drawn_at === drawnBefore ? PAUSE : false),
  })
}

/** What these regions consist of, as far as it is there yet. */
export function useParts(opened: string[]): Map<string, RegionParts> {
  return useQueries({
    queries: opened.map((id) => ({ queryKey: [...keys, 'parts', id], queryFn: ({ signal }: { signal: AbortSignal }) => api.get<RegionParts>(`/network/map/regions/${id}`, {}, signal), staleTime: 60_000 })),
    combine: (results) => new Map(results.flatMap(({ data }, i) => (data ? [[opened[i], data]] : []))),
  })
}

/** The people of the community I am most part of, whom I may know by name; in the order of names, which says nothing. */
export function useMyPeople(): PersonCard[] {
  const { data } = useQuery({
    queryKey: [...keys, 'people'], queryFn: ({ signal }) => api.get<Page<Community>>('/communities', {}, signal),
    select: ({ items }) => (items[0]?.people ?? []).toSorted((a, b) => a.name.localeCompare(b.name)),
  })
  return data ?? []
}
