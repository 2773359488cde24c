import { useQuery } from '@tanstack/react-query'
import { api } from '../../kernel/api.ts'
import { everyPage } from '../../kernel/query.ts'
import type { Conversation, Page, Space } from '../../kernel/types.ts'
import { useUnread } from '../../kernel/unread.ts'

export const spaceKeys = {
  all: ['spaces'] as const,
  mine: ['spaces', 'mine'] as const,
  directory: (...filter: string[]) => ['spaces', 'directory', ...filter] as const,
  one: (id: string) => ['space', id] as const,
  members: (id: string) => ['space', id, 'members'] as const,
  sharedWith: (person: string) => ['spaces', 'shared', person] as const,
  invited: (id: string) => ['space', id, 'invited'] as const,
  requests: (id: string) => ['space', id, 'requests'] as const,
  conversations: ['conversations'] as const,
}

export function useSpace(id: string) {
  return useQuery({
    queryKey: spaceKeys.one(id),
    queryFn: ({ signal }) => api.get<Space>(`/spaces/${id}`, {}, signal),
    enabled: !!id,
  })
}

/** The communities I am a member of, all of them: they stand in the rail. */
export function useMySpaces() {
  return useQuery({ queryKey: spaceKeys.mine, queryFn: ({ signal }) => everyPage<Space>('/spaces', { mine: true }, signal) })
}

/** The communities that I and somebody else are both in, the first of them by what moved last. */
export function useSharedSpaces(person: string) {
  return useQuery({ queryKey: spaceKeys.sharedWith(person), queryFn: ({ signal }) => api.get<Page<Space>>('/spaces', { with: person, sort: 'activity', limit: 12 }, signal) })
}

/** The newest direct conversations: those of the rail and the first page of Messages. */
export function useConversations() {
  return useQuery({
    queryKey: spaceKeys.conversations,
    queryFn: ({ signal }) => api.get<Page<Conversation>>('/conversations', {}, signal),
  })
}

/** Unread messages in direct conversations. */
export function useDirectUnread() {
  const { data } = useConversations()
  const { spaces } = useUnread()
  return data?.items.reduce((sum, { id }) => sum + (spaces[id] ?? 0), 0) ?? 0
}
