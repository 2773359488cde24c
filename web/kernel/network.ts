import { useQuery } from '@tanstack/react-query'
import { api } from './api.ts'
import type { Logo } from './types.ts'

export type Network = { name: string | null; logo: Logo | null; setup_needed: boolean; people_count: number; /** whether letters leave the house */ mail: boolean }

/** What anybody may know of this network, signed in or not. */
export function useNetwork() {
  return useQuery({ queryKey: ['network'], queryFn: ({ signal }) => api.get<Network>('/network', {}, signal) })
}
