import { useQuery } from '@tanstack/react-query'
import type { Community } from '../../../server/features/communities/schema.ts'
import { api } from '../../kernel/api.ts'
import type { Page } from '../../kernel/types.ts'
import { COMMUNITIES } from './keys.ts'

export type { Community }
export type Communities = Page<Community> & { found_at: string | null; in_network: boolean }
export type Home = NonNullable<Community['home']>

const PAUSE = 1500

/** The communities I am part of. @param isAwaited whether somebody is looking for communities right now */
export function useCommunities(isAwaited: boolean) {
  return useQuery({
    queryKey: COMMUNITIES,
    queryFn: ({ signal }) => api.get<Communities>('/communities', {}, signal),
    refetchInterval: isAwaited ? PAUSE : false,
  })
}
