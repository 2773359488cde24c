import { api } from '../../kernel/api.ts'
import { queryClient, snapshot, useCommand } from '../../kernel/query.ts'
import type { MemberRole, Space, Visibility } from '../../kernel/types.ts'
import { useTranslation } from 'react-i18next'
import { spaceKeys } from './queries.ts'

export type Charter = { name: string; purpose: string; visibility: Visibility; audience_note?: string; /** who is invited as it opens */ people?: string[] }

function refresh(id: string) {
  void queryClient.invalidateQueries({ queryKey: spaceKeys.one(id) })
  void queryClient.invalidateQueries({ queryKey: spaceKeys.all })
}

/** Shows a change of my own standing at once, wherever the space is on the screen. */
function expect(id: string, my: Partial<Space['my']>, members = 0) {
  const undo = snapshot(spaceKeys.one(id), spaceKeys.all)
  const change = (space: Space): Space =>
    space.id === id ? { ...space, member_count: space.member_count + members, my: { ...space.my, ...my } } : space
  queryClient.setQueryData<Space>(spaceKeys.one(id), (space) => space && change(space))
  queryClient.setQueriesData<{ pages?: { items: Space[]; next: string | null }[] }>({ queryKey: ['spaces', 'directory'] }, (data) =>
    data?.pages && { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map(change) })) })
  return undo
}

export function openSpace(charter: Charter) {
  return api.post<Space>('/spaces', charter)
}

export function useEditCharter(id: string) {
  return useCommand({ run: (charter: Partial<Charter>) => api.patch<Space>(`/spaces/${id}`, charter), done: () => refresh(id) })
}

/** Join an open space or ask to join a closed one: the server knows which. */
export function useJoin(space: Space) {
  const { t } = useTranslation('spaces')
  const asks = space.visibility !== 'open' && !space.my.invited
  return useCommand<void, unknown>({
    run: () => api.post(`/spaces/${space.id}/join`),
    apply: () => (asks ? expect(space.id, { requested: true }) : expect(space.id, { role: 'member', invited: false }, 1)),
    done: () => refresh(space.id),
    failed: t('failed.join', { name: space.name }),
  })
}

export function useLeave(space: Space) {
  const { t } = useTranslation('spaces')
  return useCommand<void, unknown>({
    run: () => api.post(`/spaces/${space.id}/leave`),
    done: () => refresh(space.id),
    failed: t('failed.leave', { name: space.name }),
  })
}

export function useDeclineInvitation(space: Space) {
  const { t } = useTranslation('spaces')
  return useCommand<void, unknown>({
    run: () => api.post(`/spaces/${space.id}/invitations/decline`),
    apply: () => expect(space.id, { invited: false }),
    done: () => refresh(space.id),
    failed: t('failed.decline'),
  })
}

export function useArchive(space: Space) {
  const { t } = useTranslation('spaces')
  return useCommand<'archive' | 'unarchive', unknown>({
    run: (verb) => api.post(`/spaces/${space.id}/${verb}`),
    done: () => refresh(space.id),
    failed: t('failed.archive', { name: space.name }),
  })
}

export function useChangeMember(space: string) {
  const { t } = useTranslation('spaces')
  return useCommand<{ person: string; role: MemberRole | null }, unknown>({
    run: ({ person, role }) =>
      role ? api.put(`/spaces/${space}/members/${person}`, { role }) : api.delete(`/spaces/${space}/members/${person}`),
    done: () => refresh(space),
    failed: t('failed.member'),
  })
}

export function useAnswerRequest(space: string) {
  const { t } = useTranslation('spaces')
  return useCommand<{ person: string; answer: 'approve' | 'decline' }, unknown>({
    run: ({ person, answer }) => api.post(`/spaces/${space}/requests/${person}/${answer}`),
    done: () => refresh(space),
    failed: t('failed.request'),
  })
}

function invitedChanged(space: string) {
  void queryClient.invalidateQueries({ queryKey: spaceKeys.invited(space) })
  void queryClient.invalidateQueries({ queryKey: spaceKeys.one(space), exact: true })
}

export function useInvite(space: string) {
  const { t } = useTranslation('spaces')
  return useCommand<string[], unknown>({
    run: (people) => api.post(`/spaces/${space}/invitations`, { people }),
    done: () => invitedChanged(space),
    failed: t('failed.invite'),
  })
}

/** Takes an invitation back. */
export function useWithdraw(space: string) {
  const { t } = useTranslation('spaces')
  return useCommand<string, unknown>({
    run: (person) => api.delete(`/spaces/${space}/invitations/${person}`),
    done: () => invitedChanged(space),
    failed: t('failed.withdraw'),
  })
}
