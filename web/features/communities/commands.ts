import { useTranslation } from 'react-i18next'
import { api } from '../../kernel/api.ts'
import { queryClient, snapshot, useCommand } from '../../kernel/query.ts'
import { COMMUNITIES } from './keys.ts'
import type { Communities, Community, Home } from './queries.ts'

export type HomeInput = Pick<Home, 'name' | 'purpose' | 'visibility'>

function show(community: Community) {
  queryClient.setQueryData<Communities>(COMMUNITIES, (data) =>
    data && { ...data, items: data.items.map((one) => (one.id === community.id ? community : one)) })
}

export function usePropose(id: string, done: () => void) {
  return useCommand<HomeInput, Community>({
    run: (home) => api.post<Community>(`/communities/${id}/home`, home),
    done: (community) => {
      show(community)
      done()
    },
  })
}

/** Says yes, or takes it back. What the last yes opens, only the server knows. */
export function useAgree(community: Community, home: Home) {
  const { t } = useTranslation('communities')
  return useCommand<boolean, Community>({
    run: (isYes) => (isYes ? api.post<Community>(`/communities/${community.id}/home/agree`) : api.delete<Community>(`/communities/${community.id}/home/agree`)),
    apply: (isYes) => {
      const undo = snapshot(COMMUNITIES)
      const agreed = home.agreed + (isYes ? 1 : -1)
      if (agreed < home.needed) show({ ...community, home: { ...home, agreed, mine: isYes } })
      return () => {
        undo()
        // It may have been taken back, or have opened, in the meantime.
        void queryClient.invalidateQueries({ queryKey: COMMUNITIES })
      }
    },
    done: show,
    failed: t('failed.agree'),
  })
}

export function useTakeBack(id: string, done: () => void) {
  const { t } = useTranslation('communities')
  return useCommand<void, Community>({
    run: () => api.delete<Community>(`/communities/${id}/home/agree`),
    done: (community) => {
      show(community)
      done()
    },
    failed: t('failed.take_back'),
  })
}

/** Has communities looked for now, instead of in the night. */
export function useLook(done: () => void) {
  const { t } = useTranslation('communities')
  return useCommand<void, unknown>({ run: () => api.post('/communities/find'), done, failed: t('failed.look') })
}
